package org.switchroom.desktop.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How many passwords may be tried. An attempt is counted before the password is looked at, so as
/// many at once as somebody likes are no more than the limit, and counted no more when it was
/// right.
///
/// Who guesses at a name locks out strangers alone: a browser at which its user has logged in
/// before has a count of its own. Belongs to one loop.
final class LogInLimits {
  static final Duration WINDOW = Duration.ofMinutes(1);

  /// Of a name, or of a browser that is known for it.
  static final int MOST_OF_A_NAME = 6;

  /// Of an address: a whole office may have one, and all of them may log in in one minute.
  static final int MOST_OF_AN_ADDRESS = 100;

  /// More than any guesser needs to be slowed by.
  private static final int MOST_COUNTED = 100_000;

  private final Cache<String, Count> counts;

  private static final class Count {
    private int wrong;
  }

  /// One that was let through.
  static final class Attempt {
    private final List<Count> counts;

    private Attempt(List<Count> counts) {
      this.counts = counts;
      counts.forEach(count -> count.wrong++);
    }

    /// The password was right, or was never looked at.
    void isNoGuess() {
      counts.forEach(count -> count.wrong--);
    }
  }

  LogInLimits(Ticker ticker) {
    counts =
        Caffeine.newBuilder()
            .maximumSize(MOST_COUNTED)
            .expireAfterWrite(WINDOW)
            .ticker(ticker)
            .build();
  }

  /// Empty: there were too many.
  ///
  /// @param browser that is known for the name; empty: it is a stranger's
  Optional<Attempt> begin(String name, String source, Optional<String> browser) {
    if (browser.isPresent())
      return below("browser " + browser.get(), MOST_OF_A_NAME)
          .map(known -> new Attempt(List.of(known)));
    // Names that somebody makes up are counted for as long only as their address may try any.
    return below("address " + source, MOST_OF_AN_ADDRESS)
        .flatMap(
            address ->
                below("name " + name, MOST_OF_A_NAME)
                    .map(named -> new Attempt(List.of(address, named))));
  }

  private Optional<Count> below(String whose, int most) {
    Count count = counts.get(whose, _ -> new Count());
    return count.wrong < most ? Optional.of(count) : Optional.empty();
  }
}
