package org.switchroom.cti.center;

import java.time.Duration;
import java.util.List;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Objectives;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.ServiceLevelRule;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;

/// A queue as the center runs it.
///
/// @param routing how it routes; its offer time-out is how long an agent's phone rings
/// @param title shown to people
/// @param dispositions what a call may have been about
/// @param after the script that a caller goes to when the agent has hung up; empty: none
/// @param announcements what those who wait hear
/// @param music the PBX's class of music between them, also on hold; empty: its default
/// @param alertInfo what the agent's phone rings by (RFC 3261, 20.4); empty: as it likes
public record QueueSettings(
    Queue routing,
    String title,
    List<String> dispositions,
    String after,
    Announcements announcements,
    String music,
    String alertInfo) {
  /// The PBX ends the ringing by itself, so that it and the answer cannot cross; the router's own
  /// time is for a PBX that says nothing.
  private static final Duration PBX_GRACE = Duration.ofSeconds(3);

  /// With the PBX's default music, and phones that ring as they like.
  public QueueSettings(
      Queue routing,
      String title,
      List<String> dispositions,
      String after,
      Announcements announcements) {
    this(routing, title, dispositions, after, announcements, "", "");
  }

  /// The same with other rules of routing.
  public QueueSettings with(Queue other) {
    return new QueueSettings(other, title, dispositions, after, announcements, music, alertInfo);
  }

  /// One that routes in the plainest way.
  public QueueSettings(
      QueueId id,
      String title,
      SkillExpression ask,
      int priority,
      Duration ring,
      WrapUp wrapUp,
      int targetPercent,
      Duration targetWithin,
      List<String> dispositions) {
    this(
        Queue.of(id, ask)
            .withUrgency(new Urgency(priority, 0, 1))
            .withOfferTimeout(ring)
            .withWrapUp(wrapUp)
            .withObjectives(Objectives.DEFAULT.withTarget(targetPercent, targetWithin)),
        title,
        dispositions,
        "",
        Announcements.NONE);
  }

  /// Whether its contacts are tasks: nobody is rung for them.
  public boolean forTasks() {
    return routing.channel() == Channel.TASK;
  }

  /// Whether its contacts are calls: an agent's phone is rung for them.
  public boolean forCalls() {
    return routing.channel() == Channel.VOICE;
  }

  public QueueId id() {
    return routing.id();
  }

  public SkillExpression ask() {
    return routing.ask();
  }

  /// How long an agent's phone rings.
  public Duration ring() {
    return routing.offerTimeout();
  }

  public int targetPercent() {
    return routing.objectives().percent();
  }

  public Duration targetWithin() {
    return routing.objectives().within();
  }

  /// How those count in the service level who leave without an agent.
  public ServiceLevelRule serviceLevelRule() {
    return routing.objectives().rule();
  }

  Queue forRouter() {
    return routing.withOfferTimeout(ring().plus(PBX_GRACE));
  }
}
