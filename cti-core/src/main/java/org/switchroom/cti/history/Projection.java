package org.switchroom.cti.history;

import java.util.List;
import org.switchroom.cti.event.Turn;

/// Where turns of a ledger become rows. Every call does I/O.
public interface Projection {
  /// The last turn of this ledger whose rows are there; 0: none.
  long position(String ledger);

  /// Writes the rows of turns and the position behind the last of them, both or neither. Turns up
  /// to the position that is there already are left out: one that comes twice changes nothing.
  /// Numbers that are missing, before them or among them, are written down as gaps.
  ///
  /// @param turns one at least
  /// @return the gaps that are new
  /// @throws RuntimeException when the database is away, or does not take a row
  List<HistoryGap> project(List<Turn> turns, String ledger);

  /// Keeps a turn whose rows the database does not take, where an operator finds it, and goes on
  /// behind it.
  ///
  /// @param said what the turn says, as text
  /// @param why for people
  /// @return as [#project]
  List<HistoryGap> refuse(Turn turn, String said, String why, String ledger);

  /// Goes on behind a turn that can be kept nowhere: it is a gap.
  ///
  /// @return as [#project]
  List<HistoryGap> leaveOut(Turn turn, String ledger);

  /// Why rows were not taken, for people: without anything of them, as a log and a screen have it.
  String reason(RuntimeException fault);

  /// Whether a fault means that the database does not take these rows, and never will; else it may
  /// take them later.
  boolean refuses(RuntimeException fault);
}
