package org.switchroom.cti.runtime;

import java.time.Duration;

/// Finds a turn that does not come to its end. It is looked at in steps: only time in which the
/// process itself went on counts, so that a machine that stood still blames nobody.
final class LongTurn {
  /// No turn takes longer, and comes to an end.
  static final Duration LONGEST = Duration.ofSeconds(3);

  /// Between two looks.
  static final Duration STEP = Duration.ofMillis(300);

  private static final long MOST_LOOKS = LONGEST.dividedBy(STEP);

  /// Between turns.
  static final long NONE = 0;

  private long seen = NONE;
  private long looks;

  /// Looks once more.
  ///
  /// @param turn the present one's number; [#NONE] between turns
  /// @return whether it is the same for too long
  boolean isIn(long turn) {
    looks = turn == NONE || turn != seen ? 0 : looks + 1;
    seen = turn;
    return looks >= MOST_LOOKS;
  }
}
