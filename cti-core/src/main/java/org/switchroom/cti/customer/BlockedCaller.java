package org.switchroom.cti.customer;

import java.time.Instant;
import java.util.Optional;

/// A number whose calls are not taken. Who hides theirs cannot be told from others who do, and is
/// never blocked.
///
/// @param number E.164, or digits that are no number of any country
/// @param since when it was blocked
/// @param until by the wall clock; empty: until somebody takes it back
/// @param by a user's name
public record BlockedCaller(
    String number, String reason, Instant since, Optional<Instant> until, String by) {
  public BlockedCaller {
    if (number.isEmpty()) throw new IllegalArgumentException("Nobody's number is blocked.");
  }

  public boolean isBlocked(Instant wall) {
    return until.filter(end -> !end.isAfter(wall)).isEmpty();
  }
}
