package org.switchroom.cti.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Urgency;

/// Where a contact is to wait, and what it asks for beside what the queue does.
///
/// @param priority points
/// @param ask a skill expression; empty: nothing
/// @param preferred the agent to be asked first
/// @param preferredFor for how long only they are asked
/// @param passedOver agents who have sent it there and are not to get it back, as long as somebody
///   else is staffed who could take it; the latest last
public record QueueRequest(
    QueueId queue,
    int priority,
    String ask,
    Optional<AgentId> preferred,
    Duration preferredFor,
    List<AgentId> passedOver) {
  /// Of those who have sent it there so many are remembered: the latest.
  private static final int MOST_PASSED_OVER = 10;

  public QueueRequest {
    passedOver = List.copyOf(passedOver);
  }

  /// One that nobody has sent there.
  public QueueRequest(
      QueueId queue, int priority, String ask, Optional<AgentId> preferred, Duration preferredFor) {
    this(queue, priority, ask, preferred, preferredFor, List.of());
  }

  public static QueueRequest of(QueueId queue) {
    return new QueueRequest(queue, 0, "", Optional.empty(), Duration.ZERO);
  }

  /// The same, and this agent is asked first, also if they have sent it there before.
  public QueueRequest to(AgentId agent, Duration time) {
    return new QueueRequest(
        queue, priority, ask, Optional.of(agent), time, without(agent, passedOver));
  }

  private static List<AgentId> without(AgentId agent, List<AgentId> agents) {
    return agents.stream().filter(one -> !one.equals(agent)).toList();
  }

  /// The same, before all others who wait, whoever was preferred before.
  public QueueRequest beforeAll() {
    return new QueueRequest(
        queue, Urgency.MOST_PRIORITY, ask, Optional.empty(), Duration.ZERO, passedOver);
  }

  /// The same in another queue.
  public QueueRequest in(QueueId other) {
    return new QueueRequest(other, priority, ask, preferred, preferredFor, passedOver);
  }

  /// The same, sent there by this agent out of a talk. Who had sent it to the same queue before is
  /// passed over, too.
  ///
  /// @param before what the talk came of
  public QueueRequest sentBy(AgentId agent, QueueRequest before) {
    var agents = new ArrayList<>(passedOver);
    if (before.queue.equals(queue)) agents.addAll(before.passedOver);
    agents.add(agent);
    List<AgentId> others = preferred.map(one -> without(one, agents)).orElse(agents);
    List<AgentId> latest = others.reversed().stream().distinct().limit(MOST_PASSED_OVER).toList();
    return new QueueRequest(queue, priority, ask, preferred, preferredFor, latest.reversed());
  }
}
