package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchroom.acd.TestCenter.capacity;
import static org.switchroom.acd.TestCenter.profile;
import static org.switchroom.acd.TestCenter.queue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Hours;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Overflow.Target;
import org.switchroom.acd.plan.Overflow.Trigger;
import org.switchroom.acd.plan.Queue;

/// Whoever is to be asked first is waited for only while they may still come, and the rules of the
/// queue wait with them.
class PreferredAgentTest {
  /// Ann talks; ben is to be free.
  private static TestCenter annTalks() {
    var center = TestCenter.of(queue("q")).ready(profile("ann", "q"));
    center.answers(center.comes("q"));
    return center.ready(profile("ben", "q"));
  }

  @Test
  void oneWhoTalksIsWaitedFor() {
    TestCenter center = annTalks();
    center.phone("ann", false);
    ContactId contact = center.comes("q", 0, "ann");
    assertThat(center.agentOf(contact)).isEqualTo("nobody");
    center.after(59);
    assertThat(center.agentOf(contact)).isEqualTo("nobody");
    center.after(1);
    assertThat(center.agentOf(contact)).isEqualTo("ben");
  }

  @Test
  void oneWhosePhoneIsUnreachableIsNot() {
    var center = TestCenter.of(queue("q")).ready(profile("ann", "q")).phone("ann", false);
    center.ready(profile("ben", "q"));
    assertThat(center.agentOf(center.comes("q", 0, "ann"))).isEqualTo("ben");
  }

  @Test
  void norIsOneWhosePhoneIsUnreachableFromNowOn() {
    var center = TestCenter.of(queue("q"), queue("chat").withChannel(Channel.CHAT));
    center.ready(
        profile("ann", "q", "chat")
            .withCapacity(capacity(1, Map.of(Channel.VOICE, 1, Channel.CHAT, 1))));
    center.answers(center.comes("chat")).ready(profile("ben", "q"));
    ContactId contact = center.comes("q", 0, "ann");
    assertThat(center.after(6).agentOf(contact)).isEqualTo("nobody");
    assertThat(center.phone("ann", false).agentOf(contact)).isEqualTo("ben");
  }

  @Test
  void norIsOneWhoIsRemovedOrHasAskedToStop() {
    TestCenter center = annTalks();
    ContactId first = center.comes("q", 0, "ann");
    assertThat(center.after(6).removed("ann").agentOf(first)).isEqualTo("ben");
    center.answers(first).ends(first);
    assertThat(center.agentOf(center.comes("q", 0, "ann"))).isEqualTo("ben");

    center = annTalks();
    first = center.comes("q", 0, "ann");
    assertThat(center.after(Duration.ofSeconds(6)).onBreak("ann").agentOf(first)).isEqualTo("ben");
  }

  /// The link to the PBX is lost: no phone can be rung, and none has become another's.
  @Test
  void oneIsWaitedForWhileNoPhoneCanBeRung() {
    var center = TestCenter.of(queue("q")).ready(profile("ann", "q")).ready(profile("ben", "q"));
    ContactId contact = center.phones(false).comes("q", 0, "ann");
    ContactId other = center.comes("q");
    assertThat(center.after(20).agentOf(contact)).isEqualTo("nobody");
    assertThat(center.phones(true).agentOf(contact)).isEqualTo("ann");
    assertThat(center.agentOf(other)).isEqualTo("ben");

    center.answers(other).ends(other).ready("ben").answers(contact).ends(contact).ready("ann");
    contact = center.phones(false).comes("q", 0, "ann");
    assertThat(center.after(60).agentOf(contact)).isEqualTo("nobody");
    assertThat(center.phone("ann", false).phones(true).agentOf(contact)).isEqualTo("ben");
  }

  @Test
  void oneIsWaitedForWhosePhoneWasNotRung() {
    var center = TestCenter.of(queue("q")).ready(profile("ben", "q")).ready(profile("ann", "q"));
    ContactId contact = center.comes("q", 0, "ann");
    assertThat(center.lost(contact).agentOf(contact)).isEqualTo("ann");
    assertThat(center.phones(false).lost(contact).agentOf(contact)).isEqualTo("nobody");
    assertThat(center.phones(true).agentOf(contact)).isEqualTo("ann");
    assertThat(center.phone("ann", false).lost(contact).agentOf(contact)).isEqualTo("ben");
  }

  /// A phone that rings when the minute is over rings on; where it turns out that it did not, they
  /// wait for anybody.
  @Test
  void afterTheMinuteThatIsOver() {
    TestCenter center = annTalks();
    ContactId contact = center.comes("q", 0, "ann");
    center.phone("ann", true).after(55).ends(new ContactId("q1")).ready("ann");
    assertThat(center.after(10).ringing(contact)).containsExactly("ann");
    assertThat(center.lost(contact).agentOf(contact)).isEqualTo("ben");
  }

  // ── The queue's rules ───────────────────────────────────────────────────────────────────────

  private static final Overflow.Target VOICEMAIL = new Target.Away(Target.Kind.VOICEMAIL, "");

