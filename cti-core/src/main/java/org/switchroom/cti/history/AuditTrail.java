package org.switchroom.cti.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who did or saw what, in the ledger's order. Every call does I/O.
public interface AuditTrail {
  /// The most lines of one answer.
  int MOST = 1_000;

  /// A line's place: the latest comes first.
  ///
  /// @param number in the ledger
  record Place(Instant at, long number) {}

  /// @param who a user's name; `server`: nobody
  record Line(Place place, String who, String what, String about) {}

  /// @param from from when on
  /// @param until before when
  /// @param who what the name has in it, whatever the case; empty: any
  /// @param what as `who`
  /// @param about as `who`
  /// @param after only lines that come after this place, which are older
  /// @param most lines, up to [#MOST]
  record Search(
      Optional<Instant> from,
      Optional<Instant> until,
      String who,
      String what,
      String about,
      Optional<Place> after,
      int most) {}

  List<Line> find(Search search);
}
