package org.switchroom.acd.plan;

import java.time.Duration;
import java.util.List;
import org.switchroom.acd.skill.SkillExpression;

/// How one queue behaves.
///
/// @param ask what its contacts ask of an agent, before any step
/// @param offerTimeout how long an agent's phone rings before the offer is withdrawn
/// @param wrapUp what follows a contact
/// @param hours null: always open
public record Queue(
    QueueId id,
    Channel channel,
    SkillExpression ask,
    List<RoutingStep> steps,
    Urgency urgency,
    Strategy strategy,
    Duration offerTimeout,
    WrapUp wrapUp,
    Hours hours,
    List<Overflow> overflow,
    Objectives objectives) {
  public Queue {
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
        WrapUp.none(),
        null,
        List.of(),
        Objectives.DEFAULT);
  }

  public Queue withChannel(Channel other) {
    return new Queue(
        id,
        other,
        ask,
        steps,
        urgency,
        strategy,
        offerTimeout,
        wrapUp,
        hours,
        overflow,
        objectives);
  }

  public Queue withAsk(SkillExpression other) {
    return new Queue(
        id,
        channel,
        other,
        steps,
        urgency,
        strategy,
        offerTimeout,
        wrapUp,
        hours,
        overflow,
        objectives);
  }

  public Queue withSteps(List<RoutingStep> other) {
    return new Queue(
        id,
        channel,
        ask,
        other,
        urgency,
        strategy,
        offerTimeout,
        wrapUp,
        hours,
        overflow,
        objectives);
  }

  public Queue withUrgency(Urgency other) {
    return new Queue(
        id,
        channel,
        ask,
        steps,
        other,
        strategy,
        offerTimeout,
        wrapUp,
        hours,
        overflow,
        objectives);
  }

  public Queue withStrategy(Strategy other) {
    return new Queue(
        id, channel, ask, steps, urgency, other, offerTimeout, wrapUp, hours, overflow, objectives);
  }

  public Queue withOfferTimeout(Duration other) {
    return new Queue(
        id, channel, ask, steps, urgency, strategy, other, wrapUp, hours, overflow, objectives);
  }

  public Queue withWrapUp(WrapUp other) {
    return new Queue(
        id,
        channel,
        ask,
        steps,
        urgency,
        strategy,
        offerTimeout,
        other,
        hours,
        overflow,
        objectives);
  }

  public Queue withHours(Hours other) {
    return new Queue(
        id,
        channel,
        ask,
        steps,
        urgency,
        strategy,
        offerTimeout,
        wrapUp,
        other,
        overflow,
        objectives);
  }

  public Queue withOverflow(List<Overflow> other) {
    return new Queue(
        id, channel, ask, steps, urgency, strategy, offerTimeout, wrapUp, hours, other, objectives);
  }

  public Queue withObjectives(Objectives other) {
    return new Queue(
        id, channel, ask, steps, urgency, strategy, offerTimeout, wrapUp, hours, overflow, other);
  }
}
