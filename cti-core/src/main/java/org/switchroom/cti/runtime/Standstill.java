package org.switchroom.cti.runtime;

import java.time.Duration;

/// Whether what is due may happen. Where the process stood still for a while, as on a machine that
/// was frozen or is moved to another, the PBX's word of that time comes first: phones that rang
/// were answered meanwhile.
final class Standstill {
  /// Who works through one input after the other, and wakes up each second, never pauses so long.
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /// What waits in sockets is read by then.
  private static final Duration HEARS = Duration.ofSeconds(1);

  private long passed;
  private long quietUntil;

  /// @param nanos as [System#nanoTime] says it
  Standstill(long nanos) {
    passed = nanos;
    quietUntil = nanos;
  }

  /// The loop goes round once more.
  ///
  /// @return for how long it had stood still; zero: it had not
  Duration goesRound(long nanos) {
    Duration pause = Duration.ofNanos(nanos - passed);
    passed = nanos;
    if (pause.compareTo(PAUSE) < 0) return Duration.ZERO;
    quietUntil = nanos + HEARS.toNanos();
    return pause;
  }

  /// For how long nothing that is timed may happen; not positive: it may.
  Duration left(long nanos) {
    return Duration.ofNanos(quietUntil - nanos);
  }
}
