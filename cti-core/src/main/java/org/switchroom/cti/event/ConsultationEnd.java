package org.switchroom.cti.event;

/// How an agent's consultation ended.
public enum ConsultationEnd {
  /// The caller was given to whoever was asked, or has taken the place of the agent's own call in
  /// the queue.
  COMPLETED,
  /// The agent has gone back to the caller.
  CANCELLED,
  /// Whoever was asked has hung up, did not answer, or was not reached.
  OTHER_LEFT,
  /// The caller has hung up, or the agent's part was over otherwise.
  TALK_ENDED
}
