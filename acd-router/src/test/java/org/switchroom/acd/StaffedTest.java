package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchroom.acd.TestCenter.profile;
import static org.switchroom.acd.TestCenter.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Change;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Overflow.Target;
import org.switchroom.acd.plan.Overflow.Trigger;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.plan.RoutingStep;
import org.switchroom.acd.plan.Staffed;
import org.switchroom.acd.skill.Condition;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;

/// Whom a queue is staffed by, which `unstaffed` goes by.
class StaffedTest {
  private static final String ASKS = "q";

  /// Ann is ready; who waits in an unstaffed queue leaves a message.
  private static TestCenter center(Staffed staffed) {
    var rule = new Overflow(new Trigger.Unstaffed(true), new Target.Away(Target.Kind.HANG_UP, ""));
    var center = TestCenter.of(queue(ASKS).withOverflow(List.of(rule)));
    plan(center, staffed);
    return center.ready(profile("ann", ASKS));
  }

  private static void plan(TestCenter center, Staffed staffed) {
    center.tell(
        new AcdEvent.RoutingConfigured(center.now, RoutingPlan.DEFAULT.withStaffed(staffed)));
  }

  private static TestCenter notReady(TestCenter center, String reason) {
    return center.tell(new AcdEvent.AgentNotReady(center.now, new AgentId("ann"), reason));
  }

  private static boolean wait(TestCenter center, ContactId contact) {
    return center.router.waits(contact);
  }

