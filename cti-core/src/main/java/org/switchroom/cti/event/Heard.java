package org.switchroom.cti.event;

import java.time.Instant;
import java.util.Optional;

/// What a waiting caller has heard between the music, and when they hear more.
///
/// @param due when something is to be said next; empty: nothing more
/// @param figures when place and time are due next; empty: never again
/// @param messages when the next message is due; empty: there is none
/// @param message which of the messages is next, from 0
/// @param said how many announcements in all
/// @param position the last that was said; [Integer#MAX_VALUE]: none yet
/// @param minutes the last that were said; [Long#MAX_VALUE]: none yet
public record Heard(
    Optional<Instant> due,
    Optional<Instant> figures,
    Optional<Instant> messages,
    int message,
    int said,
    int position,
    long minutes) {
  public static final Heard NOTHING =
      new Heard(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          0,
          Integer.MAX_VALUE,
          Long.MAX_VALUE);
}
