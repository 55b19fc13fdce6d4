package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.Hours;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Plan;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.skill.SkillExpression;

/// Queues open and close by the clock on the wall, wherever the time of facts is.
class WallClockTest {
  private static final QueueId BILLING = new QueueId("billing");
  private static final Overflow.Target VOICEMAIL =
      new Overflow.Target.Away(Overflow.Target.Kind.VOICEMAIL, "");

  /// Nine to six, every day.
  private static final Queue QUEUE =
      Queue.of(BILLING, SkillExpression.ANY)
          .withHours(Optional.of(Hours.weekly(ZoneOffset.UTC, nineToSix())))
          .withOverflow(List.of(new Overflow(new Overflow.Trigger.Closed(true), VOICEMAIL)));

  private final List<Decision> decisions = new ArrayList<>();
  private Router router = new Router();
  private Instant now = Instant.parse("2026-01-05T17:00:00Z");
  private int contacts;

  private static Map<DayOfWeek, List<Hours.Span>> nineToSix() {
    var week = new EnumMap<DayOfWeek, List<Hours.Span>>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      week.put(day, List.of(new Hours.Span(LocalTime.of(9, 0), LocalTime.of(18, 0))));
    }
    return week;
  }

  private void tell(AcdEvent fact) {
    router.on(fact, decisions::add);
  }

  private void opens() {
    tell(new AcdEvent.QueueConfigured(now, QUEUE));
  }

  private ContactId caller() {
    var caller = new ContactId("c" + ++contacts);
    tell(new AcdEvent.ContactQueued(now, caller, BILLING, now, 0));
    return caller;
  }

  private void clockIs(Duration ahead) {
    tell(new AcdEvent.WallClockSet(now, ahead));
  }

  private void clockIs(int hoursAhead) {
    clockIs(Duration.ofHours(hoursAhead));
  }

  private void after(Duration time) {
    now = now.plus(time);
    tell(new AcdEvent.TimePassed(now));
  }

  private List<ContactId> diverted() {
    return decisions.stream()
        .filter(Decision.Diverted.class::isInstance)
        .map(Decision.Diverted.class::cast)
        .filter(one -> one.cause() == Decision.Cause.CLOSED)
        .map(Decision.Diverted::contact)
        .toList();
  }

  private Router another() {
    var next = new Router();
    RouterMemory memory = router.memory();
    var plan = new Plan(List.of(QUEUE), List.of(), RoutingPlan.DEFAULT);
    assertThat(next.load(now, plan, memory)).isEmpty();
    assertThat(next.memory()).isEqualTo(router.memory());
    assertThat(next.nextDeadline()).isEqualTo(router.nextDeadline());
    return next;
  }

  @Test
  void aClosingThatTheRoutersTimeDoesNotReachIsNone() {
    LocalTime midnight = LocalTime.MIDNIGHT;
    var always = new EnumMap<DayOfWeek, List<Hours.Span>>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      always.put(day, List.of(new Hours.Span(midnight, midnight)));
    }
    for (LocalDate last : List.of(LocalDate.of(2263, 1, 1), LocalDate.MAX)) {
      var hours = new Hours(ZoneOffset.UTC, always, Map.of(), Map.of(last, List.of()));
      tell(new AcdEvent.QueueConfigured(now, QUEUE.withHours(Optional.of(hours))));
      caller();
      assertThat(diverted()).isEmpty();
    }
  }

  @Test
  void aQueueIsClosedByTheWallThoughItIsOpenByTheFacts() {
    opens();
    clockIs(-10);
    ContactId caller = caller();
    assertThat(diverted()).containsExactly(caller);
  }

  @Test
  void aQueueIsOpenByTheWallThoughItIsClosedByTheFacts() {
    opens();
    clockIs(-10);
    after(Duration.ofHours(3));
    ContactId caller = caller();
    assertThat(diverted()).isEmpty();
    assertThat(router.waitingIn(BILLING)).containsExactly(caller);
  }

  @Test
  void whoWaitsLeavesWhenItClosesByTheWall() {
    opens();
    caller();
    clockIs(-4);
    assertThat(router.nextDeadline()).contains(Instant.parse("2026-01-05T22:00:00Z"));
    after(Duration.ofHours(2));
    assertThat(diverted()).isEmpty();
    after(Duration.ofHours(3));
    assertThat(diverted()).hasSize(1);
    assertThat(router.nextDeadline()).contains(Instant.parse("2026-01-06T22:00:00Z"));
  }

  @Test
  void aClockThatIsSetForwardOverTheClosingClosesAtOnce() {
    opens();
    ContactId caller = caller();
    clockIs(3);
    assertThat(diverted()).containsExactly(caller);
    assertThat(router.nextDeadline()).contains(Instant.parse("2026-01-06T15:00:00Z"));
  }

  @Test
  void aClockThatIsSetBackToBeforeTheOpeningClosesAtOnce() {
    opens();
    ContactId caller = caller();
    clockIs(-9);
    assertThat(diverted()).containsExactly(caller);
    assertThat(router.nextDeadline()).contains(Instant.parse("2026-01-06T03:00:00Z"));
  }

  @Test
  void aClockThatIsSetFromOneDayIntoAnotherSendsNobodyAway() {
    opens();
    caller();
    clockIs(20);
    assertThat(diverted()).isEmpty();
    assertThat(router.nextDeadline()).contains(Instant.parse("2026-01-05T22:00:00Z"));
  }

  @Test
  void aWaitIsAsLongAsItIsWhateverTheWallSays() {
    var soon = new Overflow(new Overflow.Trigger.Waited(Duration.ofSeconds(30)), VOICEMAIL);
    tell(new AcdEvent.QueueConfigured(now, QUEUE.withOverflow(List.of(soon))));
    caller();
    clockIs(-5);
    assertThat(router.nextDeadline()).contains(now.plusSeconds(30));
    clockIs(500);
    assertThat(router.nextDeadline()).contains(now.plusSeconds(30));
    assertThat(decisions).isEmpty();
  }

  /// Each step is told here. The engine does not tell of one so small.
  @Test
  void aClockThatWaversOverTheClosingSendsThoseAwayOnceWhoWait() {
    opens();
    caller();
    now = Instant.parse("2026-01-05T17:59:59.999Z");
    for (int step = 0; step < 20; step++) clockIs(Duration.ofMillis(step % 3 - 1));
    after(Duration.ofMillis(5));
    assertThat(diverted()).hasSize(1);
    assertThat(router.waitingIn(BILLING)).isEmpty();
  }

  @Test
  void whatWasDueWhileItWasHeldBackIsDueByTheClockAsItIsNow() {
    opens();
    caller();
    router = another();
    router.holdBack();
    now = Instant.parse("2026-01-05T20:00:00Z");
    clockIs(-9);
    router.goOn();
    tell(new AcdEvent.TimePassed(now));
    assertThat(diverted()).as("it is eleven").isEmpty();
    clockIs(0);
    assertThat(diverted()).hasSize(1);
  }

  @Test
  void nobodyIsSentAwayWhileItIsHeldBack() {
    opens();
    caller();
    router = another();
    router.holdBack();
    clockIs(3);
    clockIs(4);
    assertThat(decisions).isEmpty();
    router.goOn();
    tell(new AcdEvent.TimePassed(now));
    assertThat(diverted()).hasSize(1);
  }

  @Test
  void anotherRouterKnowsWhatTheWallSays() {
    opens();
    clockIs(-4);
    router = another();
    assertThat(router.nextDeadline()).contains(Instant.parse("2026-01-05T22:00:00Z"));
    after(Duration.ofHours(4));
    caller();
    assertThat(diverted()).isEmpty();
    after(Duration.ofHours(2));
    assertThat(diverted()).hasSize(1);
  }

  @Test
  void aRouterThatRemembersNoQueueOpensANewOneByTheWall() {
    clockIs(-4);
    RouterMemory memory = router.memory();
    router = new Router();
    router.load(now, new Plan(List.of(QUEUE), List.of(), RoutingPlan.DEFAULT), memory);
    assertThat(router.nextDeadline()).contains(Instant.parse("2026-01-05T22:00:00Z"));
  }
}
