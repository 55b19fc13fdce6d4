package org.switchroom.cti.history;

import java.util.List;

/// Turns that the database did not take, for whoever looks after it. Every call does I/O.
public interface RefusedTurns {
  /// How many there are.
  long refused();

  /// The oldest first; a thousand at most.
  List<RefusedTurn> refusedTurns();
}
