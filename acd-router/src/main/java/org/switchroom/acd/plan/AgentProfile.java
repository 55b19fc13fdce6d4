package org.switchroom.acd.plan;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.switchroom.acd.skill.Skills;

/// An agent, as configured.
///
/// @param order the agent's place where a strategy goes by a fixed order; ties by id
/// @param prefers queues this agent takes first, in this order, before all others; mostly empty
@RecordBuilder
public record AgentProfile(
    AgentId id, Skills skills, Capacity capacity, int order, List<QueueId> prefers)
    implements AgentProfileBuilder.With {
  public AgentProfile {
    prefers = List.copyOf(prefers);
  }

  /// One call at a time, no preference.
  public static AgentProfile of(AgentId id, Skills skills) {
    return new AgentProfile(id, skills, Capacity.ONE_CALL, 0, List.of());
  }
}
