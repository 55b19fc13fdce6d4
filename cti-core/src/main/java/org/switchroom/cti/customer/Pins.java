package org.switchroom.cti.customer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.switchroom.ivr.Services.Answer;

/// Customers' PINs. Guessing is ended by a few wrong ones in a row.
public final class Pins {
  static final int MOST_FAILURES = 5;
  private static final Duration LOCKED_FOR = Duration.ofMinutes(15);
  private static final int MOST_REMEMBERED = 100_000;

  /// PINs checked at once.
  private static final int MOST_AT_ONCE = 4;

  private final SecretHash hashes = new SecretHash(MOST_AT_ONCE);
  private final Cache<Long, Integer> failures =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(LOCKED_FOR).build();

  /// @param hash empty: the customer has no PIN, and none is right
  public Answer check(long customer, String pin, String hash) {
    Integer count = failures.getIfPresent(customer);
    boolean locked = count != null && count >= MOST_FAILURES;
    if (locked || hash.isEmpty()) return Answer.NOT_FOUND;
    if (hashes.matches(pin, hash)) {
      failures.invalidate(customer);
      return Answer.FOUND;
    }
    failures.asMap().merge(customer, 1, Integer::sum);
    return Answer.NOT_FOUND;
  }
}
