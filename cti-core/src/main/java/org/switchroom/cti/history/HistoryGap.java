package org.switchroom.cti.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Turns that the history lacks: the database was away until the ledger kept them no longer, or it
/// has them nowhere, not even among those that it refused.
///
/// @param from the first turn that is missing
/// @param to the last one
/// @param since when the turn before them was; empty: there was none
/// @param until when the turn behind them was, or the last of them; both to the millisecond, and
///   from the year 1 to 9999
public record HistoryGap(
    String ledger, long from, long to, Optional<Instant> since, Instant until) {
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  public HistoryGap {
    since = since.map(HistoryGap::moment);
    until = moment(until);
  }

  /// A moment as every database can keep it.
  public static Instant moment(Instant at) {
    if (at.isBefore(EARLIEST)) return EARLIEST;
    return at.isAfter(LATEST) ? LATEST : at.truncatedTo(ChronoUnit.MILLIS);
  }
}