  /// Ann talks; nobody else is there. Of the queue's rules one is this.
  private static TestCenter annTalks(UnaryOperator<Queue> set, Trigger... triggers) {
    List<Overflow> rules =
        Stream.of(triggers).map(trigger -> new Overflow(trigger, VOICEMAIL)).toList();
    var center = TestCenter.of(queue("q").withOverflow(rules)).ready(profile("ann", "q"));
    center.answers(center.comes("q"));
    return center.configured(set.apply(queue("q").withOverflow(rules)));
  }

  private static TestCenter annTalks(Trigger... triggers) {
    return annTalks(queue -> queue, triggers);
  }

  private static UnaryOperator<Queue> until(String end) {
    var span = new Hours.Span(LocalTime.MIDNIGHT, LocalTime.parse(end));
    var week = new EnumMap<DayOfWeek, List<Hours.Span>>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) week.put(day, List.of(span));
    return queue -> queue.withHours(Optional.of(Hours.weekly(ZoneOffset.UTC, week)));
  }

  private static Optional<Decision.Cause> sentOn(TestCenter center, ContactId contact) {
    return center.made().stream()
        .filter(Decision.Diverted.class::isInstance)
        .map(Decision.Diverted.class::cast)
        .filter(one -> one.contact().equals(contact))
        .map(Decision.Diverted::cause)
        .findFirst();
  }

  @Test
  void aClosedQueueSendsOnWhoWaitsForOneAloneWhenThatIsOver() {
    TestCenter center = annTalks(until("08:00"), new Trigger.Closed(false));
    assertThat(sentOn(center, center.comes("q"))).contains(Decision.Cause.CLOSED);
    ContactId contact = center.comes("q", 0, "ann");
    assertThat(sentOn(center.after(59), contact)).isEmpty();
    assertThat(sentOn(center.after(1), contact)).contains(Decision.Cause.CLOSED);
  }

  @Test
  void whoIsServedByThenIsNotSentOn() {
    TestCenter center = annTalks(until("08:00"), new Trigger.Closed(true), new Trigger.Full(0));
    ContactId contact = center.comes("q", 0, "ann");
    center.phone("ann", true).after(30).ends(new ContactId("q1")).ready("ann");
    assertThat(center.agentOf(contact)).isEqualTo("ann");
    assertThat(sentOn(center.answers(contact).after(60), contact)).isEmpty();
  }

  @Test
  void aPhoneThatRingsWhenTheMinuteIsOverRingsOn() {
    TestCenter center = annTalks(until("08:00"), new Trigger.Closed(false));
    ContactId contact = center.comes("q", 0, "ann");
    center.after(55).ends(new ContactId("q1")).ready("ann");
    assertThat(sentOn(center.after(10), contact)).isEmpty();
    assertThat(center.ringing(contact)).containsExactly("ann");
    center.rejects(contact, "ann", "rejected");
    assertThat(sentOn(center, contact)).contains(Decision.Cause.CLOSED);
  }

  @Test
  void whoCameWhileItWasOpenStaysUnlessAllAreSentOnAtClosing() {
    TestCenter center = annTalks(until("09:00:30"), new Trigger.Closed(false));
    ContactId contact = center.comes("q", 0, "ann");
    assertThat(sentOn(center.after(61), contact)).isEmpty();

    center = annTalks(until("09:00:30"), new Trigger.Closed(true));
    contact = center.comes("q", 0, "ann");
    assertThat(sentOn(center.after(59), contact)).isEmpty();
    assertThat(sentOn(center.after(1), contact)).contains(Decision.Cause.CLOSED);
  }

  @Test
  void whoComesLaterFillsNoQueueForThoseWhoWaitForOneAlone() {
    TestCenter center = annTalks(new Trigger.Full(1));
    ContactId first = center.comes("q", 0, "ann");
    assertThat(sentOn(center.after(1), center.comes("q"))).contains(Decision.Cause.FULL);
    assertThat(sentOn(center.after(60), first)).isEmpty();

    ContactId second = center.comes("q", 0, "ann");
    assertThat(sentOn(center.after(59), second)).isEmpty();
    assertThat(sentOn(center.after(1), second)).contains(Decision.Cause.FULL);
  }

  @Test
  void theWaitCountsOnAndSendsOnWhenTheMinuteIsOver() {
    TestCenter center = annTalks(new Trigger.Waited(Duration.ofSeconds(20)));
    ContactId other = center.comes("q");
    ContactId contact = center.comes("q", 0, "ann");
    assertThat(sentOn(center.after(20), other)).contains(Decision.Cause.WAITED);
    assertThat(sentOn(center.after(39), contact)).isEmpty();
    assertThat(sentOn(center.after(1), contact)).contains(Decision.Cause.WAITED);

    contact = center.comes("q", 0, "ann");
    assertThat(sentOn(center.after(10).onBreak("ann"), contact)).isEmpty();
    assertThat(sentOn(center.after(10), contact)).contains(Decision.Cause.WAITED);
  }

  @Test
  void whereNobodyIsStaffedForAnybodyTheyAreSentOnWhenTheMinuteIsOver() {
    TestCenter center = annTalks(new Trigger.Unstaffed(false));
    center.tell(new AcdEvent.AgentConfigured(center.now, profile("ann", "other")));
    ContactId contact = center.comes("q", 0, "ann");
    assertThat(sentOn(center.after(59), contact)).isEmpty();
    assertThat(sentOn(center.after(1), contact)).contains(Decision.Cause.UNSTAFFED);
  }
}
