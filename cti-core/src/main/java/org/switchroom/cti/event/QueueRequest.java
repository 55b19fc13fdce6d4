package org.switchroom.cti.event;

import java.time.Duration;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;

/// Where a contact is to wait, and what it asks for beside what the queue does.
///
/// @param priority points
/// @param ask a skill expression; empty: nothing
/// @param preferred the agent to be asked first
/// @param preferredFor for how long only they are asked
public record QueueRequest(
    QueueId queue, int priority, String ask, Optional<AgentId> preferred, Duration preferredFor) {
  public static QueueRequest of(QueueId queue) {
    return new QueueRequest(queue, 0, "", Optional.empty(), Duration.ZERO);
  }

  /// The same, and this agent is asked first.
  public QueueRequest to(AgentId agent, Duration time) {
    return new QueueRequest(queue, priority, ask, Optional.of(agent), time);
  }

  /// The same in another queue.
  public QueueRequest in(QueueId other) {
    return new QueueRequest(other, priority, ask, preferred, preferredFor);
  }
}