  @ParameterizedTest
  @EnumSource
  void whoIsBusyIsThere(Staffed staffed) {
    TestCenter center = center(staffed);
    center.answers(center.comes(ASKS)).onBreak("ann");
    assertThat(wait(center, center.comes(ASKS))).as("who is to have a break later, too").isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whoIsOnABreakIsThereAsItIsSaid(Staffed staffed) {
    TestCenter center = center(staffed).onBreak("ann");
    boolean there = staffed != Staffed.READY_OR_BUSY;
    assertThat(wait(center, center.comes(ASKS))).isEqualTo(there);
  }

  @ParameterizedTest
  @EnumSource
  void whoHasLostTheirDeskIsThereOnlyAsLoggedIn(Staffed staffed) {
    TestCenter center = notReady(center(staffed), AgentState.Reasons.DESK_LOST);
    ContactId contact = center.comes(ASKS);
    assertThat(wait(center, contact)).isEqualTo(staffed == Staffed.LOGGED_IN);
    center.leaves(contact).ready("ann");
    assertThat(center.agentOf(center.comes(ASKS))).as("and is back").isEqualTo("ann");
  }

  @Test
  void whoWaitsLeavesWhenTheLastOfThemHasLostTheirDesk() {
    TestCenter center = center(Staffed.DEFAULT).onBreak("ann");
    ContactId contact = center.comes(ASKS);
    notReady(center, AgentState.Reasons.DESK_LOST);
    assertThat(wait(center, contact)).isFalse();
  }

  @Test
  void norDoTheyWaitWhenTheLastOfThemGoesOnABreakAfterATalk() {
    TestCenter center = center(Staffed.READY_OR_BUSY);
    ContactId talk = center.comes(ASKS);
    center.answers(talk).onBreak("ann");
    ContactId contact = center.comes(ASKS);
    assertThat(wait(center, contact)).isTrue();
    assertThat(wait(center.ends(talk), contact)).isFalse();
  }

  @Test
  void whoWaitsLeavesWhenTheConfigurationCountsNobodyAnyMore() {
    TestCenter center = center(Staffed.AT_DESK).onBreak("ann");
    ContactId contact = center.comes(ASKS);
    plan(center, Staffed.READY_OR_BUSY);
    assertThat(wait(center, contact)).isFalse();
  }

  @Test
  void whoHasSentACallerAwayGetsThemBackWhenTheOthersHaveLostTheirDesks() {
    TestCenter center = center(Staffed.AT_DESK).ready(profile("ben", ASKS)).onBreak("ann");
    ContactId contact = center.sentAway(ASKS, "ben");
    assertThat(center.agentOf(contact)).isEqualTo("nobody");
    assertThat(notReady(center, AgentState.Reasons.DESK_LOST).agentOf(contact)).isEqualTo("ben");
  }

  /// Nobody has `q >= 8`; after twenty seconds 5 are enough, which Ann has.
  private static TestCenter lowers(boolean join) {
    var rule = new Overflow(new Trigger.Unstaffed(!join), new Target.Away(Target.Kind.HANG_UP, ""));
    var strict =
        new RoutingStep(Optional.empty(), List.of(), 0, Optional.of(Duration.ofSeconds(20)));
    var lowered =
        new RoutingStep(
            Optional.empty(),
            List.of(new Change.Lower(Map.of("q", 5))),
            0,
            Optional.of(Duration.ofSeconds(20)));
    var never =
        new RoutingStep(
            Optional.empty(),
            List.of(new Change.Raise(Map.of("q", 9))),
            0,
            Optional.of(Duration.ofSeconds(20)));
    return TestCenter.of(
        Queue.of(new QueueId(ASKS), SkillExpression.parse("q >= 8"))
            .withSteps(List.of(strict, lowered, never))
            .withOverflow(List.of(rule)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoCanTakeItAfterAStepToComeIsThere(boolean join) {
    TestCenter center = lowers(join).ready(profile("ann", ASKS));
    ContactId contact = center.comes(ASKS);
    assertThat(wait(center, contact)).isTrue();
    center.after(20);
    assertThat(center.agentOf(contact)).isEqualTo("ann");
  }

  @Test
  void whoCouldHaveTakenItInAStepThatIsOverIsNot() {
    TestCenter center = lowers(false).ready(profile("ann", ASKS)).onBreak("ann");
    ContactId contact = center.comes(ASKS);
    center.after(39);
    assertThat(wait(center, contact)).as("she may come back in the second step").isTrue();
    center.after(1);
    assertThat(wait(center, contact)).as("the third is the last, and asks for 9").isFalse();
  }

  @Test
  void whereNoStepHelpsNobodyIsKeptWaiting() {
    TestCenter center = lowers(true).ready(profile("bob", "other"));
    assertThat(wait(center, center.comes(ASKS))).isFalse();
  }

  /// What a step asks for whose condition does not hold is not asked for: nobody is VIP, and who
  /// can do it at 5 comes in the step after it.
  @Test
  void aStepThatIsLeftOutDoesNotHideTheNext() {
    var asIs = new RoutingStep(Optional.empty(), List.of(), 0, Optional.of(Duration.ofSeconds(20)));
    var vip =
        new RoutingStep(
            Optional.of(Condition.parse("staffed >= 1")),
            List.of(new Change.Ask(SkillExpression.parse("vip"))),
            0,
            Optional.of(Duration.ofSeconds(20)));
    var lowered =
        new RoutingStep(
            Optional.empty(), List.of(new Change.Lower(Map.of("q", 5))), 0, Optional.empty());
    TestCenter center = withSteps(asIs, vip, lowered).ready(profile("ann", ASKS)).onBreak("ann");
    ContactId contact = center.comes(ASKS);
    assertThat(wait(center, contact)).isTrue();
    center.after(20).ready("ann");
    assertThat(center.agentOf(contact)).isEqualTo("ann");
  }

  /// Whoever takes a step without an end comes to none after it.
  @Test
  void whatComesAfterAStepWithoutAnEndIsOnlyForThoseWhoLeaveItOut() {
    var lasts =
        new RoutingStep(
            Optional.of(Condition.parse("waiting >= 0")),
            List.of(new Change.Lower(Map.of("q", 7))),
            0,
            Optional.empty());
    var more =
        new RoutingStep(
            Optional.empty(), List.of(new Change.Remove(Set.of("other"))), 0, Optional.empty());
    var rule = new Overflow(new Trigger.Unstaffed(true), new Target.Away(Target.Kind.HANG_UP, ""));
    var center =
        TestCenter.of(
            Queue.of(new QueueId(ASKS), SkillExpression.parse("q >= 8 and other"))
                .withSteps(
                    List.of(
                        new RoutingStep(
                            Optional.empty(), List.of(), 0, Optional.of(Duration.ofSeconds(20))),
                        lasts,
                        more))
                .withOverflow(List.of(rule)));
    center.ready(AgentProfile.of(new AgentId("ann"), new Skills(Map.of("q", 7))));
    assertThat(wait(center, center.comes(ASKS))).isFalse();
  }

  @Test
  void whatOnlyStepsToComeAskForMakesNoClasses() {
    TestCenter center = lowers(false).ready(profile("ann", ASKS)).onBreak("ann");
    for (int i = 0; i < 100; i++) {
      center.comes(ASKS, 0, null, SkillExpression.parse("q >= 1 or s" + i));
    }
    int classes = center.router.matching().queues.get(new QueueId(ASKS)).classes.size();
    assertThat(classes).isEqualTo(100);
  }

  private static TestCenter withSteps(RoutingStep... steps) {
    var rule = new Overflow(new Trigger.Unstaffed(true), new Target.Away(Target.Kind.HANG_UP, ""));
    return TestCenter.of(
        Queue.of(new QueueId(ASKS), SkillExpression.parse("q >= 8"))
            .withSteps(List.of(steps))
            .withOverflow(List.of(rule)));
  }
}
