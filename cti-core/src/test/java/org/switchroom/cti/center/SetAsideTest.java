package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.agent.InHand.Stage;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.ivr.SayingReader;

/// What has brought the process down too often: the PBX takes care of the caller, and everybody
/// else is served.
class SetAsideTest {
  private static final AgentId ANN = new AgentId("ann");
  private static final TestPlan PLAN =
      TestPlan.of("q").agents("ann", "ben").wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO);

  private static String about(CallId call) {
    return "call " + call;
  }

  @Test
  void whoWaitsGoesToTheFallbackQueueAndStaysThere() {
    var floor = PLAN.open();
    CallId call = floor.caller();
    CallId other = floor.caller();
    floor.setsAside(about(call)).crashes().after(20).forget().starts().connect();
    assertThat(floor.commands()).containsExactly(new PbxCommand.FallBack(call));
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.SET_ASIDE);
    assertThat(floor.last(ContactLeft.class).end()).isEqualTo(StayEnd.SET_ASIDE);
    assertThat(floor.queue().waiting()).isEqualTo(1);
    floor.forget().happens(new PbxEvent.CallFellBack(floor.now, call));
    assertThat(floor.commands()).as("they are not taken back").isEmpty();
    floor.restarts();
    assertThat(floor.commands()).isEmpty();
    floor.ready("ann", "ben");
    assertThat(floor.rings()).extracting(PbxCommand.RingAgent::call).containsExactly(other);
    floor.leaves(call);
    assertThat(floor.commands()).containsExactly(new PbxCommand.Forget(call));
  }

  @Test
  void aPhoneThatRingsForThemIsFreeAgain() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.rings("ann");
    CallId other = floor.caller();
    floor.setsAside(about(call)).forget().presses(call, '1');
    assertThat(floor.commands())
        .containsExactly(new PbxCommand.CancelRing(call, leg), new PbxCommand.FallBack(call));
    assertThat(floor.last(OfferEnded.class).end()).isEqualTo(OfferEnd.LOST);
    assertThat(floor.lastRing("ann").call()).as("she has done nothing wrong").isEqualTo(other);
  }

  /// What happens to a phone that rings or talks for a call is about that call.
  @Test
  void everyTurnOfACallIsAboutIt() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.subjects().clear();
    floor.answers("ann");
    floor.hangsUp("ann");
    assertThat(floor.subjects()).containsOnly(about(call));
  }

  @Test
  void whoTalksTalksOnAndTheAgentIsAskedWhatItWasAbout() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.after(30).setsAside(about(call)).crashes().forget().starts().connect();
    assertThat(floor.commands()).isEmpty();
    assertThat(floor.pbx.place(call)).contains(Place.TALKING);
    assertThat(floor.last(TalkEnded.class).end()).isEqualTo(TalkEnd.SET_ASIDE);
    assertThat(floor.stages("ann")).containsExactly(Stage.WRAP_UP);
    assertThat(floor.desk("ann").completes(call, "invoice", "")).isEmpty();
    floor.leaves(call);
    assertThat(floor.commands()).containsExactly(new PbxCommand.Forget(call));
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void whoWasAnsweredMeanwhileTalksOnToo() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.rings("ann");
    floor.setsAside(about(call)).crashes().happens(new PbxEvent.LegConnected(floor.now, leg));
    floor.forget().starts().connect();
    assertThat(floor.commands()).isEmpty();
    assertThat(floor.pbx.place(call)).contains(Place.TALKING);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.SET_ASIDE);
  }

  @Test
  void whoIsAnsweredNowTalksOnToo() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.setsAside(about(call)).forget();
    floor.happens(new PbxEvent.LegConnected(floor.now, floor.leg("ann")));
    assertThat(floor.commands()).isEmpty();
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.SET_ASIDE);
  }

  @Test
  void nobodyStaysOnHoldWithWhomNobodyCanTakeThemBack() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.answers("ann");
    floor.putsOnHold(call).setsAside(about(call)).crashes().forget().starts().connect();
    assertThat(floor.commands())
        .containsExactly(new PbxCommand.HangUpLeg(leg), new PbxCommand.FallBack(call));
    assertThat(floor.stages("ann")).containsExactly(Stage.WRAP_UP);
  }

  @Test
  void whoComesToTheHoldUnknownGoesOnAtOnce() {
    var floor = PLAN.open().ready("ann");
    floor.setsAside("call call-1");
    CallId call = floor.arrives();
    floor.begins(call).ends(call, Script.to("q"));
    floor.holds(call);
    assertThat(floor.commands()).containsExactly(new PbxCommand.FallBack(call));
    assertThat(floor.rings()).isEmpty();
    assertThat(floor.knows(call)).isFalse();
  }

  @Test
  void whoIsGoneIsOverAndForgotten() {
    var floor = PLAN.open();
    CallId call = floor.caller();
    floor.setsAside(about(call)).crashes().leaves(call).forget().starts().connect();
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.SET_ASIDE);
    assertThat(floor.commands()).containsExactly(new PbxCommand.Forget(call));
    assertThat(floor.queue().waiting()).isZero();
  }

  /// Also that cannot be done.
  @Test
  void whoCannotBePutAsideGoesToTheFallbackQueueAllTheSame() {
    var floor = PLAN.open();
    CallId call = floor.caller();
    floor.setsAside(about(call)).setsAside("aside " + call).crashes().forget().starts().connect();
    assertThat(floor.commands()).containsExactly(new PbxCommand.FallBack(call));
  }

  @Test
  void aDeskIsToldAlsoWhenItsCustomerCannotBeWritten() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    CommandId id = floor.next("s-ann");
    var command = new Input.NewCustomer(id, ANN, TestFloor.contactOf(call), "Chen");
    floor.takes(command);
    floor.setsAside("command " + id);
    floor.takes(new Input.CustomerWritten(command, Optional.empty()));
    assertThat(floor.answer(id)).contains(Refusal.SET_ASIDE);
    assertThat(floor.asks(command)).contains(Refusal.SET_ASIDE);
    floor.restarts();
    assertThat(floor.effects(Effect.WriteCustomer.class)).as("not at every start").hasSize(1);
    assertThat(floor.asks(command)).contains(Refusal.SET_ASIDE);
  }

  @Test
  void aDeskIsToldAlsoWhenNotEvenThatCanBeWritten() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    CommandId id = floor.next("s-ann");
    var command = new Input.NewCustomer(id, ANN, TestFloor.contactOf(call), "Chen");
    floor.takes(command);
    floor.setsAside("command " + id).setsAside("aside command " + id);
    floor.takes(new Input.CustomerWritten(command, Optional.empty()));
    assertThat(floor.answer(id)).contains(Refusal.SET_ASIDE);
  }

  @Test
  void aTimerThatIsSetAsideKeepsNoOtherFromItsTime() {
    var floor = PLAN.says("q", everyTenSeconds()).open();
    CallId first = floor.caller();
    CallId second = floor.caller();
    floor.setsAside("timer Announcement[contact=%s]".formatted(TestFloor.contactOf(first)));
    floor.after(15);
    assertThat(floor.heard(first)).isEmpty();
    assertThat(floor.heard(second)).isNotEmpty();
    assertThat(floor.contact(first).waits()).isTrue();
  }

  @Test
  void aScriptThatNeverBeginsAndCannotBeEndedIsLeftForTheFallbackQueue() {
    var floor = PLAN.open();
    CallId call = floor.arrives();
    floor.setsAside("timer ScriptStarts[call=%s]".formatted(call)).after(11);
    assertThat(floor.commands()).containsExactly(new PbxCommand.FallBack(call));
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.SET_ASIDE);
  }

  /// A timer of the router's is none of ours that comes later.
  @Test
  void aTimerIsNamedWhenItIsDue() {
    var floor =
        PLAN.wrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(5))
            .says("q", everyTenSeconds())
            .agents("ann")
            .open()
            .ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.leaves(call);
    floor.caller();
    floor.caller();
    floor.subjects().clear();
    floor.after(6);
    assertThat(floor.subjects()).containsExactly("timer of the router");
  }

  // ── What the router decides ─────────────────────────────────────────────────────────────────

  @Test
  void anOfferIsAboutWhomItIsMadeFor() {
    var floor = PLAN.open();
    CallId call = floor.caller();
    floor.subjects().clear();
    floor.named().clear();
    floor.desk("ann").logsIn();
    floor.desk("ann").isReady();
    assertThat(floor.subjects()).allMatch(subject -> subject.startsWith("command"));
    assertThat(floor.named()).contains(about(call));
    floor.named().clear();
    floor.after(60);
    assertThat(floor.subjects()).contains("timer of the router");
    assertThat(floor.named()).contains(about(call));
  }

  @Test
  void whoIsSetAsideIsOfferedToNobody() {
    var floor = PLAN.open();
    CallId call = floor.caller();
    CallId other = floor.caller();
    floor.setsAside(about(call)).forget().ready("ann");
    assertThat(floor.offers()).hasSize(1);
    assertThat(floor.lastRing("ann").call()).as("she keeps her turn").isEqualTo(other);
    assertThat(floor.commands()).containsExactly(new PbxCommand.FallBack(call));
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.SET_ASIDE);
    assertThat(floor.queue().waiting()).isEqualTo(1);
  }

  @Test
  void whoseRingTimesOutIsTakenFromThePhoneWithoutAMiss() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.rings("ann");
    floor.setsAside(about(call)).forget().after(60);
    assertThat(floor.commands())
        .containsExactly(new PbxCommand.CancelRing(call, leg), new PbxCommand.FallBack(call));
    assertThat(floor.last(OfferEnded.class).end()).isEqualTo(OfferEnd.LOST);
  }

  @Test
  void workThatIsSetAsideLeavesTheQueueAndIsNoted() {
    var floor = TestPlan.of("q", "work").tasks("work").agents("ann").open();
    CallId call = floor.arrives();
    var task = floor.begins(call).message(call, "work");
    floor.setsAside("task " + task.value().substring("task-".length())).forget().ready("ann");
    assertThat(floor.offers()).isEmpty();
    assertThat(floor.last(ContactLeft.class).end()).isEqualTo(StayEnd.SET_ASIDE);
    assertThat(floor.events(Noted.class)).extracting(Noted::about).containsExactly(task.value());
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  private static Announcements everyTenSeconds() {
    return Announcements.NONE
        .withFirst(Duration.ofSeconds(10))
        .withEvery(Duration.ofSeconds(10))
        .withLeast(Duration.ofSeconds(5))
        .withPosition(Optional.of(SayingReader.shipped("position")));
  }
}
