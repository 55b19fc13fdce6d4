package org.switchroom.cti.runtime;

import org.switchroom.cti.event.Turn;

/// Where turns are kept. The engine's thread writes; it never waits for the disk.
public interface TurnLog {
  /// Writes a turn behind all others, before any of its effects leaves.
  ///
  /// @return the turn with its number
  /// @throws RuntimeException when it cannot be taken, and no later one can: the process has to
  ///   halt
  Turn append(Turn turn);

  /// Tells once, on any thread, when a turn is on the disk. In the order of the turns.
  void whenForced(long number, Runnable told);

  /// Whether turns reach the disk.
  boolean healthy();

  /// Tries again where they do not; called now and then when there is nothing to append.
  void retry();
}
