package org.switchroom.cti.event;

/// How a stay in a queue ended without an agent.
public enum StayEnd {
  /// The caller hung up.
  ABANDONED,
  /// They took what the queue offers by key.
  CHOSE,
  /// The queue's rules sent them elsewhere.
  OVERFLOWED,
  /// It was an agent's own call, and a caller has taken its place.
  PUT_THROUGH,
  /// Who was picked up out of the park is in it again, or has hung up before the agent answered.
  PARKED,
  /// The PBX's fallback queue connected them.
  FELL_BACK,
  /// The PBX lost the call.
  PBX_FAULT,
  /// The server failed at it so often that it left the caller to the PBX's fallback queue.
  SET_ASIDE
}
