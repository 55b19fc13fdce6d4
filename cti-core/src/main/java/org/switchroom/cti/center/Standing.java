package org.switchroom.cti.center;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.CallSeen;
import org.switchroom.cti.customer.SeatChanged;
import org.switchroom.cti.figures.QueueFigures;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.task.Task;

/// What an earlier run has left.
///
/// @param today the figures of the day so far
/// @param seats what each agent was last told of themselves
/// @param calls those that were not over
/// @param closed those that were over last: of these the PBX may not have heard that it is known
/// @param tasks those that nobody has closed
public record Standing(
    Map<QueueId, QueueFigures> today,
    Map<AgentId, SeatChanged> seats,
    List<CallSeen> calls,
    Set<CallId> closed,
    List<Task> tasks) {
  public static final Standing NONE =
      new Standing(Map.of(), Map.of(), List.of(), Set.of(), List.of());
}
