package org.switchroom.cti.customer;

import java.time.Instant;

/// What an agent is, or will be when their hands are free: what a server that starts again makes of
/// them.
///
/// @param reason why not ready; else empty
public record SeatChanged(String agent, Presence presence, String reason, Instant at)
    implements HistoryRecord {
  public enum Presence {
    LOGGED_OUT,
    NOT_READY,
    READY
  }

  /// It belongs to no call.
  @Override
  public String call() {
    return "";
  }
}
