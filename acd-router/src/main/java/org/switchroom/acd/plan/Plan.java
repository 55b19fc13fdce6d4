package org.switchroom.acd.plan;

import java.util.List;

/// A whole center as it is configured.
///
/// @param queues each once
/// @param agents each once
public record Plan(List<Queue> queues, List<AgentProfile> agents, RoutingPlan routing) {
  public static final Plan EMPTY = new Plan(List.of(), List.of(), RoutingPlan.DEFAULT);

  public Plan {
    queues = List.copyOf(queues);
    agents = List.copyOf(agents);
  }
}
