package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneNumber;

/// What the PBX has done and never told is found by looking twice.
class ComparisonTest {
  private static final TestPlan PLAN = TestPlan.of("sales").agents("ann", "ben");

  @Test
  void aCallThatHasEndedUnheardIsOver() {
    var floor = PLAN.open();
    CallId call = floor.caller();
    floor.happensUnheard(new PbxEvent.CallEnded(floor.now, call)).compares();
    assertThat(floor.queue("sales").waiting()).as("it may just have ended").isOne();
    floor.after(60).compares();
    assertThat(floor.queue("sales").waiting()).isZero();
    floor.after(600);
    assertThat(floor.last(ContactClosed.class).outcome()).isEqualTo(ContactOutcome.PBX_FAULT);
    assertThat(floor.last(Noted.class).what()).isEqualTo(Deed.DIFFERENCE);
  }

  @Test
  void whoIsQueuedUnheardIsServed() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.arrives();
    floor.begins(call).ends(call, Script.to("sales"));
    floor.happensUnheard(new PbxEvent.CallQueued(floor.now, call));
    floor.compares().after(60).compares();
    assertThat(floor.lastRing().call()).isEqualTo(call);
  }

  @Test
  void aCallOfWhichNobodyHasToldIsServed() {
    var floor = PLAN.open().ready("ann");
    CallId call = CallId.of(PbxId.MAIN, "unheard");
    var from = PhoneNumber.of("+88622");
    floor.happensUnheard(new PbxEvent.CallArrived(floor.now, call, from, from));
    floor.happensUnheard(new PbxEvent.CallQueued(floor.now, call));
    floor.compares().after(60).compares();
    assertThat(floor.lastRing().call()).isEqualTo(call);
  }

  @Test
  void anAnswerThatNobodyHeardIsATalk() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.rings("ann");
    floor.happensUnheard(new PbxEvent.LegConnected(floor.now, leg)).compares().compares();
    assertThat(floor.state("ann")).isEqualTo("talking");
    floor.after(30).leaves(call);
    assertThat(floor.events(TalkEnded.class)).hasSize(1);
  }

  @Test
  void aTalkThatHasEndedUnheardIsOver() {
    var floor = PLAN.open().ready("ann");
    floor.caller();
    LegId leg = floor.answers("ann");
    floor.happensUnheard(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    floor.compares().after(60).compares();
    assertThat(floor.events(TalkEnded.class)).hasSize(1);
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void whoIsOnHoldWithNobodyLeftToComeBackWaitsAgain() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.answers("ann");
    floor.putsOnHold(call).crashes();
    floor.happensUnheard(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    floor.starts().connect();
    assertThat(floor.commands()).containsExactly(new PbxCommand.TakeBack(call));
    assertThat(floor.last(TalkEnded.class).end()).isEqualTo(TalkEnd.LEFT_ON_HOLD);
  }

  @Test
  void aRingThatIsGoneUnheardGoesToSomebodyElse() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.rings("ann");
    floor.ready("ben").compares().compares();
    assertThat(floor.lastRing().leg()).isEqualTo(leg);
    floor.happensUnheard(new PbxEvent.LegEnded(floor.now, leg, LegEnd.NO_ANSWER));
    floor.compares().after(1).compares();
    assertThat(floor.lastRing().call()).isEqualTo(call);
    assertThat(floor.lastRing().leg()).isNotEqualTo(leg);
  }

  @Test
  void aLegWithoutACallerIsHungUp() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.rings("ann");
    floor.leaves(call);
    floor.pbx.does(floor.lastRing());
    floor.compares().after(60).compares();
    assertThat(floor.commands()).contains(new PbxCommand.HangUpLeg(leg));
  }

  /// A server that stood still while it was told what lives reads its scripts' lines first.
  @Test
  void whoseScriptIsQuickerThanThePbxsListIsNotOver() {
    var floor = PLAN.open().ready("ann").linkIsLost();
    PbxEvent.Synchronized list = floor.pbx.list(floor.now, PbxId.MAIN);
    CallId call = floor.arrives();
    floor.begins(call);
    floor.takes(new Input.FromPbx(list));
    assertThat(floor.events(ContactClosed.class)).isEmpty();
    floor.connect().ends(call, Script.to("sales")).holds(call);
    assertThat(floor.lastRing().call()).isEqualTo(call);
  }

  @Test
  void whoHasCalledAndGoneWhileTheLinkWasDownIsOver() {
    var floor = PLAN.open().linkIsLost();
    CallId call = floor.arrives();
    floor.begins(call).leaves(call).connect();
    assertThat(floor.events(ContactClosed.class)).hasSize(1);
  }

  @Test
  void whatIsSeenOnceIsNoDifferenceAndWhatIsTakenUpIsTakenUpOnce() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.compares().compares().compares();
    assertThat(floor.events(Noted.class)).isEmpty();
    floor.happensUnheard(new PbxEvent.CallEnded(floor.now, call)).compares();
    floor.happens(new PbxEvent.CallEnded(floor.now, call)).compares().compares();
    assertThat(floor.events(Noted.class)).as("it was only late").isEmpty();
  }

  /// The phone that rang for them is gone, so their queue's rule is due now: the list was made
  /// before they were sent away by it.
  @Test
  void whomTheirQueueSendsAwayOnHearingTheListIsNotQueuedByIt() {
    var rule =
        new Overflow(
            new Overflow.Trigger.Waited(Duration.ofSeconds(90)),
            new Overflow.Target.Away(Overflow.Target.Kind.SCRIPT, "night"));
    var floor = PLAN.routes("sales", queue -> queue.withOverflow(List.of(rule))).open();
    CallId call = floor.caller();
    floor.after(85).ready("ann");
    LegId leg = floor.rings("ann");
    floor.after(10).linkIsLost();
    floor.happensUnheard(new PbxEvent.LegEnded(floor.now, leg, LegEnd.UNREACHABLE)).connect();
    assertThat(floor.commands()).contains(new PbxCommand.RunScript(call, "night", false));
    assertThat(floor.contact(call).waits()).isFalse();
  }

  @Test
  void aCallerWithAPhoneOfNobodysIsNoDifference() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.answers("ann");
    var stranger = new LegId("17.9");
    floor.happens(new PbxEvent.CallTransferred(floor.now, leg, "1002"));
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    floor.happens(new PbxEvent.PhoneConnected(floor.now, call, "PJSIP/1099", stranger));
    floor.startsWithoutLedger().connect().compares().compares();
    assertThat(floor.events(Noted.class)).isEmpty();
  }
}
