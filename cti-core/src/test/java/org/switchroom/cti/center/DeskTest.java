package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.agent.InHand.Stage;
import org.switchroom.cti.event.CallEvent.DigitsGenerated;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.ContactEvent.DraftKept;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.WrapUpEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.KeyedDigits;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.screens.AgentView.InHandView;

/// What somebody at a desk may do, and when.
class DeskTest {
  private static final TestPlan PLAN = TestPlan.of("q").agents("ann", "ben");
  private static final TestPlan MANDATORY = PLAN.wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO);

  // ── Presence ────────────────────────────────────────────────────────────────────────────────

  @Test
  void whatIsAskedForWhileBusyIsDoneWhenFree() {
    var floor = PLAN.open().ready("ann", "ben");
    CallId first = floor.caller();
    floor.answers("ann");
    CallId second = floor.caller();
    floor.answers("ben");
    assertThat(floor.desk("ann").takesBreak("lunch")).isEmpty();
    assertThat(floor.desk("ben").logsOut()).isEmpty();
    assertThat(floor.agent("ann").pending()).isEqualTo("not-ready:lunch");
    assertThat(floor.agent("ben").pending()).isEqualTo("log-out");
    assertThat(floor.state("ann")).isEqualTo("talking");
    floor.caller();
    floor.leaves(first).leaves(second);
    assertThat(floor.agent("ann").reason()).isEqualTo("lunch");
    assertThat(floor.state("ben")).isEqualTo("logged-out");
    assertThat(floor.rings()).as("nobody is left for the third").hasSize(2);
  }

  @Test
  void whatWasAskedForIsTakenBackByBeingReady() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.desk("ann").takesBreak("lunch");
    floor.desk("ann").isReady();
    assertThat(floor.agent("ann").pending()).isEmpty();
    floor.leaves(call);
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void whoAsksForABreakWhileTheyRingStillRings() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.desk("ann").takesBreak("lunch");
    assertThat(floor.state("ann")).isEqualTo("reserved");
    floor.leaves(call);
    assertThat(floor.agent("ann").reason()).isEqualTo("lunch");
  }

  @Test
  void whoIsLoggedOutAndReadyAgainGetsCalls() {
    var floor = PLAN.open().ready("ann");
    floor.desk("ann").logsOut();
    floor.caller();
    assertThat(floor.rings()).isEmpty();
    floor.ready("ann");
    assertThat(floor.rings()).hasSize(1);
  }

  @Test
  void aDeskThatOpensLogsItsAgentIn() {
    var floor = PLAN.open();
    floor.desk("ann").opens();
    assertThat(floor.state("ann")).isEqualTo("not-ready");
    assertThat(floor.agent("ann").reason()).isEqualTo("logged-in");
    floor.desk("ann").isReady();
    floor.desk("ann").opens();
    assertThat(floor.state("ann")).as("a second screen changes nothing").isEqualTo("ready");
  }

  @Test
  void aDeskOfNobodyWeKnowIsNothing() {
    var floor = PLAN.open();
    floor.desk("sam").opens().closes();
    assertThat(floor.engine.state().agent(new AgentId("sam"))).isEmpty();
  }

  @Test
  void aScreenThatComesBackShowsWhatIsThere() {
    var floor = PLAN.open().ready("ann");
    floor.desk("ann").opens();
    CallId call = floor.caller();
    floor.answers("ann");
    floor.desk("ann").closes();
    floor.screens().pops.clear();
    floor.desk("ann").opens();
    assertThat(floor.pop("ann").call()).contains(call);
  }

  @Test
  void aDeskThatIsLostInATalkMakesNotReadyAfterIt() {
    var floor = PLAN.open().ready("ann");
    floor.desk("ann").opens();
    CallId call = floor.caller();
    floor.answers("ann");
    floor.desk("ann").closes();
    floor.after(20);
    assertThat(floor.state("ann")).isEqualTo("talking");
    floor.leaves(call);
    assertThat(floor.agent("ann").reason()).isEqualTo("desk-lost");
  }

  @Test
  void whoLogsOutInATalkIsLoggedOutAfterItAlthoughTheirScreenIsGone() {
    var floor = PLAN.open().ready("ann");
    floor.desk("ann").opens();
    CallId call = floor.caller();
    floor.answers("ann");
    floor.desk("ann").logsOut();
    floor.desk("ann").closes();
    floor.after(20);
    assertThat(floor.agent("ann").pending()).isEqualTo("log-out");
    floor.leaves(call);
    assertThat(floor.state("ann")).isEqualTo("logged-out");
  }

  @Test
  void aWrapUpThatNobodyIsThereToDoIsOverWithWhatWasTyped() {
    for (boolean inTalk : new boolean[] {true, false}) {
      var floor = MANDATORY.open().ready("ann");
      floor.desk("ann").opens();
      CallId call = floor.caller();
      floor.answers("ann");
      floor.desk("ann").types(call, "refund", "half");
      if (!inTalk) floor.leaves(call);
      floor.desk("ann").logsOut();
      floor.desk("ann").closes();
      floor.after(10);
      assertThat(floor.state("ann")).as("they may come back").isNotEqualTo("logged-out");
      floor.after(10);
      if (inTalk) floor.leaves(call);
      assertThat(floor.last(WrapUpDone.class))
          .extracting(WrapUpDone::end, WrapUpDone::draft)
          .containsExactly(WrapUpEnd.LEFT, new Draft("refund", "half"));
      assertThat(floor.state("ann")).isEqualTo("logged-out");
    }
  }

  @Test
  void aWrapUpOfWhoGoesAfterItIsDoneAtTheirScreen() {
    var floor = MANDATORY.open().ready("ann");
    floor.desk("ann").opens();
    CallId call = floor.caller();
    floor.answers("ann");
    floor.desk("ann").logsOut();
    floor.leaves(call);
    floor.after(60);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    floor.desk("ann").completes(call, "invoice", "");
    assertThat(floor.state("ann")).isEqualTo("logged-out");
  }

  @Test
  void aWrapUpThatNeedsWordsIsNotEndedByBeingReady() {
    var floor = MANDATORY.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.leaves(call);
    assertThat(floor.desk("ann").isReady()).contains(Refusal.DISPOSITION_NEEDED);
    assertThat(floor.desk("ann").completes(call, "", "only a note"))
        .contains(Refusal.DISPOSITION_NEEDED);
    assertThat(floor.desk("ann").completes(call, "weather", "")).isPresent();
    assertThat(floor.desk("ann").completes(call, "invoice", "")).isEmpty();
  }

  @Test
  void aWrapUpThatNeedsNoneIsEndedByBeingReady() {
    var floor = PLAN.wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO).open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.desk("ann").types(call, "refund", "typed");
    floor.leaves(call);
    assertThat(floor.desk("ann").isReady()).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.last(WrapUpDone.class).end()).isEqualTo(WrapUpEnd.READY);
    assertThat(floor.last(WrapUpDone.class).draft())
        .as("what was typed is kept")
        .isEqualTo(new Draft("refund", "typed"));
  }

  // ── Buttons ─────────────────────────────────────────────────────────────────────────────────

  @Test
  void twoClicksOnAnswerAreNoFault() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.rings("ann");
    assertThat(floor.desk("ann").answers(call)).isEmpty();
    assertThat(floor.desk("ann").answers(call)).isEmpty();
    floor.answers("ann");
    assertThat(floor.desk("ann").answers(call)).isEmpty();
    assertThat(floor.commands()).containsOnly(new PbxCommand.Answer(leg));
    assertThat(floor.state("ann")).isEqualTo("talking");
  }

  @Test
  void whoAnswersBeforeThePhoneRingsIsAnsweredWhenItDoes() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    assertThat(floor.desk("ann").answers(call)).isEmpty();
    assertThat(floor.desk("ann").answers(call)).isEmpty();
    floor.restarts().forget();
    LegId leg = floor.rings("ann");
    assertThat(floor.commands()).containsExactly(new PbxCommand.Answer(leg));
  }

  @Test
  void twoClicksOnHoldAreNoFault() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.answers("ann");
    floor.desk("ann").holds(call);
    floor.putsOnHold(call);
    assertThat(floor.desk("ann").holds(call)).isEmpty();
    assertThat(floor.commands()).containsExactly(new PbxCommand.Hold(call, leg));
  }

  @Test
  void whatIsKeyedIsSentToTheCallerAndTheLedgerHasHowMuchItWas() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    assertThat(floor.desk("ann").keys(call, "1")).contains(Refusal.NO_CALL);
    floor.answers("ann");
    assertThat(floor.desk("ann").keys(call, "4711#")).isEmpty();
    assertThat(floor.commands())
        .containsExactly(new PbxCommand.GenerateDigits(call, new KeyedDigits("4711#"), false));
    assertThat(floor.last(DigitsGenerated.class).count()).isEqualTo(5);
    assertThat(floor.last(DigitsGenerated.class).agent()).isEqualTo(new AgentId("ann"));
    assertThat(floor.events(Noted.class)).noneMatch(one -> one.toString().contains("4711"));
    assertThat(floor.commands())
        .hasToString("[GenerateDigits[call=%s, digits=5 keys, onwards=false]]".formatted(call));
    assertThat(floor.state("ann")).isEqualTo("talking");
  }

  @Test
  void keysAreSentOnceHoweverOftenTheyAreAskedFor() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    var keys =
        new Input.GenerateDigits(
            new CommandId("tab", 1),
            new AgentId("ann"),
            TestFloor.contactOf(call),
            new KeyedDigits("1"));
    assertThat(floor.asks(keys)).isEmpty();
    assertThat(floor.asks(keys)).isEmpty();
    assertThat(floor.commands()).hasSize(1);
    floor.restarts();
    assertThat(floor.asks(keys)).isEmpty();
    assertThat(floor.events(DigitsGenerated.class)).hasSize(1);
  }

  @Test
  void keysAreRefusedWhereNobodyWouldHearThem() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    assertThat(floor.desk("ben").keys(call, "1")).contains(Refusal.NO_CALL);
    for (String wrong : new String[] {"", "a", "1 2", "+1", "1".repeat(33)}) {
      assertThat(floor.desk("ann").keys(call, wrong)).as(wrong).contains(Refusal.NO_KEYS);
    }
    floor.putsOnHold(call);
    assertThat(floor.desk("ann").keys(call, "1")).contains(Refusal.ON_HOLD);
    floor.linkIsLost();
    floor.connect();
    floor.leaves(call);
    assertThat(floor.desk("ann").keys(call, "1")).contains(Refusal.NO_CALL);
    assertThat(floor.commands()).noneMatch(PbxCommand.GenerateDigits.class::isInstance);
    CallId next = floor.caller();
    floor.answers("ann");
    floor.linkIsLost();
    assertThat(floor.desk("ann").keys(next, "1")).contains(Refusal.PBX_DOWN);
  }

  @Test
  void aRingThatIsDeclinedIsHungUp() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.rings("ann");
    assertThat(floor.desk("ann").declines(call)).isEmpty();
    assertThat(floor.commands()).containsExactly(new PbxCommand.HangUpLeg(leg));
    floor.ends("ann", LegEnd.DECLINED);
    assertThat(floor.agent("ann").reason()).isEqualTo("declined");
  }

  @Test
  void buttonsOfOthersCallsDoNothing() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    Desk ben = floor.desk("ben");
    assertThat(ben.holds(call)).contains(Refusal.NO_CALL);
    assertThat(ben.hangsUp(call)).contains(Refusal.NO_CALL);
    assertThat(ben.answers(call)).contains(Refusal.NO_CALL);
    assertThat(ben.declines(call)).contains(Refusal.NO_CALL);
    assertThat(ben.types(call, "", "x")).contains(Refusal.NO_CALL);
    assertThat(ben.completes(call, "", "")).contains(Refusal.NO_CALL);
    assertThat(floor.commands()).isEmpty();
  }

  @Test
  void whileTheLinkIsDownButtonsSaySo() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.linkIsLost();
    assertThat(floor.desk("ann").holds(call)).contains(Refusal.PBX_DOWN);
    assertThat(floor.desk("ann").hangsUp(call)).contains(Refusal.PBX_DOWN);
    assertThat(floor.commands()).isEmpty();
  }

  @Test
  void aFullDiskRefusesWhatMustBeSavedAndCallsGoOn() {
    var floor = MANDATORY.open().ready("ann", "ben");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.takes(new Input.Disk(true));
    floor.leaves(call);
    assertThat(floor.desk("ann").completes(call, "invoice", "")).contains(Refusal.DISK_FULL);
    assertThat(floor.desk("ann").types(call, "", "x")).contains(Refusal.DISK_FULL);
    assertThat(floor.desk("ben").takesBreak("lunch")).contains(Refusal.DISK_FULL);
    CallId next = floor.caller();
    assertThat(floor.lastRing().call()).isEqualTo(next);
    floor.answers("ben");
    Input.Origin origin = floor.origin(next, "1");
    floor.takes(TestFloor.voicemail(origin, "q"));
    assertThat(floor.scriptAnswer(origin)).isEqualTo(Input.NOT_KEPT);
    floor.takes(new Input.Disk(false));
    assertThat(floor.desk("ann").completes(call, "invoice", "")).isEmpty();
  }

  // ── Notes ───────────────────────────────────────────────────────────────────────────────────

  @Test
  void whatIsTypedIsKeptThroughRingTalkWrapUpAndRestart() {
    var floor = MANDATORY.open().ready("ann");
    CallId call = floor.caller();
    floor.desk("ann").types(call, "", "while it rings");
    floor.restarts();
    assertThat(floor.pop("ann").draft().note()).isEqualTo("while it rings");
    floor.answers("ann");
    assertThat(floor.pop("ann").draft().note()).isEqualTo("while it rings");
    floor.desk("ann").types(call, "refund", "in the talk");
    floor.restarts();
    floor.putsOnHold(call).leaves(call);
    assertThat(floor.pop("ann").draft()).isEqualTo(new Draft("refund", "in the talk"));
    floor.desk("ann").types(call, "refund", "after it");
    floor.restarts();
    assertThat(floor.pop("ann").draft()).isEqualTo(new Draft("refund", "after it"));
    floor.desk("ann").completes(call, "refund", "after it");
    assertThat(floor.last(WrapUpDone.class).draft()).isEqualTo(new Draft("refund", "after it"));
    assertThat(floor.pops("ann")).isEmpty();
  }

  @Test
  void whatIsTypedTwiceIsKeptOnce() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.desk("ann").types(call, "", "same");
    floor.desk("ann").types(call, "", "same");
    assertThat(floor.events(DraftKept.class)).hasSize(1);
  }

  @Test
  void whatWasTypedOfARingThatCameToNothingIsNotTheNextAgents() {
    var floor = PLAN.open().ready("ann").after(1).ready("ben");
    CallId call = floor.caller();
    floor.desk("ann").types(call, "", "mine");
    floor.ends("ann", LegEnd.NO_ANSWER);
    assertThat(floor.pop("ben").draft()).isEqualTo(Draft.NONE);
  }

  @Test
  void aTimedWrapUpKeepsWhatWasTyped() {
    var floor = PLAN.wrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(20)).open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.leaves(call);
    floor.desk("ann").types(call, "invoice", "half");
    floor.after(20);
    assertThat(floor.last(WrapUpDone.class))
        .extracting(WrapUpDone::end, WrapUpDone::draft)
        .containsExactly(WrapUpEnd.TIMED, new Draft("invoice", "half"));
  }

  @Test
  void aTalkWithoutWrapUpKeepsWhatWasTyped() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.desk("ann").types(call, "invoice", "all");
    floor.leaves(call);
    assertThat(floor.last(WrapUpDone.class).draft()).isEqualTo(new Draft("invoice", "all"));
  }

  // ── Several contacts at a time ──────────────────────────────────────────────────────────────

  private static TestPlan several() {
    return TestPlan.of("q")
        .tasks("work")
        .agents("ann")
        .capacity("ann", new Capacity(Map.of(Channel.VOICE, 1, Channel.TASK, 2), 3))
        .wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO);
  }

  @Test
  void aCallBesidesWorkIsForemost() {
    var floor = several().open().ready("ann");
    ContactId first = floor.message(floor.arrives(), "work");
    ContactId second = floor.message(floor.arrives(), "work");
    floor.desk("ann").answers(first);
    floor.desk("ann").answers(second);
    CallId call = floor.caller();
    floor.rings("ann");
    assertThat(floor.state("ann")).isEqualTo("ringing");
    floor.answers("ann");
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.agent("ann").contacts())
        .extracting(InHandView::contact, InHandView::state)
        .containsExactlyInAnyOrder(
            tuple(first, Stage.WORKING),
            tuple(second, Stage.WORKING),
            tuple(TestFloor.contactOf(call), Stage.TALKING));
    floor.restarts();
    floor.leaves(call);
    floor.desk("ann").completes(first, "", "");
    assertThat(floor.agent("ann").contacts())
        .extracting(InHandView::state)
        .containsExactlyInAnyOrder(Stage.WORKING, Stage.WRAP_UP);
    assertThat(floor.desk("ann").completes(call, "invoice", "")).isEmpty();
    assertThat(floor.desk("ann").completes(second, "", "")).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("ready");
  }
}
