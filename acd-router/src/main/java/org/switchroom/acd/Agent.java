package org.switchroom.acd;

import java.time.Instant;
import java.util.Comparator;

/// One agent, as the router sees them. Only the router changes it.
final class Agent {
  /// Longest idle first; ties by name, so that a replay decides the same.
  static final Comparator<Agent> LONGEST_IDLE =
      Comparator.<Agent, Instant>comparing(agent -> agent.idleSince)
          .thenComparing(agent -> agent.id);

  final AgentId id;
  final Skills skills;
  AgentState state;
  Decision.Pending pending;
  boolean phoneAvailable;

  /// When they last became free. A caller who gives up, or a phone that blinks, does not change it.
  Instant idleSince = Instant.MIN;

  Agent(AgentId id, Skills skills) {
    this.id = id;
    this.skills = skills;
    this.state = new AgentState.LoggedOut(Instant.EPOCH);
  }

  boolean offerable() {
    return phoneAvailable && state instanceof AgentState.Ready;
  }

  boolean busy() {
    return switch (state) {
      case AgentState.Reserved _,
          AgentState.Ringing _,
          AgentState.Talking _,
          AgentState.InWrapUp _ ->
          true;
      case AgentState.LoggedOut _, AgentState.NotReady _, AgentState.Ready _ -> false;
    };
  }
}
