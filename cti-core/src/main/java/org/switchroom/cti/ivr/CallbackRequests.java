package org.switchroom.cti.ivr;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What callers have asked to be called back for since the server has started. Nobody has an agent
/// call half the country for them.
final class CallbackRequests {
  /// By one caller, until none was asked for in a day.
  static final int MOST_A_DAY = 5;

  private static final int MOST_REMEMBERED = 100_000;

  /// How often a caller has asked, and the tasks that have come of it.
  private record Asked(int times, List<String> tasks) {
    static final Asked NOTHING = new Asked(0, List.of());

    Asked once() {
      return new Asked(times + 1, tasks);
    }

    Asked got(String task) {
      var more = new ArrayList<>(tasks);
      more.add(task);
      return new Asked(times, List.copyOf(more));
    }
  }

  private final Cache<String, Asked> byCaller =
      Caffeine.newBuilder()
          .maximumSize(MOST_REMEMBERED)
          .expireAfterWrite(Duration.ofDays(1))
          .build();

  /// Counts before anything is done, so that several calls at once are no more than one after the
  /// other.
  boolean mayAsk(String caller) {
    Asked asked =
        byCaller
            .asMap()
            .compute(
                caller,
                (_, before) -> {
                  if (before == null) return Asked.NOTHING.once();
                  return before.times() > MOST_A_DAY ? before : before.once();
                });
    return asked.times() <= MOST_A_DAY;
  }

  void took(String caller, String task) {
    byCaller.asMap().computeIfPresent(caller, (_, before) -> before.got(task));
  }

  /// Numbers of tasks.
  List<String> of(String caller) {
    Asked asked = byCaller.getIfPresent(caller);
    return asked == null ? List.of() : asked.tasks();
  }
}
