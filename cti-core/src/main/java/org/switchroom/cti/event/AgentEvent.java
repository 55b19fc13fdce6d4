package org.switchroom.cti.event;

import java.time.Instant;
import java.util.Optional;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.Decision;
import org.switchroom.acd.plan.AgentId;

/// What happened to an agent.
public sealed interface AgentEvent extends Event {
  AgentId agent();

  /// Somebody wants the agent to be so; [AgentMoved] says what came of it.
  record PresenceAsked(AgentId agent, Presence presence) implements AgentEvent {}

  /// As the router has it now.
  ///
  /// @param pending asked for while busy, to be done when they are free
  record AgentMoved(AgentId agent, AgentState state, Optional<Decision.Pending> pending)
      implements AgentEvent {}

  /// The agent has a screen.
  record DeskOpened(AgentId agent) implements AgentEvent {}

  /// The agent's last screen is gone.
  ///
  /// @param until they have until then to come back
  record DeskClosed(AgentId agent, Instant until) implements AgentEvent {}

  /// It has not come back in time.
  record DeskLost(AgentId agent) implements AgentEvent {}

  /// The agent sits at this phone from now on, until they log out.
  record PhoneTaken(AgentId agent, String phone) implements AgentEvent {}

  /// Somebody else is about to sit there; their phone is their own again, if they have one.
  record PhoneLeft(AgentId agent) implements AgentEvent {}

  /// Who is removed from the configuration has finished, and is forgotten.
  record AgentForgotten(AgentId agent) implements AgentEvent {}

  /// What somebody may want an agent to be.
  sealed interface Presence {
    record LoggedIn() implements Presence {}

    record LoggedOut() implements Presence {}

    record Ready() implements Presence {}

    record NotReady(String reason) implements Presence {}
  }
}
