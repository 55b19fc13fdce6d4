package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.event.CallEvent.HoldTimed;
import org.switchroom.cti.event.ContactEvent.ContactReturned;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.screens.AgentView.InHandView;
import org.switchroom.cti.screens.ScreenPop;

/// Nobody is forgotten on hold, and nobody is hung up.
class HoldCareTest {
  private static final HoldCare CARE = new HoldCare(Duration.ofSeconds(60), Duration.ofMinutes(3));

  private static final TestPlan PLAN =
      TestPlan.of("q")
          .agents("ann", "ben")
          .queue("q", queue -> queue.withHold(CARE))
          .wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO);

  private TestFloor floor = PLAN.open();
  private LegId leg;

  private CallId annHolds() {
    floor.ready("ann");
    CallId call = floor.caller();
    leg = floor.answers("ann");
    floor.after(20);
    floor.putsOnHold(call);
    return call;
  }

  private InHandView inHand(String agent) {
    return floor.agent(agent).contacts().getFirst();
  }

  private void heldByThePbx(CallId call) {
    floor.holds(call);
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
  }

  // ── The reminder ────────────────────────────────────────────────────────────────────────────

  @Test
  void theDeskIsToldAfterAWhileAndAgainEachMinute() {
    annHolds();
    floor.after(59);
    assertThat(inHand("ann").reminded()).isZero();
    floor.after(1);
    assertThat(inHand("ann").reminded()).isEqualTo(1);
    assertThat(inHand("ann").until()).contains(floor.now.plusSeconds(120));
    floor.after(59);
    assertThat(inHand("ann").reminded()).isEqualTo(1);
    floor.after(1);
    assertThat(inHand("ann").reminded()).isEqualTo(2);
  }

  @Test
  void whoIsBackIsNotRemindedOf() {
    annHolds();
    floor.after(61);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    assertThat(inHand("ann").reminded()).isZero();
    floor.after(600);
    assertThat(floor.events(HoldTimed.class)).hasSize(1);
    assertThat(floor.state("ann")).isEqualTo("talking");
  }

  @Test
  void whatThePhoneHoldsCountsToo() {
    floor.ready("ann");
    CallId call = floor.caller();
    leg = floor.answers("ann");
    floor.happens(new PbxEvent.PhoneHeld(floor.now, leg, true));
    floor.after(60);
    assertThat(inHand("ann").reminded()).isEqualTo(1);
    floor.after(120);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.commands())
        .containsExactly(new PbxCommand.TakeBack(call), new PbxCommand.HangUpLeg(leg));
  }

  @Test
  void whereNothingIsSaidOfItTheDeskIsRemindedAlone() {
    floor = TestPlan.of("q").agents("ann").open();
    annHolds();
    floor.after(3_600);
    assertThat(inHand("ann").reminded()).isEqualTo(60);
    assertThat(floor.commands()).isEmpty();
    floor.after(3_000);
    assertThat(floor.commands())
        .as("before the dialplan ends it")
        .anyMatch(PbxCommand.TakeBack.class::isInstance);
  }

  /// Such as one whose handset was put down: the caller was told nothing.
  @Test
  void whosePhoneIsGoneMeanwhileIsAskedFirstWhenTheyAreBack() {
    CallId call = annHolds();
    floor.ready("ben");
    floor.after(20).hangsUp("ann");
    assertThat(floor.commands()).containsExactly(new PbxCommand.TakeBack(call));
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(inHand("ann").returned()).as("the desk says why").isTrue();
    heldByThePbx(call);
    assertThat(floor.state("ben")).as("is not asked yet").isEqualTo("ready");
    floor.desk("ann").completes(call, "refund", "");
    floor.desk("ann").isReady();
    floor.answers("ann");
    assertThat(floor.pop("ann").handedOver().orElseThrow().held())
        .contains(new ScreenPop.WasOnHold(40_000, 20_000));
    floor.leaves(call);
    assertThat(floor.events(TalkEnded.class))
        .extracting(TalkEnded::end)
        .containsExactly(TalkEnd.LEFT_ON_HOLD, TalkEnd.CALLER_LEFT);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
  }

  // ── Back ────────────────────────────────────────────────────────────────────────────────────

  @Test
  void afterThatTheSameAgentIsAskedWithWhatIsKnown() {
    CallId call = annHolds();
    floor.ready("ben");
    floor.desk("ann").types(call, "refund", "asked the warehouse");
    floor.after(180);
    assertThat(floor.commands())
        .containsExactly(new PbxCommand.TakeBack(call), new PbxCommand.HangUpLeg(leg));
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(inHand("ann").returned()).as("the desk says why").isTrue();
    heldByThePbx(call);
    assertThat(floor.state("ben")).as("is not asked yet").isEqualTo("ready");
    floor.desk("ann").completes(call, "refund", "asked the warehouse");
    floor.desk("ann").isReady();
    floor.answers("ann");
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.pop("ann").handedOver())
        .contains(
            new ScreenPop.HandedOver(
                "Ann",
                "",
                new Draft("refund", "asked the warehouse"),
                Optional.of(new ScreenPop.WasOnHold(200_000, 180_000)),
                Optional.empty()));
    floor.leaves(call);
    assertThat(floor.events(TalkEnded.class))
        .extracting(one -> one.agent().value(), TalkEnded::end, one -> one.held().toSeconds())
        .containsExactly(
            tuple("ann", TalkEnd.HELD_TOO_LONG, 180L), tuple("ann", TalkEnd.CALLER_LEFT, 0L));
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
  }

  @Test
  void ifTheyDoNotComeWhoeverIsReadyIsAskedBeforeAllOthersWait() {
    CallId call = annHolds();
    floor.ready("ben");
    CallId other = floor.caller();
    floor.answers("ben");
    CallId waits = floor.caller();
    floor.after(180);
    heldByThePbx(call);
    floor.after(61);
    floor.leaves(other);
    floor.desk("ben").isReady();
    floor.answers("ben");
    assertThat(floor.pop("ben").contact()).isEqualTo(TestFloor.contactOf(call));
    assertThat(floor.pop("ben").handedOver().orElseThrow().by()).isEqualTo("Ann");
    assertThat(floor.contact(waits).waits()).isTrue();
    assertThat(floor.contact(call).stays()).isEqualTo(2);
  }

  @Test
  void whoGoesOnABreakIsNotWaitedFor() {
    CallId call = annHolds();
    floor.ready("ben");
    floor.desk("ann").takesBreak("lunch");
    floor.after(180);
    heldByThePbx(call);
    floor.answers("ben");
    assertThat(floor.pop("ben").contact()).isEqualTo(TestFloor.contactOf(call));
  }

  @Test
  void whoHangsUpOnTheWayIsOver() {
    CallId call = annHolds();
    floor.after(180);
    floor.leaves(call);
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
  }

  @Test
  void aQueueThatIsClosedTakesNobodyBack() {
    annHolds();
    floor.reload(plan -> plan.routes("q", q -> q.withHours(Optional.of(TestPlan.hours(0, 1)))));
    floor.after(3_600);
    assertThat(floor.state("ann")).isEqualTo("hold");
    assertThat(inHand("ann").reminded()).isEqualTo(60);
    floor.reload(plan -> plan.routes("q", q -> q.withHours(Optional.empty())));
    floor.after(10);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
  }

  // ── In the same moment ──────────────────────────────────────────────────────────────────────

  @Test
  void whoIsBeingTakenOffHoldIsGivenAMoment() {
    annHolds();
    floor.after(Duration.ofMillis(179_999));
    assertThat(floor.desk("ann").retrieves(new CallId("call-1"))).isEmpty();
    floor.after(5);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    floor.after(600);
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.events(ContactReturned.class)).isEmpty();
  }

  @Test
  void whoIsTakenOffHoldTooLateRingsAgain() {
    CallId call = annHolds();
    floor.after(180);
    assertThat(floor.desk("ann").retrieves(call)).contains(Refusal.NO_CALL);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    heldByThePbx(call);
    assertThat(floor.contact(call).waits()).isTrue();
  }

  @Test
  void whomThePbxCannotBringBackIsBroughtWhenItCan() {
    CallId call = annHolds();
    floor.linkIsLost();
    floor.after(300);
    assertThat(floor.state("ann")).isEqualTo("hold");
    floor.connect();
    floor.after(10);
    assertThat(floor.commands()).contains(new PbxCommand.TakeBack(call));
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
  }

  @Test
  void aRestartForgetsNobody() {
    CallId call = annHolds();
    floor.after(100);
    floor.restarts();
    assertThat(inHand("ann").reminded()).isEqualTo(1);
    // What was to happen while the server was down happens so much later.
    floor.after(130);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    floor.restarts();
    assertThat(floor.commands())
        .as("of what the PBX has not done it is told again")
        .filteredOn(new PbxCommand.TakeBack(call)::equals)
        .hasSize(2);
    heldByThePbx(call);
    assertThat(floor.contact(call).handover().orElseThrow().held()).isPresent();
    assertThat(floor.contact(call).waits()).isTrue();
  }

  @Test
  void anotherConfigurationIsForWhoIsOnHoldToo() {
    annHolds();
    floor.after(30);
    floor.reload(
        plan ->
            plan.queue(
                "q", queue -> queue.withHold(new HoldCare(Duration.ZERO, Duration.ofSeconds(40)))));
    floor.after(9);
    assertThat(floor.state("ann")).isEqualTo("hold");
    floor.after(1);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.last(ContactReturned.class).by()).isEqualTo(new AgentId("ann"));
    assertThat(floor.contact(new CallId("call-1")).state())
        .isInstanceOf(ContactState.Handled.class);
  }
}
