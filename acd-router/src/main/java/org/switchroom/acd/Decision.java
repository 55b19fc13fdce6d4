package org.switchroom.acd;

import java.time.Instant;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.QueueId;

/// What shall happen now, or what the router has changed.
public sealed interface Decision {
  Instant at();

  /// Ring this agent for this contact.
  record Offer(Instant at, OfferId offer, ContactId contact, QueueId queue, AgentId agent)
      implements Decision {}

  /// Stop ringing: nobody shall answer into nothing.
  record Withdraw(Instant at, OfferId offer, ContactId contact, AgentId agent, Why why)
      implements Decision {}

  /// @param pending the change the agent has asked for, to be done when they are free; empty: none
  record AgentMoved(Instant at, AgentId agent, AgentState state, Optional<Pending> pending)
      implements Decision {}

  /// The contact waits in another queue from now on, with its age.
  record ContactMoved(Instant at, ContactId contact, QueueId from, QueueId to, Cause cause)
      implements Decision {}

  /// The contact waits no more: it is to be taken elsewhere. The router has forgotten it.
  record Diverted(
      Instant at, ContactId contact, QueueId from, Overflow.Target.Away target, Cause cause)
      implements Decision {}

  /// The policy in the shadow would have chosen otherwise at this moment.
  ///
  /// @param offer the offer that was made
  /// @param contact whom it would have offered
  /// @param agent to whom
  record Shadowed(Instant at, OfferId offer, ContactId contact, AgentId agent)
      implements Decision {}

  /// Why an offer is withdrawn.
  enum Why {
    /// The phone rang until the time was over.
    NO_ANSWER,
    /// The caller left.
    CALLER_LEFT,
    /// The agent was removed from the center.
    AGENT_LEFT,
    /// Another agent, whose phone rang too, has taken it.
    TAKEN
  }

  /// Why a contact goes elsewhere.
  enum Cause {
    WAITED,
    FULL,
    CLOSED,
    UNSTAFFED,
    QUEUE_REMOVED
  }

  /// A change of state asked for while busy.
  sealed interface Pending {
    record NotReady(String reason) implements Pending {}

    record LogOut() implements Pending {}
  }
}
