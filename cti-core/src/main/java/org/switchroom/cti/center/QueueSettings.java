package org.switchroom.cti.center;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.ServiceLevelRule;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.event.Refusal;

/// A queue as the center runs it.
///
/// @param routing how it routes; its offer time-out is how long an agent's phone rings
/// @param title shown to people
/// @param dispositions what a call may have been about
/// @param after the script that a caller goes to when the agent has hung up; empty: none
/// @param announcements what those who wait hear
/// @param music the PBX's class of music between them, also on hold; empty: its default
/// @param alertInfo what the agent's phone rings by (RFC 3261, 20.4); empty: as it likes
/// @param autoAnswer whether the phone of an agent of whom nothing else is said answers by itself
/// @param hold what becomes of a caller whom an agent has on hold
/// @param parkReturn after how long a caller whom nobody has picked up out of the park goes back
/// @param recording which of its talks are recorded
@RecordBuilder
public record QueueSettings(
    Queue routing,
    String title,
    List<String> dispositions,
    String after,
    Announcements announcements,
    String music,
    String alertInfo,
    boolean autoAnswer,
    HoldCare hold,
    Duration parkReturn,
    RecordingPlan recording)
    implements QueueSettingsBuilder.With {
  /// The PBX ends the ringing by itself, so that it and the answer cannot cross; the router's own
  /// time is for a PBX that says nothing.
  private static final Duration PBX_GRACE = Duration.ofSeconds(3);

  /// After how long a parked caller goes back where nothing is said of it.
  public static final Duration PARK_RETURN = Duration.ofMinutes(3);

  /// One of which nothing is said but how it routes.
  public static QueueSettings of(Queue routing, String title) {
    return new QueueSettings(
        routing,
        title,
        List.of(),
        "",
        Announcements.NONE,
        "",
        "",
        false,
        HoldCare.REMINDS,
        PARK_RETURN,
        RecordingPlan.NEVER);
  }

  /// Whether its contacts are tasks: nobody is rung for them.
  public boolean forTasks() {
    return routing.channel() == Channel.TASK;
  }

  /// Whether its contacts are calls: an agent's phone is rung for them.
  public boolean forCalls() {
    return routing.channel() == Channel.VOICE;
  }

  /// Whether an agent's phone is to answer by itself what this queue offers. Where several ring for
  /// a caller people decide who has them.
  boolean answersAt(AgentSettings agent) {
    if (routing.strategy().kind() == Strategy.Kind.RING_ALL) return false;
    return switch (agent.autoAnswer()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case BY_QUEUE -> autoAnswer;
    };
  }

  /// Whether talks of this contact are recorded, unasked.
  boolean records(Contact contact) {
    return notRecorded(contact).isEmpty() && recording.takes(contact.id());
  }

  /// Whether an agent who talks in this contact may begin a recording.
  public boolean recordsOnDemand(Contact contact) {
    return notRecordedOnDemand(contact).isEmpty();
  }

  /// Why an agent may not; empty: they may.
  Optional<Refusal> notRecordedOnDemand(Contact contact) {
    return recording.onDemand() ? notRecorded(contact) : Optional.of(Refusal.NOT_TO_RECORD);
  }

  /// Why this contact's talks are not recorded, whoever wishes it; empty: nothing forbids it. What
  /// colleagues say to each other about a caller never is.
  private Optional<Refusal> notRecorded(Contact contact) {
    if (contact.isConsultation()) return Optional.of(Refusal.NOT_TO_RECORD);
    if (contact.refusesRecording()) return Optional.of(Refusal.CALLER_REFUSED);
    return recording.afterNotice() && contact.notice().isEmpty()
        ? Optional.of(Refusal.NOT_NOTICED)
        : Optional.empty();
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
