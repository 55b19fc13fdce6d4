package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.switchroom.acd.TestCenter.profile;
import static org.switchroom.acd.TestCenter.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Plan;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.plan.WrapUp;

/// How long until an agent is offered. That it is right on whole days [RandomDay] sees.
class ExpectedWaitTest {
  private static final AgentProfile ANN = profile("ann", "q");
  private static final AgentProfile BEN = profile("ben", "q");

  private static Optional<Duration> minutes(long minutes) {
    return Optional.of(Duration.ofMinutes(minutes));
  }

  /// Begins with a mean of three minutes.
  private static Queue wrappedUp() {
    return queue("q").withWrapUp(new WrapUp(WrapUp.Mode.OPTIONAL, Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @CsvSource({
    // place, free, at a time, minutes each, seconds
    "1, 0, 1, 4, 240",
    "3, 0, 1, 4, 720",
    "3, 0, 2, 4, 360",
    "1, 0, 8, 4, 30",
    "1, 1, 1, 4, 0",
    "1, 3, 5, 4, 0",
    "4, 1, 3, 4, 240",
    "10, 0, 3, 7, 1400",
    "30, 0, 1, 4, 7200",
    "31, 0, 1, 4, 7200",
    "1000000, 0, 1, 1000000, 7200",
  })
  void itIsThePlaceByHowFastContactsAreOver(
      int place, int free, int atATime, long minutes, long seconds) {
    assertThat(ExpectedWait.of(place, free, atATime, Duration.ofMinutes(minutes)))
        .contains(Duration.ofSeconds(seconds));
  }

  @Test
  void whoNobodyServesHasNone() {
    assertThat(ExpectedWait.of(1, 0, 0, Duration.ofMinutes(4))).isEmpty();
  }

  /// One agent, and nobody ever waited: what was told then was how seldom callers come.
  @Test
  void howSeldomCallersComeIsNothingToIt() {
    var center = TestCenter.of(queue("q")).ready(ANN);
    for (int i = 0; i < 63; i++) {
      ContactId caller = center.comes("q");
      center.answers(caller).after(Duration.ofMinutes(3)).ends(caller);
      center.after(Duration.ofMinutes(40));
    }
    center.answers(center.comes("q"));
    assertThat(center.router.expectedWait(center.comes("q"))).isEqualTo(minutes(3));
    assertThat(center.router.expectedWait(center.comes("q"))).isEqualTo(minutes(6));
  }

  @Test
  void aContactTakesTalkAndWrapUpAndTheStartValueCountsAsOne() {
    var center = TestCenter.of(wrappedUp()).ready(ANN);
    ContactId caller = center.comes("q");
    center.answers(caller).after(Duration.ofMinutes(4)).ends(caller);
    ContactId waits = center.comes("q");
    assertThat(center.router.expectedWait(waits)).as("not over yet").isEqualTo(minutes(3));
    center.after(Duration.ofMinutes(3));
    center.tell(new AcdEvent.WrapUpCompleted(center.now, caller));
    center.answers(waits);
    ContactId next = center.comes("q");
    assertThat(center.router.expectedWait(next)).as("of 3 and 7").isEqualTo(minutes(5));
    center.after(Duration.ofMinutes(2)).ends(waits).after(Duration.ofMinutes(6));
    center.ready("ann");
    center.answers(next);
    assertThat(center.router.expectedWait(center.comes("q")))
        .as("of 3, 7 and 8, the wrap-up ended by saying ready")
        .isEqualTo(minutes(6));
  }

  /// Half an hour passes before it is heard that the talk was over.
  @Test
  void whatIsHeardLateTakesNoLonger() {
    var center = TestCenter.of(wrappedUp()).ready(ANN);
    ContactId caller = center.comes("q");
    center.answers(caller);
    Instant over = center.now.plus(Duration.ofMinutes(4));
    center.after(Duration.ofMinutes(34));
    center.tell(new AcdEvent.ContactEnded(center.now, caller, over));
    center.after(Duration.ofMinutes(1));
    center.tell(new AcdEvent.WrapUpCompleted(center.now, caller));
    center.answers(center.comes("q"));
    assertThat(center.router.expectedWait(center.comes("q")))
        .as("of 3 and 5")
        .isEqualTo(minutes(4));
  }

  @Test
  void onlyWhoServesThemCounts() {
    var center =
        TestCenter.of(queue("q"), queue("other"))
            .ready(profile("cat", "other"))
            .ready(ANN)
            .ready(BEN);
    center.answers(center.comes("q")).answers(center.comes("q"));
    ContactId waits = center.comes("q");
    assertThat(center.router.expectedWait(waits)).contains(Duration.ofSeconds(90));
    center.onBreak("ben");
    assertThat(center.router.expectedWait(waits)).as("a break is to come").isEqualTo(minutes(3));
    center.onBreak("ann");
    assertThat(center.router.expectedWait(waits)).as("nobody serves them").isEmpty();
    center.ready("ann");
    assertThat(center.router.expectedWait(waits)).isEqualTo(minutes(3));
  }

  @Test
  void whoGoesBeforeWaitsLess() {
    var center = TestCenter.of(queue("q")).ready(ANN);
    center.answers(center.comes("q"));
    ContactId first = center.comes("q");
    ContactId gold = center.after(1).comes("q", 5, null);
    assertThat(center.router.expectedWait(gold)).isEqualTo(minutes(3));
    assertThat(center.router.expectedWait(first)).isEqualTo(minutes(6));
  }

  @Test
  void anAgentForSeveralAtATimeIsSoMany() {
    var three = TestCenter.capacity(3, Map.of(Channel.CHAT, 5));
    var center = TestCenter.of(queue("q").withChannel(Channel.CHAT)).ready(ANN.withCapacity(three));
    for (int i = 0; i < 3; i++) center.answers(center.comes("q"));
    assertThat(center.router.expectedWait(center.comes("q"))).isEqualTo(minutes(1));
  }

  @Test
  void whoIsOfferedWaitsNoMore() {
    var center = TestCenter.of(queue("q")).ready(ANN);
    ContactId rings = center.comes("q");
    assertThat(center.router.expectedWait(rings)).contains(Duration.ZERO);
    center.answers(rings);
    assertThatThrownBy(() -> center.router.expectedWait(rings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("waits for nobody");
  }

  /// Whose phone rings for somebody is theirs: the wait is the same before the answer and after it.
  @Test
  void forWhomAPhoneRingsAlreadyNobodyWaits() {
    var center = TestCenter.of(queue("q")).ready(ANN).ready(BEN);
    ContactId rings = center.comes("q");
    center.comes("q");
    ContactId waits = center.after(1).comes("q");
    assertThat(center.router.place(waits)).isEqualTo(3);
    assertThat(center.router.expectedWait(waits)).contains(Duration.ofSeconds(90));
    center.answers(rings);
    assertThat(center.router.expectedWait(waits)).contains(Duration.ofSeconds(90));
    ContactId gold = center.comes("q", 5, null);
    assertThat(center.router.expectedWait(gold)).contains(Duration.ofSeconds(90));
    assertThat(center.router.expectedWait(waits)).isEqualTo(minutes(3));
  }

  @Test
  void itOutlivesTheRouter() {
    var center = TestCenter.of(wrappedUp()).ready(ANN);
    ContactId caller = center.comes("q");
    center.answers(caller).after(Duration.ofMinutes(4)).ends(caller);
    ContactId waits = center.comes("q");
    center.after(Duration.ofMinutes(3));
    var later = new Router();
    later.load(
        center.now,
        new Plan(List.of(wrappedUp()), List.of(ANN), RoutingPlan.DEFAULT),
        center.router.memory());
    later.on(new AcdEvent.WrapUpCompleted(center.now, caller), _ -> {});
    assertThat(later.memory().queues().getFirst().handleMicros()).isEqualTo(5 * 60e6);
    assertThat(later.memory().queues().getFirst().handled()).isEqualTo(1);
    assertThat(later.expectedWait(waits)).as("rings").contains(Duration.ZERO);
  }
}
