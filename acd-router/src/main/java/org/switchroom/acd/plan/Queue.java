package org.switchroom.acd.plan;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.skill.SkillExpression;

/// How one queue behaves.
///
/// @param ask what its contacts ask of an agent, before any step
/// @param offerTimeout how long an agent's phone rings before the offer is withdrawn
/// @param misses how many rings in a row an agent may miss before they are not ready, from 1 to
///   [#MOST_MISSES]: the ring that makes it so many is this queue's. Not where all are rung
/// @param wrapUp what follows a contact
/// @param hours empty: always open
@RecordBuilder
public record Queue(
    QueueId id,
    Channel channel,
    SkillExpression ask,
    List<RoutingStep> steps,
    Urgency urgency,
    Strategy strategy,
    Duration offerTimeout,
    int misses,
    WrapUp wrapUp,
    Optional<Hours> hours,
    List<Overflow> overflow,
    Objectives objectives)
    implements QueueBuilder.With {
  public static final int MOST_MISSES = 100;

  public Queue {
    // What was written down before there was such a number says 0.
    if (misses == 0) misses = 1;
    if (misses < 1 || misses > MOST_MISSES) {
      throw new IllegalArgumentException(
          "Queue %s has agents not ready after %d misses; it must be from 1 to %d."
              .formatted(id, misses, MOST_MISSES));
    }
    if (!offerTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "Queue %s rings an agent for %s; it must be longer than zero."
              .formatted(id, offerTimeout));
    }
    steps = List.copyOf(steps);
    overflow = List.copyOf(overflow);
  }

  /// A queue for calls, with everything as it is when nothing is said: longest idle, first come
  /// first served, 20 s of ringing, no wrap-up, always open.
  public static Queue of(QueueId id, SkillExpression ask) {
    return new Queue(
        id,
        Channel.VOICE,
        ask,
        List.of(),
        Urgency.PLAIN,
        Strategy.DEFAULT,
        Duration.ofSeconds(20),
        1,
        WrapUp.none(),
        Optional.empty(),
        List.of(),
        Objectives.DEFAULT);
  }
}
