package org.switchroom.cti.event;

import java.time.Instant;
import java.util.List;

/// What one input led to: all of it, or nothing. One frame of the ledger.
///
/// @param number of its frame, from 1; 0: not in the ledger yet
/// @param at never before the turn before it
/// @param wall what the wall clock said
public record Turn(long number, Instant at, Instant wall, List<Event> events) {
  public Turn numbered(long frame) {
    return new Turn(frame, at, wall, events);
  }
}
