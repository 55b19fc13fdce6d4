package org.switchroom.cti.history;

import java.util.List;
import org.switchroom.cti.event.Turn;

/// Where turns of a ledger become rows. Every call does I/O.
public interface Projection {
  /// The last turn of this ledger whose rows are there; 0: none.
  long position(String ledger);

  /// Writes the rows of turns and the position, both or neither. Turns up to the position that is
  /// there already are left out: one that comes twice changes nothing.
  ///
  /// @param position the number of the last turn, at least
  /// @throws RuntimeException when the database is away, or does not take a row
  void project(List<Turn> turns, String ledger, long position);

  /// Keeps a turn whose rows the database does not take, where an operator finds it, and goes on
  /// behind it.
  ///
  /// @param said what the turn says, as text
  /// @param why for people
  void refuse(Turn turn, String said, String why, String ledger);

  /// Whether a fault means that the database does not take these rows, and never will; else it may
  /// take them later.
  boolean refuses(RuntimeException fault);
}
