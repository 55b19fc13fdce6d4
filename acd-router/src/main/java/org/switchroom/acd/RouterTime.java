package org.switchroom.acd;

import java.time.Instant;
import java.util.Optional;

/// Times inside the router are nanoseconds since 1970, until the year 2262.
final class RouterTime {
  /// No time at all.
  static final long NEVER = Long.MAX_VALUE;

  private static final long SECOND = 1_000_000_000L;

  private RouterTime() {}

  static long nanos(Instant instant) {
    return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
  }

  /// Empty: never.
  static long nanos(Optional<Instant> instant) {
    return instant.isEmpty() ? NEVER : nanos(instant.get());
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }

  /// Empty: never.
  static Optional<Instant> optional(long nanos) {
    return nanos == NEVER ? Optional.empty() : Optional.of(instant(nanos));
  }

  static long micros(long nanos) {
    return Math.floorDiv(nanos, 1_000L);
  }
}
