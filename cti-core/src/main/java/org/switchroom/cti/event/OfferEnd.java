package org.switchroom.cti.event;

/// How an offer came to nothing.
public enum OfferEnd {
  /// The phone rang until the time was over.
  NO_ANSWER(true),
  DECLINED(true),
  BUSY(true),
  UNREACHABLE(true),
  /// The caller left.
  CALLER_LEFT(false),
  /// Another agent, whose phone rang too, has taken it.
  TAKEN(false),
  /// The agent was removed from the center, or has closed their desk.
  AGENT_LEFT(false),
  /// The agent was calling somebody, or had taken another call, when their phone was rung.
  OWN_CALL(false),
  /// The PBX knows nothing of it, or it rang when nobody watched.
  LOST(false);

  private final boolean missed;

  OfferEnd(boolean missed) {
    this.missed = missed;
  }

  /// Whether it counts as missed by the agent; else they keep their turn.
  public boolean missed() {
    return missed;
  }
}
