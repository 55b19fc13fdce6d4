package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchroom.acd.TestCenter.profile;
import static org.switchroom.acd.TestCenter.queue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.Hours;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Overflow.Target;
import org.switchroom.acd.plan.Overflow.Trigger;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;

/// Nobody is on the line for work: no rule of a queue for calls sends it out of the queues, and it
/// keeps its place and its age.
class WorkStaysTest {
  private static final QueueId Q = new QueueId("q");

  private static Queue leaving(Trigger... triggers) {
    return queue("q")
        .withOverflow(
            List.of(triggers).stream()
                .map(when -> new Overflow(when, new Target.Away(Target.Kind.SCRIPT, "night")))
                .toList());
  }

  /// From nine to ten; the day begins at nine.
  private static Hours untilTen() {
    var week = new EnumMap<DayOfWeek, List<Hours.Span>>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      week.put(day, List.of(new Hours.Span(LocalTime.of(9, 0), LocalTime.of(10, 0))));
    }
    return Hours.weekly(ZoneOffset.UTC, week);
  }

  private static void stays(TestCenter center, ContactId work) {
    assertThat(center.router.waitingIn(Q)).containsExactly(work);
    assertThat(sentAway(center)).doesNotContain(work);
  }

  private static List<ContactId> sentAway(TestCenter center) {
    return center.made().stream()
        .filter(Decision.Diverted.class::isInstance)
        .map(one -> ((Decision.Diverted) one).contact())
        .toList();
  }

  @Test
  void afterAnyWait() {
    Queue queue =
        leaving(
            new Trigger.Waited(Duration.ofSeconds(30)), new Trigger.Waited(Duration.ofSeconds(60)));
    var center = TestCenter.of(queue);
    ContactId work = center.comes("q", ContactKind.WORK);
    ContactId caller = center.comes("q");
    center.after(30);
    stays(center, work);
    assertThat(sentAway(center)).containsExactly(caller);
    center.after(30).after(3_600);
    stays(center, work);
    assertThat(center.router.nextDeadline()).as("it is not looked at for ever").isEmpty();
  }

  @Test
  void whereTheQueueIsFull() {
    var center = TestCenter.of(leaving(new Trigger.Full(0)));
    ContactId work = center.comes("q", ContactKind.WORK);
    ContactId caller = center.comes("q");
    stays(center, work);
    assertThat(sentAway(center)).containsExactly(caller);
  }

  @Test
  void whenTheQueueClosesAndWhenItIsClosed() {
    var center =
        TestCenter.of(leaving(new Trigger.Closed(true)).withHours(Optional.of(untilTen())));
    ContactId before = center.comes("q", ContactKind.WORK);
    ContactId caller = center.comes("q");
    center.after(3_600);
    stays(center, before);
    assertThat(sentAway(center)).containsExactly(caller);
    ContactId after = center.comes("q", ContactKind.WORK);
    assertThat(center.router.waitingIn(Q)).containsExactly(before, after);
    assertThat(sentAway(center)).containsExactly(caller);
  }

  @Test
  void whereNobodyIsLoggedInAndWhenTheLastOneLogsOut() {
    var center = TestCenter.of(leaving(new Trigger.Unstaffed(true)));
    ContactId work = center.comes("q", ContactKind.WORK);
    stays(center, work);
    center.ready(profile("ann", "q"));
    assertThat(center.agentOf(work)).isEqualTo("ann");
    center.removed("ann");
    stays(center, work);
  }

  @Test
  void afterAPhoneThatNobodyAnswered() {
    Queue queue =
        leaving(new Trigger.Waited(Duration.ofSeconds(5)), new Trigger.Closed(true))
            .withHours(Optional.of(untilTen()));
    var center = TestCenter.of(queue).ready(profile("ann", "q"));
    center.after(3_595);
    ContactId work = center.comes("q", ContactKind.WORK);
    center.after(10);
    center.rejects(work, "ann", AgentState.Reasons.NO_ANSWER);
    stays(center, work);
  }

  @Test
  void whenItsQueueIsRemoved() {
    var center = TestCenter.of(leaving(new Trigger.Full(0)), queue("work"));
    ContactId work = center.comes("work", ContactKind.WORK);
    center.after(60);
    ContactId later = center.comes("q", ContactKind.WORK);
    center.tell(new AcdEvent.QueueRemoved(center.now, new QueueId("work"), Q));
    assertThat(center.router.waitingIn(Q)).as("by age").containsExactly(work, later);
    assertThat(sentAway(center)).isEmpty();
  }

  @Test
  void butARuleThatLeadsToAnotherQueueIsTaken() {
    var soon = new Trigger.Waited(Duration.ofSeconds(30));
    var other = new QueueId("other");
    var rules =
        List.of(
            new Overflow(soon, new Target.Away(Target.Kind.HANG_UP, "")),
            new Overflow(soon, new Target.ToQueue(other)));
    var center = TestCenter.of(queue("q").withOverflow(rules), queue("other"));
    ContactId work = center.comes("q", ContactKind.WORK);
    center.after(30);
    assertThat(center.router.waitingIn(other)).containsExactly(work);
  }
}
