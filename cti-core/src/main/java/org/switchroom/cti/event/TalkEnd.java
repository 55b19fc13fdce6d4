package org.switchroom.cti.event;

/// How an agent's part in a contact ended.
public enum TalkEnd {
  AGENT_LEFT,
  CALLER_LEFT,
  /// The agent ended it because of how the caller spoke.
  ABUSIVE,
  /// The agent gave it to somebody else.
  TRANSFERRED,
  /// The agent parked the caller, for whoever picks them up.
  PARKED,
  /// The caller was on hold for so long that they went back to the queue.
  HELD_TOO_LONG,
  /// The agent's phone hung up, or was gone, while the caller was on hold: they went back to the
  /// queue.
  LEFT_ON_HOLD,
  /// The PBX lost the call, or the agent's part of it.
  PBX_FAULT,
  /// The server failed at it so often that it follows it no more; they may talk on.
  SET_ASIDE,
  /// Work that is done.
  DONE
}
