package org.switchroom.acd;

import java.time.Instant;

/// What shall happen now, or what the router has changed.
public sealed interface Decision {
  Instant at();

  /// Ring this agent for this contact.
  record Offer(Instant at, OfferId offer, ContactId contact, QueueId queue, AgentId agent)
      implements Decision {}

  /// Stop ringing: nobody shall answer into nothing.
  record Withdraw(Instant at, OfferId offer, ContactId contact, AgentId agent, Why why)
      implements Decision {}

  /// @param pending the change the agent has asked for, to be done when they are free; null: none
  record AgentMoved(Instant at, AgentId agent, AgentState state, Pending pending)
      implements Decision {}

  enum Why {
    /// The phone rang until the time was over.
    NO_ANSWER,
    /// The caller left.
    CALLER_LEFT,
    /// The agent's session ended.
    AGENT_LEFT
  }

  /// A change of state asked for while busy.
  sealed interface Pending {
    record NotReady(String reason) implements Pending {}

    record LogOut() implements Pending {}
  }
}
