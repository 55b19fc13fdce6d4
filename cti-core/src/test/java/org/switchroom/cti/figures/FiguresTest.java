package org.switchroom.cti.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Decision;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.ServiceLevelRule;
import org.switchroom.acd.plan.ServiceLevelRule.Treatment;
import org.switchroom.cti.event.CallEvent.CallEnded;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.ContactMoved;
import org.switchroom.cti.event.ContactEvent.SurveyAnswered;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.event.WrapUpEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.testkit.ContactLives;

/// The definitions of docs/figures.md, each with an example.
class FiguresTest {
  private static final ZoneId TAIPEI = ZoneId.of("Asia/Taipei");

  /// Noon in Taipei.
  private static final Instant NOON = Instant.parse("2026-01-05T04:00:00Z");

  private static final QueueId ORDERS = new QueueId("orders");
  private static final QueueId RETURNS = new QueueId("returns");
  private static final AgentId ANN = new AgentId("ann");
  private static final ContactId C = new ContactId("c");

  private final DayFigures today = new DayFigures(TAIPEI, NOON, Map.of());

  private QueueFigures orders() {
    return today.of(ORDERS);
  }

  private FiguresTest turn(Instant at, Event... events) {
    today.on(new Turn(1, at, at, Arrays.asList(events)));
    return this;
  }

  /// Nobody has called: an agent has asked a colleague, who has written down what came of it.
  @Test
  void whatAgentsAskEachOtherIsInNoFigure() {
    var own = new ContactId("own-PJSIP/1001-1");
    turn(
        NOON,
        new ContactAnswered(
            own, 1, ORDERS, Optional.empty(), ANN, Optional.empty(), NOON, Duration.ZERO, true),
        new ContactMoved(own, 2, ORDERS, RETURNS, Decision.Cause.FULL, Duration.ofSeconds(5), true),
        new ContactLeft(own, 2, ORDERS, StayEnd.ABANDONED, Duration.ofSeconds(5), true),
        new TalkEnded(
            own, 1, ORDERS, ANN, NOON.minusSeconds(40), NOON, Duration.ZERO, TalkEnd.CALLER_LEFT),
        new WrapUpDone(own, 1, ORDERS, ANN, NOON.minusSeconds(40), WrapUpEnd.SAID, Draft.NONE));
    assertThat(orders()).isEqualTo(QueueFigures.NONE);
  }

  private FiguresTest answered(long waited) {
    return turn(
        NOON,
        new ContactAnswered(
            C,
            1,
            ORDERS,
            Optional.empty(),
            ANN,
            Optional.empty(),
            NOON,
            Duration.ofSeconds(waited),
            waited <= 20));
  }

  private FiguresTest left(StayEnd end, long waited) {
    return turn(NOON, new ContactLeft(C, 1, ORDERS, end, Duration.ofSeconds(waited), waited <= 20));
  }

  private FiguresTest moved(long waited) {
    return turn(
        NOON,
        new ContactMoved(
            C,
            1,
            ORDERS,
            RETURNS,
            Decision.Cause.WAITED,
            Duration.ofSeconds(waited),
            waited <= 20));
  }

  @Test
  void nothingIsNoFigure() {
    assertThat(orders()).isEqualTo(QueueFigures.NONE);
    assertThat(orders().serviceLevel(ServiceLevelRule.DEFAULT)).isEmpty();
    assertThat(orders().averageSpeedOfAnswer()).isEmpty();
    assertThat(orders().averageHandlingTime()).isEmpty();
    assertThat(orders().abandonment()).isEmpty();
    assertThat(orders().satisfaction()).isEmpty();
  }

  @Test
  void whoIsSentOnIsInTheFiguresOfTheQueueThatSentThem() {
    answered(10).moved(5).moved(60).left(StayEnd.OVERFLOWED, 90);
    assertThat(orders().count(QueueFigure.OVERFLOWED)).isEqualTo(3);
    assertThat(orders().count(QueueFigure.OVERFLOWED_IN_TIME)).isEqualTo(1);
    assertThat(orders().serviceLevel(ServiceLevelRule.DEFAULT))
        .as("sent on is not served")
        .contains(0.25);
    assertThat(today.of(RETURNS)).isEqualTo(QueueFigures.NONE);
  }

