package org.switchroom.cti.event;

/// How a contact ended, by the last of what happened to it.
public enum ContactOutcome {
  /// Talked to an agent.
  ANSWERED,
  /// Gave up while waiting or ringing; also after a talk.
  ABANDONED,
  /// The script ended the call: the caller had what they called for.
  SELF_SERVED,
  /// Hung up in the script.
  LEFT_IN_SCRIPT,
  /// Was given to somebody else by the phone's own transfer.
  TRANSFERRED,
  /// Left the queue for a script, a message, a callback or a number outside.
  DIVERTED,
  /// The PBX's fallback queue had somebody answer.
  FALLBACK_ANSWERED,
  /// Lost by the PBX.
  PBX_FAULT,
  /// The server failed at it so often that it left it to the PBX: see [StayEnd#SET_ASIDE].
  SET_ASIDE,
  /// Called from a number that is blocked, and was not taken.
  BLOCKED,
  /// An agent has asked a colleague: nobody has called.
  CONSULTED,
  /// An agent has called them, and nobody has answered.
  NOT_REACHED,
  /// Work that is done.
  DONE
}
