package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.event.CallEvent.CallHeld;
import org.switchroom.cti.event.CallEvent.CallRetrieved;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.figures.FiguresFold;
import org.switchroom.cti.figures.QueueFigure;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxId;

/// What agents do with the phone's own keys: who has the caller has the pop and the wrap-up, and is
/// not offered another.
class PhoneTransferTest {
  private static final TestPlan PLAN =
      TestPlan.of("sales", "billing")
          .agent("ann", "sales")
          .agent("ben", "billing")
          .wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO);

  /// The phone's channel to a colleague.
  private static final LegId COLLEAGUE = new LegId("17.2");

  private static String phone(TestFloor floor, String agent) {
    return floor.plan.phone(agent);
  }

  private static TestFloor givesTo(TestFloor floor, CallId call, LegId from, String agent) {
    floor.happens(new PbxEvent.CallTransferred(floor.now, from, "1002"));
    floor.happens(new PbxEvent.LegEnded(floor.now, from, LegEnd.HUNG_UP));
    floor.after(4);
    return floor.happens(
        new PbxEvent.PhoneConnected(floor.now, call, phone(floor, agent), COLLEAGUE));
  }

  // ── To a colleague ──────────────────────────────────────────────────────────────────────────

  @Test
  void aColleagueWhoIsGivenACallerHasThePopTheTalkAndTheWrapUp() {
    var floor = PLAN.open().ready("ann", "ben");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    floor.after(20);
    givesTo(floor, call, leg, "ben");
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.state("ben")).isEqualTo("talking");
    assertThat(floor.pop("ben").contact()).isEqualTo(TestFloor.contactOf(call));
    assertThat(floor.commands()).contains(new PbxCommand.Adopt(call, COLLEAGUE, "ben", ""));
    floor.caller("billing");
    assertThat(floor.rings()).as("has somebody").hasSize(1);
    floor.after(60).happens(new PbxEvent.LegEnded(floor.now, COLLEAGUE, LegEnd.HUNG_UP));
    assertThat(floor.state("ben")).isEqualTo("wrap-up");
    assertThat(floor.desk("ben").completes(call, "refund", "said")).isEmpty();
    floor.leaves(call);
    assertThat(floor.events(TalkEnded.class))
        .extracting(one -> one.agent().value(), TalkEnded::end, TalkEnded::to)
        .containsExactly(
            tuple("ann", TalkEnd.TRANSFERRED, "1002"), tuple("ben", TalkEnd.AGENT_LEFT, ""));
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
    assertThat(floor.rings()).as("now they may").hasSize(2);
  }

  /// Who was given a caller has not taken them out of a queue.
  @Test
  void aCallIsAnsweredOnceHoweverOftenItIsHandedOver() {
    var floor = PLAN.open().ready("ann", "ben");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    givesTo(floor, call, leg, "ben").after(30).leaves(call);
    long answered = 0;
    long talks = 0;
    for (var turn : floor.turns()) {
      for (var counted : FiguresFold.counted(turn)) {
        assertThat(counted.queue()).isEqualTo(new QueueId("sales"));
        answered += counted.figures().count(QueueFigure.ANSWERED);
        talks += counted.figures().count(QueueFigure.TALKS);
      }
    }
    assertThat(answered).isOne();
    assertThat(talks).isEqualTo(2);
  }

  /// Where the bridges are joined the colleague is heard before the transfer is.
  @Test
  void theTransferMayBeToldAfterWhatCameOfIt() {
    var floor = PLAN.open().ready("ann", "ben");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    floor.happens(new PbxEvent.PhoneConnected(floor.now, call, phone(floor, "ben"), COLLEAGUE));
    floor.happens(new PbxEvent.CallTransferred(floor.now, leg, "1002"));
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.state("ben")).isEqualTo("talking");
    assertThat(floor.events(TalkEnded.class)).hasSize(1);
    floor.happens(new PbxEvent.PhoneConnected(floor.now, call, phone(floor, "ben"), COLLEAGUE));
    assertThat(floor.events(ContactAnswered.class)).as("told twice").hasSize(2);
  }

  @Test
  void aPhoneWhoseAgentIsLoggedOutIsSomebodyAtAPhone() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    givesTo(floor, call, leg, "ben").after(30).leaves(call);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.TRANSFERRED);
  }

  @Test
  void theColleaguesTalkIsTheirsOverARestart() {
    var floor = PLAN.open().ready("ann", "ben");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    givesTo(floor, call, leg, "ben").restarts();
    assertThat(floor.state("ben")).isEqualTo("talking");
    assertThat(floor.commands()).doesNotContain(new PbxCommand.HangUpLeg(COLLEAGUE));
    assertThat(floor.desk("ben").holds(call)).isEmpty();
    assertThat(floor.commands()).last().isEqualTo(new PbxCommand.Hold(call, COLLEAGUE));
  }

  /// The process ended before the PBX had heard whose leg it is.
  @Test
  void thePbxIsToldOnceMoreWhoseLegItIs() {
    var floor = PLAN.open().ready("ann", "ben");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    givesTo(floor, call, leg, "ben").restarts();
    floor.happens(new PbxEvent.PhoneConnected(floor.now, call, phone(floor, "ben"), COLLEAGUE));
    assertThat(floor.commands())
        .filteredOn(PbxCommand.Adopt.class::isInstance)
        .containsExactly(
            new PbxCommand.Adopt(call, COLLEAGUE, "ben", ""),
            new PbxCommand.Adopt(call, COLLEAGUE, "ben", ""));
    assertThat(floor.events(ContactAnswered.class)).hasSize(2);
    assertThat(floor.state("ben")).isEqualTo("talking");
  }

  /// The link was lost meanwhile, and the PBX has a leg that it knows nobody of.
  @Test
  void whoIsFoundWithAColleagueIsTheirs() {
    var floor = PLAN.open().ready("ann", "ben");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    floor.linkIsLost();
    givesTo(floor, call, leg, "ben");
    floor.connect();
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    floor.happens(new PbxEvent.PhoneConnected(floor.now, call, phone(floor, "ben"), COLLEAGUE));
    assertThat(floor.state("ben")).isEqualTo("talking");
    assertThat(floor.pop("ben").contact()).isEqualTo(TestFloor.contactOf(call));
    floor.leaves(call);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
  }

  // ── To where the agent's own call waits ─────────────────────────────────────────────────────

  @Test
  void whoIsPutThroughToAQueueWaitsThereWithTheAgeOfTheAgentsOwnCall() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    floor.after(20);
    Instant since = floor.now;
    CallId own = floor.caller("billing");
    floor.after(10).happens(new PbxEvent.CallPutThrough(floor.now, call, own));
    floor.happens(new PbxEvent.CallTransferred(floor.now, leg, "8002"));
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP)).leaves(own);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.waiters("billing").waiters())
        .extracting(one -> one.contact().value(), one -> one.since())
        .containsExactly(tuple(call.value(), since));
    assertThat(floor.outcomes(own)).containsExactly(ContactOutcome.TRANSFERRED);
    floor.ready("ben");
    assertThat(floor.lastRing().call()).isEqualTo(call);
    floor.answers("ben");
    assertThat(floor.pop("ben").contact()).isEqualTo(TestFloor.contactOf(call));
    assertThat(floor.last(ContactAnswered.class).waited()).isEqualTo(Duration.ofSeconds(10));
  }

  /// The phone that rings for the agent's own call rings for the caller then, before anybody else.
  @Test
  void aPhoneThatRingsForTheAgentsOwnCallIsRungAnew() {
    var floor = PLAN.open().ready("ann", "ben");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    CallId own = floor.caller("billing");
    LegId rings = floor.rings("ben");
    CallId next = floor.after(5).caller("billing");
    floor.happens(new PbxEvent.CallPutThrough(floor.now, call, own));
    assertThat(floor.commands()).contains(new PbxCommand.CancelRing(own, rings));
    floor.happens(new PbxEvent.CallTransferred(floor.now, leg, "8002")).leaves(own);
    assertThat(floor.lastRing().agent()).isEqualTo("ben");
    assertThat(floor.lastRing().call()).isEqualTo(call).isNotEqualTo(next);
  }

  @Test
  void whoAnsweredTheAgentsOwnCallHasTheCaller() {
    var floor = PLAN.open().ready("ann", "ben");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    CallId own = floor.caller("billing");
    CallId waits = floor.caller("billing");
    LegId answered = floor.answers("ben");
    floor.after(15).happens(new PbxEvent.CallPutThrough(floor.now, call, own));
    floor.happens(new PbxEvent.CallTransferred(floor.now, leg, "8002"));
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP)).leaves(own);
    assertThat(floor.state("ben")).isEqualTo("talking");
    assertThat(floor.pops("ben"))
        .extracting(one -> one.contact().value())
        .containsExactly(call.value());
    assertThat(floor.rings()).as("is never free in between").noneMatch(r -> r.call().equals(waits));
    floor.after(30).happens(new PbxEvent.LegEnded(floor.now, answered, LegEnd.HUNG_UP));
    assertThat(floor.stages("ben")).as("one wrap-up").hasSize(1);
    floor.leaves(call);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
    assertThat(floor.outcomes(own)).containsExactly(ContactOutcome.TRANSFERRED);
  }

  @Test
  void whomTheColleagueHasOnHoldMeanwhileIsOnHold() {
    var floor = PLAN.open().ready("ann", "ben");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    CallId own = floor.caller("billing");
    floor.answers("ben");
    floor.putsOnHold(own);
    floor.happens(new PbxEvent.CallPutThrough(floor.now, call, own));
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP)).leaves(own);
    assertThat(floor.state("ben")).isEqualTo("hold");
    floor.compares().compares();
    assertThat(floor.state("ben")).isEqualTo("hold");
  }

  @Test
  void whoHasTheCallerKeepsThemWhenItIsToldTwice() {
    var floor = PLAN.open().ready("ann", "ben");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    CallId own = floor.caller("billing");
    floor.answers("ben");
    floor.happens(new PbxEvent.CallPutThrough(floor.now, call, own));
    floor.happens(new PbxEvent.CallTransferred(floor.now, leg, "8002"));
    floor.happens(new PbxEvent.CallPutThrough(floor.now, call, own));
    assertThat(floor.state("ben")).isEqualTo("talking");
    assertThat(floor.events(TalkEnded.class)).as("ann's two, and no other").hasSize(2);
  }

  /// The bridge of who was put through is told of again, before or after the transfer itself.
  @Test
  void onlyThePhoneTakesOffHoldWhomItHolds() {
    var floor = PLAN.open().ready("ann", "ben");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    CallId own = floor.caller("billing");
    LegId answered = floor.answers("ben");
    floor.happens(new PbxEvent.PhoneHeld(floor.now, answered, true));
    floor.happens(new PbxEvent.LegConnected(floor.now, answered));
    assertThat(floor.state("ben")).isEqualTo("hold");
    floor.happens(new PbxEvent.CallPutThrough(floor.now, call, own));
    floor.happens(new PbxEvent.LegConnected(floor.now, answered));
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP)).leaves(own);
    assertThat(floor.state("ben")).isEqualTo("hold");
    floor.happens(new PbxEvent.PhoneHeld(floor.now, answered, false));
    assertThat(floor.state("ben")).isEqualTo("talking");
  }

  /// The script that the agent's own call is in goes on with the caller.
  @Test
  void whoIsPutThroughIntoAScriptIsNotLost() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    var own = new CallId("own");
    floor.begins(own);
    floor.happens(new PbxEvent.CallPutThrough(floor.now, call, own));
    floor.happens(new PbxEvent.CallTransferred(floor.now, leg, "8002")).leaves(own);
    floor.after(5).holds(call);
    assertThat(floor.last(ContactQueued.class).contact()).isEqualTo(TestFloor.contactOf(call));
  }

  /// Each phone that rings for the agent's own call rings for the caller then, and one has them.
  @Test
  void allPhonesThatRangForTheAgentsOwnCallAreRungAnew() {
    var plan =
        TestPlan.of("sales", "billing")
            .agent("ann", "sales")
            .agent("ben", "billing")
            .agent("cid", "billing")
            .routes("billing", queue -> queue.withStrategy(Strategy.of(Strategy.Kind.RING_ALL)));
    var floor = plan.open().ready("ann", "ben", "cid");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    CallId own = floor.caller("billing");
    LegId bens = floor.rings("ben");
    LegId cids = floor.rings("cid");
    floor.happens(new PbxEvent.CallPutThrough(floor.now, call, own));
    floor.happens(new PbxEvent.LegEnded(floor.now, cids, LegEnd.NO_ANSWER));
    floor.happens(new PbxEvent.CallTransferred(floor.now, leg, "8002")).leaves(own);
    assertThat(floor.commands())
        .contains(new PbxCommand.CancelRing(own, bens), new PbxCommand.CancelRing(own, cids));
    assertThat(floor.rings())
        .filteredOn(ring -> ring.call().equals(call))
        .extracting(PbxCommand.RingAgent::agent)
        .containsExactlyInAnyOrder("ann", "ben", "cid");
    floor.answers("cid");
    assertThat(floor.state("ben")).isEqualTo("ready");
    assertThat(floor.pop("cid").contact()).isEqualTo(TestFloor.contactOf(call));
    assertThat(floor.outcomes(own)).containsExactly(ContactOutcome.TRANSFERRED);
  }

  /// The agent's own call is on one PBX, as is the caller: another's call of that name is another.
  @Test
  void anotherPbxsChannelsAreOthers() {
    var other = new PbxId("taichung");
    var floor = PLAN.open().ready("ann", "ben").connect(other);
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    CallId there = CallId.of(other, call.channel());
    floor.happens(
        new PbxEvent.PhoneConnected(
            floor.now, there, phone(floor, "ben"), LegId.of(other, COLLEAGUE.channel())));
    floor.happens(new PbxEvent.CallPutThrough(floor.now, there, call));
    floor.happens(new PbxEvent.PhoneHeld(floor.now, LegId.of(other, leg.channel()), true));
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.state("ben")).isEqualTo("ready");
  }

  // ── Hold ────────────────────────────────────────────────────────────────────────────────────

  @Test
  void whatThePhoneHoldsIsShownAndTakenOffThere() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    floor.happens(new PbxEvent.PhoneHeld(floor.now, leg, false));
    floor.after(10).happens(new PbxEvent.PhoneHeld(floor.now, leg, true));
    assertThat(floor.state("ann")).isEqualTo("hold");
    assertThat(floor.last(CallHeld.class).onPhone()).isTrue();
    assertThat(floor.desk("ann").retrieves(call)).contains(Refusal.HELD_ON_PHONE);
    assertThat(floor.agent("ann").contacts().getFirst().heldOnPhone()).isTrue();
    floor.compares().compares();
    assertThat(floor.state("ann")).as("to the PBX they talk").isEqualTo("hold");
    floor.restarts();
    assertThat(floor.state("ann")).isEqualTo("hold");
    floor.after(5).happens(new PbxEvent.PhoneHeld(floor.now, leg, false));
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.events(CallRetrieved.class)).hasSize(1);
    floor.after(5).leaves(call);
    assertThat(floor.last(TalkEnded.class).held()).isEqualTo(Duration.ofSeconds(5));
  }

  /// On hold by the phone's key, and then all by the desk.
  @Test
  void whoHoldsByThePhoneAsksByTheDesk() {
    var floor = PLAN.open().ready("ann", "ben");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    floor.happens(new PbxEvent.PhoneHeld(floor.now, leg, true)).forget();
    assertThat(floor.desk("ann").asksColleague(call, "ben", "")).isEmpty();
    assertThat(floor.commands()).hasSize(2).startsWith(new PbxCommand.Hold(call, leg));
    CallId own = ((PbxCommand.Consult) floor.commands().getLast()).call();
    floor.putsOnHold(call).holds(own);
    floor.happens(new PbxEvent.PhoneHeld(floor.now, leg, false));
    assertThat(floor.state("ann")).isEqualTo("consulting");
    floor.answers("ben");
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    floor.happens(new PbxEvent.PhoneHeld(floor.now, leg, true)).forget();
    assertThat(floor.state("ann")).isEqualTo("hold");
    assertThat(floor.desk("ann").alternates(call)).isEmpty();
    assertThat(floor.commands())
        .containsExactly(new PbxCommand.Hold(call, leg), new PbxCommand.BackToConsultation(own));
    floor.after(1);
    assertThat(floor.desk("ann").conferences(call)).as("the PBX has not done it").isEmpty();
    floor.happens(new PbxEvent.CallConferenced(floor.now, call, own));
    assertThat(floor.agent("ann").contacts().getFirst().conference()).isTrue();
  }

  @Test
  void anAgentWhoHangsUpOnWhomThePhoneHoldsEndsTheTalkAsAnyOther() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    floor.happens(new PbxEvent.PhoneHeld(floor.now, leg, true));
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    assertThat(floor.commands()).doesNotContain(new PbxCommand.HangUpCall(call));
    assertThat(floor.last(TalkEnded.class).end()).isEqualTo(TalkEnd.AGENT_LEFT);
  }

  /// The desk's hold and the phone's key at once: to the PBX the caller is parked.
  @Test
  void whomTheDeskHoldsTooIsNotLeftInMusic() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    floor.happens(new PbxEvent.PhoneHeld(floor.now, leg, true)).putsOnHold(call);
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    assertThat(floor.commands()).contains(new PbxCommand.TakeBack(call));
  }

  @Test
  void whatIsToldOfNobodyChangesNothing() {
    var floor = PLAN.open();
    var nobody = new CallId("nobody");
    var no = new LegId("no");
    floor.happens(new PbxEvent.PhoneHeld(floor.now, no, true));
    floor.happens(new PbxEvent.PhoneConnected(floor.now, nobody, phone(floor, "ann"), no));
    floor.happens(new PbxEvent.CallPutThrough(floor.now, nobody, new CallId("none")));
    assertThat(floor.liveCalls()).isZero();
  }

  // ── To a queue ──────────────────────────────────────────────────────────────────────────────

  private static final TestPlan TWO =
      TestPlan.of("sales", "billing")
          .agent("ann", "sales")
          .agent("ben", "sales")
          .agent("cid", "billing");

  /// The phone sends the caller to the queue's own number.
  private static TestFloor sendsOn(TestFloor floor, CallId call, LegId from) {
    floor.happens(new PbxEvent.CallTransferred(floor.now, from, "900"));
    floor.happens(new PbxEvent.LegEnded(floor.now, from, LegEnd.HUNG_UP));
    floor.after(1).holds(call);
    return floor;
  }

  @Test
  void whoSendsACallerToTheirQueueDoesNotGetThemBack() {
    var floor = TWO.open().ready("ann");
    floor.desk("ben").logsIn();
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    sendsOn(floor, call, leg);
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.last(ContactQueued.class).request().passedOver())
        .containsExactly(new AgentId("ann"));
    floor.after(30).restarts();
    assertThat(floor.state("ann")).isEqualTo("ready");
    floor.ready("ben");
    assertThat(floor.state("ben")).isEqualTo("reserved");
  }

  /// Between two the caller is not sent to and fro: both have said that they are not the right one.
  @Test
  void norDoesWhoHadSentThemThereBefore() {
    var floor = TWO.open().ready("ann", "ben");
    CallId call = floor.caller("sales");
    LegId first = floor.answers("ann");
    LegId second = sendsOn(floor, call, first).answers("ben");
    sendsOn(floor, call, second);
    assertThat(floor.last(ContactQueued.class).request().passedOver())
        .containsExactly(new AgentId("ann"), new AgentId("ben"));
  }

  @Test
  void whereNobodyElseIsThereTheyDo() {
    var floor = TWO.open().ready("ann", "cid");
    CallId call = floor.caller("sales");
    sendsOn(floor, call, floor.answers("ann"));
    assertThat(floor.state("ann")).isEqualTo("reserved");
  }

  @Test
  void whoIsPutThroughToAQueueIsNotOfferedToWhoHasDoneIt() {
    var floor = TWO.open().ready("ann");
    floor.desk("ben").logsIn();
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    CallId own = floor.caller("sales");
    floor.happens(new PbxEvent.CallPutThrough(floor.now, call, own));
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    assertThat(floor.state("ann")).isEqualTo("ready");
    floor.ready("ben");
    assertThat(floor.state("ben")).isEqualTo("reserved");
  }

  @Test
  void whoGivesACallerToTheirOwnPhoneSaysOfBothTalksWhatTheyWere() {
    var floor = PLAN.open().ready("ann", "ben");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    givesTo(floor, call, leg, "ann");
    assertThat(floor.state("ann")).isEqualTo("talking");
    floor.restarts();
    floor.happens(new PbxEvent.LegEnded(floor.now, COLLEAGUE, LegEnd.HUNG_UP));
    floor.desk("ann").completes(call, "refund", "one");
    floor.desk("ann").completes(call, "refund", "two");
    floor.leaves(call);
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void whoIsGivenThemBackInTheWrapUpHasAnotherOne() {
    var plan =
        TestPlan.of("sales", "billing")
            .agent("ann", "sales")
            .agent("ben", "billing")
            .agent("cid", "billing")
            .wrapUp(WrapUp.Mode.MANDATORY, Duration.ofSeconds(30));
    var floor = plan.open().ready("ann", "ben", "cid");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    givesTo(floor, call, leg, "ben");
    var second = new LegId("17.3");
    floor.happens(new PbxEvent.PhoneConnected(floor.now, call, phone(floor, "cid"), second));
    floor.restarts();
    floor.happens(new PbxEvent.CallTransferred(floor.now, COLLEAGUE, "1003"));
    floor.happens(new PbxEvent.LegEnded(floor.now, COLLEAGUE, LegEnd.HUNG_UP));
    assertThat(floor.state("cid")).isEqualTo("talking");
    assertThat(floor.state("ben")).isEqualTo("wrap-up");
    var third = new LegId("17.4");
    floor.happens(new PbxEvent.PhoneConnected(floor.now, call, phone(floor, "ben"), third));
    assertThat(floor.state("ben")).isEqualTo("talking");
    floor.after(100).restarts();
    assertThat(floor.state("ben")).isEqualTo("talking");
    floor.happens(new PbxEvent.LegEnded(floor.now, third, LegEnd.HUNG_UP)).leaves(call);
    floor.desk("ben").completes(call, "refund", "one");
    floor.desk("ben").completes(call, "refund", "two");
    assertThat(floor.state("ben")).isEqualTo("ready");
  }
}
