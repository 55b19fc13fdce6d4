package org.switchroom.acd.plan;

import java.util.List;
import org.switchroom.acd.skill.Skills;

/// An agent, as configured.
///
/// @param order the agent's place where a strategy goes by a fixed order; ties by id
/// @param prefers queues this agent takes first, in this order, before all others; mostly empty
public record AgentProfile(
    AgentId id, Skills skills, Capacity capacity, int order, List<QueueId> prefers) {
  public AgentProfile {
    prefers = List.copyOf(prefers);
  }

  /// One call at a time, no preference.
  public static AgentProfile of(AgentId id, Skills skills) {
    return new AgentProfile(id, skills, Capacity.ONE_CALL, 0, List.of());
  }

  public AgentProfile withCapacity(Capacity other) {
    return new AgentProfile(id, skills, other, order, prefers);
  }

  public AgentProfile withOrder(int other) {
    return new AgentProfile(id, skills, capacity, other, prefers);
  }

  public AgentProfile withPrefers(List<QueueId> other) {
    return new AgentProfile(id, skills, capacity, order, other);
  }
}
