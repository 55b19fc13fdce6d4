package org.switchroom.cti.runtime;

/// Finds a turn that does not come to its end. It is looked at in steps: only time in which the
/// process itself went on counts, so that a machine that stood still blames nobody.
final class LongTurn {
  /// How often it is looked in the longest time that a turn may take.
  static final int LOOKS = 10;

  /// Between turns.
  static final long NONE = 0;

  private long seen = NONE;
  private long looks;

  /// Looks once more.
  ///
  /// @param turn the present one's number; [#NONE] between turns
  /// @param times how many times as long as others it may take
  /// @return whether it is the same for too long
  boolean isIn(long turn, int times) {
    looks = turn == NONE || turn != seen ? 0 : looks + 1;
    seen = turn;
    return looks >= (long) LOOKS * times;
  }
}
