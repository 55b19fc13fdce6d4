package org.switchroom.desktop.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/// How often a user may ask for something in a minute: more than a person does, and less than a
/// program needs that goes through all there is. Belongs to one loop.
final class Pace {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MOST_USERS = 20_000;

  private final int most;
  private final Cache<String, Count> counts;

  private static final class Count {
    private int asked;
  }

  Pace(int most, Ticker ticker) {
    this.most = most;
    counts =
        Caffeine.newBuilder()
            .maximumSize(MOST_USERS)
            .expireAfterWrite(WINDOW)
            .ticker(ticker)
            .build();
  }

  /// Whether it may be once more, which is counted.
  boolean allows(String user) {
    return ++counts.get(user, _ -> new Count()).asked <= most;
  }
}
