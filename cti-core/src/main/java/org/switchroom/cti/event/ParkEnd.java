package org.switchroom.cti.event;

/// How a caller came out of the park (CSTA Park Call).
public enum ParkEnd {
  /// An agent has picked them up, and answered.
  PICKED_UP(StayEnd.PARKED),
  /// Nobody has in time: they go back to the queue.
  RETURNED(StayEnd.PARKED),
  /// The caller hung up.
  ABANDONED(StayEnd.ABANDONED),
  /// An agent's phone has them otherwise, as from the PBX's fallback queue.
  TAKEN(StayEnd.PARKED),
  /// They are in a script, with a number or with somebody who is no agent.
  LEFT(StayEnd.PARKED),
  /// The PBX lost the call.
  PBX_FAULT(StayEnd.PBX_FAULT),
  /// The server failed at it so often that it left the caller to the PBX's fallback queue.
  SET_ASIDE(StayEnd.SET_ASIDE);

  private final StayEnd left;

  ParkEnd(StayEnd left) {
    this.left = left;
  }

  /// As which the contact is away, until it is known where it goes on.
  public StayEnd left() {
    return left;
  }
}