  private static ServiceLevelRule all(Treatment treatment) {
    return new ServiceLevelRule(treatment, treatment, treatment);
  }

  @Test
  void whoLeavesHasThreeTreatmentsInTheServiceLevel() {
    answered(10).answered(30);
    left(StayEnd.ABANDONED, 5).left(StayEnd.ABANDONED, 60);
    moved(5).moved(60);
    left(StayEnd.CHOSE, 5).left(StayEnd.CHOSE, 60);
    // 1 of 2 answered in time; 6 left, 3 of them in time.
    assertThat(orders().serviceLevel(all(Treatment.AGAINST))).contains(1.0 / 8);
    assertThat(orders().serviceLevel(all(Treatment.IGNORED))).contains(1.0 / 5);
    assertThat(orders().serviceLevel(all(Treatment.IN_FAVOUR))).contains(4.0 / 8);
    assertThat(orders().serviceLevel(ServiceLevelRule.DEFAULT))
        .as("given up and sent on counts against, chosen in time is left out")
        .contains(1.0 / 7);
  }

  /// Seven answered, five of them in time; three gave up (one in time), four were sent on (three),
  /// two took an offer (one).
  @ParameterizedTest
  @CsvSource({
    // abandoned, overflowed, chose, served in time, counted
    "AGAINST, AGAINST, AGAINST, 5, 16",
    "AGAINST, AGAINST, IGNORED, 5, 15",
    "AGAINST, IGNORED, AGAINST, 5, 13",
    "AGAINST, IN_FAVOUR, AGAINST, 8, 16",
    "IGNORED, AGAINST, AGAINST, 5, 15",
    "IGNORED, IGNORED, IGNORED, 5, 11",
    "IN_FAVOUR, AGAINST, AGAINST, 6, 16",
    "IN_FAVOUR, IGNORED, AGAINST, 6, 13",
    "IN_FAVOUR, IN_FAVOUR, IN_FAVOUR, 10, 16",
  })
  void eachKindOfThoseWhoLeaveHasItsOwnTreatment(
      Treatment abandoned, Treatment overflowed, Treatment chose, double served, long counted) {
    for (int i = 0; i < 7; i++) answered(i < 5 ? 20 : 21);
    for (int i = 0; i < 3; i++) left(StayEnd.ABANDONED, i < 1 ? 20 : 21);
    moved(0).moved(20).moved(21).left(StayEnd.OVERFLOWED, 20);
    left(StayEnd.CHOSE, 20).left(StayEnd.CHOSE, 21);
    assertThat(orders().serviceLevel(new ServiceLevelRule(abandoned, overflowed, chose)))
        .contains(served / counted);
    assertThat(orders().offered()).isEqualTo(16);
  }

  @Test
  void whoeverIsOfferedBecomesOneThing() {
    answered(10).answered(30).moved(5);
    for (StayEnd end : StayEnd.values()) left(end, 5);
    assertThat(orders().count(QueueFigure.ANSWERED)).isEqualTo(2);
    assertThat(orders().count(QueueFigure.ABANDONED)).isEqualTo(1);
    assertThat(orders().count(QueueFigure.OVERFLOWED)).isEqualTo(2);
    assertThat(orders().count(QueueFigure.CHOSE)).isEqualTo(1);
    assertThat(orders().count(QueueFigure.FELL_BACK)).isEqualTo(1);
    assertThat(orders().count(QueueFigure.LOST)).isEqualTo(2);
    assertThat(orders().offered()).as("all but who was put through").isEqualTo(9);
  }

  @Test
  void whatThePbxDidIsInNoServiceLevel() {
    answered(10).left(StayEnd.PBX_FAULT, 60).left(StayEnd.FELL_BACK, 60);
    assertThat(orders().serviceLevel(all(Treatment.AGAINST))).contains(1.0);
    assertThat(orders().count(QueueFigure.LOST)).isEqualTo(1);
    assertThat(orders().count(QueueFigure.FELL_BACK)).isEqualTo(1);
  }

  @Test
  void waitsTalksHoldsAndWrapUps() {
    answered(10).answered(30).left(StayEnd.ABANDONED, 45);
    turn(
        NOON,
        new TalkEnded(
            C,
            1,
            ORDERS,
            ANN,
            NOON.minusSeconds(100),
            NOON.minusSeconds(40),
            Duration.ofSeconds(15),
            TalkEnd.CALLER_LEFT),
        new WrapUpDone(C, 1, ORDERS, ANN, NOON.minusSeconds(40), WrapUpEnd.SAID, Draft.NONE),
        new WrapUpDone(C, 2, ORDERS, ANN, NOON, WrapUpEnd.NONE, Draft.NONE));
    assertThat(orders().averageSpeedOfAnswer()).contains(Duration.ofSeconds(20));
    assertThat(orders().time(QueueFigure.LONGEST_WAIT)).isEqualTo(Duration.ofSeconds(45));
    assertThat(orders().time(QueueFigure.WAIT_OF_ABANDONED)).isEqualTo(Duration.ofSeconds(45));
    assertThat(orders().abandonment()).contains(1.0 / 3);
    assertThat(orders().time(QueueFigure.TALK)).isEqualTo(Duration.ofSeconds(60));
    assertThat(orders().time(QueueFigure.HOLD)).isEqualTo(Duration.ofSeconds(15));
    assertThat(orders().count(QueueFigure.WRAP_UPS)).isEqualTo(1);
    assertThat(orders().averageHandlingTime()).contains(Duration.ofSeconds(100));
  }

  @Test
  void satisfactionIsTheMeanOfAllAnswers() {
    turn(
        NOON,
        new SurveyAnswered(C, Optional.of(ORDERS), Optional.of(ANN), "satisfaction", 5, 5),
        new SurveyAnswered(C, Optional.of(ORDERS), Optional.of(ANN), "again", 1, 2),
        new SurveyAnswered(C, Optional.empty(), Optional.empty(), "satisfaction", 1, 5));
    assertThat(orders().satisfaction()).contains(0.5);
  }

  @Test
  void theDayBeginsAtMidnightOfTheCenter() {
    answered(10);
    assertThat(today.changed()).containsExactly(ORDERS);
    assertThat(today.changed()).isEmpty();
    Instant midnight = Instant.parse("2026-01-05T16:00:00Z");
    turn(midnight.minusMillis(1));
    assertThat(orders().count(QueueFigure.ANSWERED)).isEqualTo(1);
    turn(midnight);
    assertThat(orders()).isEqualTo(QueueFigures.NONE);
    assertThat(today.changed()).containsExactly(ORDERS);
  }

  /// A call that came and went unseen is told of the next morning.
  @Test
  void aContactCountsWhenItLeftAlsoWhereThatIsHeardOfLate() {
    Instant yesterday = NOON.minus(Duration.ofDays(1));
    var told =
        new Turn(
            1,
            NOON,
            NOON,
            List.of(
                new ContactLeft(C, 1, ORDERS, StayEnd.ABANDONED, Duration.ofSeconds(30), false),
                new CallEnded(new CallId("c"), C, yesterday, true)));
    today.on(told);
    assertThat(orders()).as("not of today").isEqualTo(QueueFigures.NONE);
    assertThat(FiguresFold.counted(told))
        .singleElement()
        .satisfies(one -> assertThat(one.interval()).isEqualTo(yesterday));
  }

  @Test
  void aDayIsTheSumOfItsIntervals() {
    Instant midnight = DayFigures.midnight(NOON, TAIPEI);
    List<Turn> turns = ContactLives.turns(new SplittableRandom(3), midnight, 500, List.of(1L));
    QueueFigures sum = QueueFigures.NONE;
    for (Turn turn : turns) {
      for (var one : FiguresFold.counted(turn)) {
        assertThat(one.interval().getEpochSecond() % 900).isZero();
        boolean ofToday = one.interval().isBefore(midnight.plus(Duration.ofDays(1)));
        if (ofToday && one.queue().equals(ORDERS)) sum = sum.plus(one.figures());
      }
    }
    Instant tomorrow = midnight.plus(Duration.ofDays(1));
    for (Turn turn : turns) {
      if (turn.wall().isBefore(tomorrow)) today.on(turn);
    }
    assertThat(orders().count(QueueFigure.ANSWERED)).isGreaterThan(10);
    assertThat(orders()).isEqualTo(sum);
  }
}
