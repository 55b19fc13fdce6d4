package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.event.CallEvent.ConsultationEnded;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.ConsultationEnd;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.figures.FiguresFold;
import org.switchroom.cti.figures.QueueFigure;
import org.switchroom.cti.figures.QueueFigures;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.screens.ScreenPop;

/// An agent asks somebody while the caller is on hold: goes to and fro, hands the caller over, or
/// comes back.
class ConsultTest {
  private final TestFloor floor =
      TestPlan.of("sales", "billing")
          .agent("ann", "sales")
          .agent("ben", "billing")
          .agent("cho", "sales")
          .wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO)
          .open();

  private final Desk ann = floor.desk("ann");
  private CallId call;
  private LegId leg;

  @BeforeEach
  void annTalks() {
    floor.ready("ann");
    call = floor.caller("sales");
    leg = floor.answers("ann");
    floor.after(20);
  }

  /// The PBX has the caller on hold and the own call in the hold.
  private CallId asks(Optional<Refusal> asked) {
    assertThat(asked).isEmpty();
    floor.putsOnHold(call);
    return floor.holds(own());
  }

  private CallId own() {
    return floor.engine.state().call(call).flatMap(Call::consultation).orElseThrow();
  }

  private CallId asksBilling() {
    return asks(ann.asksQueue(call, "billing", "wants a refund"));
  }

  private LegId benAnswers() {
    floor.ready("ben");
    return floor.answers("ben");
  }

  private void endedBy(ConsultationEnd how) {
    assertThat(floor.last(ConsultationEnded.class).end()).isEqualTo(how);
    assertThat(floor.engine.state().call(call).flatMap(Call::consultation)).isEmpty();
  }

  // ── Asking ──────────────────────────────────────────────────────────────────────────────────

  @Test
  void whoeverIsAskedSeesWhatTheAgentSeesAndTheCallerIsOnHold() {
    CallId own = asksBilling();
    assertThat(floor.commands())
        .containsSequence(new PbxCommand.Hold(call, leg), new PbxCommand.Consult(own, leg));
    assertThat(floor.state("ann")).isEqualTo("consulting");
    benAnswers();
    ScreenPop pop = floor.pop("ben");
    assertThat(pop.from()).isEqualTo(floor.pop("ann").from());
    assertThat(pop.path()).isEqualTo(floor.pop("ann").path());
    assertThat(pop.handedOver())
        .contains(new ScreenPop.HandedOver("Ann", "wants a refund", Draft.NONE));
    floor.restarts();
    assertThat(floor.state("ann")).isEqualTo("consulting");
    assertThat(floor.state("ben")).isEqualTo("talking");
  }

  /// Their phone is gone in the moment in which they are asked.
  @Test
  void aColleagueWhoCannotBeRungIsNotReplacedByAnother() {
    floor.ready("ben", "cho");
    assertThat(ann.asksColleague(call, "ben", "")).isEmpty();
    floor.phone("ben", PhoneState.UNREACHABLE);
    floor.putsOnHold(call);
    CallId own = floor.holds(own());
    assertThat(floor.offers()).noneMatch(one -> one.contact().value().equals(own.value()));
    assertThat(floor.state("cho")).isEqualTo("ready");
    assertThat(floor.commands()).contains(new PbxCommand.HangUpCall(own));
    floor.leaves(own);
    endedBy(ConsultationEnd.OTHER_LEFT);
    assertThat(floor.state("ann")).isEqualTo("hold");
  }

  @Test
  void aColleagueIsAskedAndNobodyElse() {
    floor.ready("ben", "cho");
    asks(ann.asksColleague(call, "ben", ""));
    floor.rings("ben");
    floor.ends("ben", LegEnd.NO_ANSWER);
    assertThat(floor.state("cho")).isEqualTo("ready");
    assertThat(floor.commands()).last().isEqualTo(new PbxCommand.HangUpCall(own()));
    floor.leaves(own());
    endedBy(ConsultationEnd.OTHER_LEFT);
    assertThat(floor.state("ann")).as("the caller is still theirs").isEqualTo("hold");
  }

  @Test
  void whatCannotBeIsRefusedAndChangesNothing() {
    assertThat(ann.asksQueue(call, "nowhere", "")).contains(Refusal.NO_QUEUE);
    assertThat(ann.asksColleague(call, "ann", "")).contains(Refusal.TO_ONESELF);
    assertThat(ann.asksColleague(call, "ben", "")).contains(Refusal.COLLEAGUE_AWAY);
    assertThat(ann.alternates(call)).contains(Refusal.NO_CONSULTATION);
    assertThat(ann.completesConsultation(call)).contains(Refusal.NO_CONSULTATION);
    assertThat(ann.cancelsConsultation(call)).contains(Refusal.NO_CONSULTATION);
    assertThat(floor.desk("ben").asksQueue(call, "billing", "")).contains(Refusal.NO_CALL);
    asksBilling();
    assertThat(ann.asksQueue(call, "sales", "")).contains(Refusal.CONSULTING);
  }

  /// Who has cancelled asks again within the millisecond.
  @Test
  void eachOwnCallIsAnother() {
    CallId first = asksBilling();
    ann.cancelsConsultation(call);
    assertThat(ann.asksQueue(call, "billing", ""))
        .as("the PBX would lose the hold beside the other")
        .contains(Refusal.UNDER_WAY);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    assertThat(ann.asksQueue(call, "billing", "")).isEmpty();
    CallId second = own();
    assertThat(second).isNotEqualTo(first);
    floor.leaves(first);
    assertThat(own()).isEqualTo(second);
  }

  @Test
  void whatColleaguesSayToEachOtherIsNotRecordedOnDemand() {
    floor.reload(
        plan ->
            plan.queue("billing", queue -> queue.withRecording(RecordingPlan.ON_DEMAND))
                .queue("sales", queue -> queue.withRecording(RecordingPlan.ON_DEMAND)));
    assertThat(floor.agent("ann").contacts().getFirst().mayRecord()).isTrue();
    CallId own = asksBilling();
    benAnswers();
    assertThat(floor.agent("ben").contacts().getFirst().mayRecord()).isFalse();
    assertThat(floor.desk("ben").records(own)).contains(Refusal.NOT_TO_RECORD);
    ann.completesConsultation(call);
    assertThat(floor.agent("ben").contacts().getFirst().mayRecord()).as("with the caller").isTrue();
  }

  // ── To and fro ──────────────────────────────────────────────────────────────────────────────

  @Test
  void theAgentGoesToTheCallerAndBack() {
    CallId own = asksBilling();
    benAnswers();
    assertThat(ann.alternates(call)).isEmpty();
    assertThat(floor.commands()).last().isEqualTo(new PbxCommand.Retrieve(leg));
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.state("ben")).as("hears music").isEqualTo("talking");
    assertThat(ann.alternates(call)).isEmpty();
    assertThat(floor.commands())
        .endsWith(new PbxCommand.Hold(call, leg), new PbxCommand.BackToConsultation(own));
    floor.putsOnHold(call);
    assertThat(floor.state("ann")).isEqualTo("consulting");
  }

  @Test
  void cancelledTheAgentHasTheCallerAgain() {
    CallId own = asksBilling();
    benAnswers();
    assertThat(ann.cancelsConsultation(call)).isEmpty();
    assertThat(floor.commands())
        .endsWith(new PbxCommand.HangUpCall(own), new PbxCommand.Retrieve(leg));
    endedBy(ConsultationEnd.CANCELLED);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg)).leaves(own);
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.state("ben")).as("with nothing to write down").isEqualTo("ready");
    assertThat(floor.outcomes(own)).containsExactly(ContactOutcome.CONSULTED);
    assertThat(ann.asksQueue(call, "billing", "")).as("once more").isEmpty();
  }

  /// It may come when it is over already.
  @Test
  void anOwnCallThatComesTooLateRingsNobody() {
    floor.ready("ben");
    ann.asksQueue(call, "billing", "");
    floor.putsOnHold(call);
    CallId own = own();
    ann.cancelsConsultation(call);
    floor.holds(own);
    assertThat(floor.commands()).last().isEqualTo(new PbxCommand.HangUpCall(own));
    assertThat(floor.state("ben")).isEqualTo("ready");
  }

  // ── Handing over ────────────────────────────────────────────────────────────────────────────

  @Test
  void theColleagueHasTheCallerWhenTheAgentIsDone() {
    CallId own = asksBilling();
    LegId bens = benAnswers();
    floor.desk("ben").asks(id -> draft(id, own));
    ann.types(call, "refund", "asked the warehouse");
    assertThat(ann.completesConsultation(call)).isEmpty();
    assertThat(floor.state("ann")).as("at once").isEqualTo("wrap-up");
    assertThat(floor.pop("ben").handedOver().orElseThrow().draft().note())
        .isEqualTo("asked the warehouse");
    assertThat(floor.commands())
        .endsWith(
            new PbxCommand.Adopt(call, bens, "ben", ""),
            new PbxCommand.Retrieve(bens),
            new PbxCommand.HangUpLeg(leg));
    endedBy(ConsultationEnd.COMPLETED);
    assertThat(floor.state("ben")).isEqualTo("talking");
    assertThat(floor.pop("ben").contact()).isEqualTo(TestFloor.contactOf(call));
    assertThat(floor.pop("ben").handedOver().orElseThrow().why()).isEqualTo("wants a refund");
    assertThat(floor.pop("ben").draft().note()).isEqualTo("refund is due");
    floor.happens(new PbxEvent.LegConnected(floor.now, bens)).leaves(own);
    floor.restarts();
    floor.leaves(call);
    assertThat(floor.events(TalkEnded.class))
        .extracting(one -> one.agent().value(), one -> one.contact().value(), TalkEnded::end)
        .containsExactly(
            tuple("ann", call.value(), TalkEnd.TRANSFERRED),
            tuple("ben", own.value(), TalkEnd.TRANSFERRED),
            tuple("ben", call.value(), TalkEnd.CALLER_LEFT));
    assertThat(floor.events(ContactAnswered.class))
        .extracting(ContactAnswered::handedOver)
        .as("out of their queues, and handed over")
        .containsExactly(false, false, true);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
    assertThat(floor.outcomes(own)).containsExactly(ContactOutcome.CONSULTED);
  }

  /// Offered and answered once, by whoever had them first; both have talked.
  @Test
  void whoeverIsAskedTheCallerIsOneInTheFigures() {
    asksBilling();
    floor.after(60);
    benAnswers();
    assertThat(ann.completesConsultation(call)).isEmpty();
    floor.leaves(call);
    var sums = new HashMap<String, QueueFigures>();
    for (Turn turn : floor.turns()) {
      FiguresFold.counted(turn)
          .forEach(one -> sums.merge(one.queue().value(), one.figures(), QueueFigures::plus));
    }
    QueueFigures all = sums.values().stream().reduce(QueueFigures.NONE, QueueFigures::plus);
    assertThat(all.offered()).isOne();
    assertThat(all.count(QueueFigure.ANSWERED)).isOne();
    assertThat(all.count(QueueFigure.TALKS)).isEqualTo(2);
    assertThat(sums.get("billing")).as("nobody has called for it").isNull();
  }

  private static Input.KeepDraft draft(CommandId id, CallId own) {
    return new Input.KeepDraft(
        id, new AgentId("ben"), TestFloor.contactOf(own), "", "refund is due");
  }

  @Test
  void whereNobodyHasAnsweredTheCallerTakesThePlaceInTheQueueWithItsAge() {
    CallId own = asksBilling();
    floor.after(30);
    assertThat(ann.completesConsultation(call)).isEmpty();
    assertThat(floor.commands())
        .contains(
            new PbxCommand.TakeBack(call),
            new PbxCommand.HangUpCall(own),
            new PbxCommand.HangUpLeg(leg));
    ContactQueued queued = floor.last(ContactQueued.class);
    assertThat(queued.contact()).isEqualTo(TestFloor.contactOf(call));
    assertThat(queued.queue().value()).isEqualTo("billing");
    assertThat(Duration.between(queued.since(), floor.now)).isEqualTo(Duration.ofSeconds(30));
    assertThat(floor.last(ContactLeft.class).end()).isEqualTo(StayEnd.PUT_THROUGH);
    floor.leaves(own).holds(call);
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    benAnswers();
    assertThat(floor.pop("ben").contact()).isEqualTo(TestFloor.contactOf(call));
    assertThat(floor.pop("ben").handedOver().orElseThrow().why()).isEqualTo("wants a refund");
  }

  @Test
  void whileAColleaguesPhoneRingsTheCallerIsOfferedToThem() {
    floor.ready("ben");
    CallId own = asks(ann.asksColleague(call, "ben", ""));
    LegId rang = floor.rings("ben");
    ann.completesConsultation(call);
    assertThat(floor.commands()).contains(new PbxCommand.CancelRing(own, rang));
    floor.leaves(own).holds(call);
    floor.answers("ben");
    assertThat(floor.pop("ben").contact()).isEqualTo(TestFloor.contactOf(call));
  }

  /// The own call has not come to the hold yet.
  @Test
  void inAHurryTheCallerWaitsWhereTheAgentWouldHaveAsked() {
    assertThat(ann.asksQueue(call, "billing", "refund")).isEmpty();
    floor.putsOnHold(call);
    CallId own = own();
    assertThat(ann.completesConsultation(call)).isEmpty();
    floor.holds(call);
    assertThat(floor.last(ContactQueued.class).contact()).isEqualTo(TestFloor.contactOf(call));
    assertThat(floor.last(ContactQueued.class).queue().value()).isEqualTo("billing");
    floor.holds(own);
    floor.leaves(own);
    benAnswers();
    assertThat(floor.pop("ben").handedOver().orElseThrow().why()).isEqualTo("refund");
  }

  @Test
  void anAgentWhoHangsUpWhileTheyAskHandsOver() {
    asksBilling();
    LegId bens = benAnswers();
    floor.hangsUp("ann");
    assertThat(floor.commands()).contains(new PbxCommand.Retrieve(bens));
    assertThat(floor.commands()).doesNotContain(new PbxCommand.HangUpCall(call));
    assertThat(floor.pop("ben").contact()).isEqualTo(TestFloor.contactOf(call));
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
  }

  /// Else the caller would be in a talk that ends with the agent's leg, and be hung up.
  @Test
  void aCallerWhoIsHandedToSomebodyWhoHoldsIsOnHoldBeforeTheAgentLeaves() {
    CallId own = asksBilling();
    benAnswers();
    floor.desk("ben").holds(own);
    floor.putsOnHold(own);
    ann.alternates(call);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    assertThat(ann.completesConsultation(call)).isEmpty();
    assertThat(floor.commands())
        .endsWith(
            new PbxCommand.Hold(call, leg),
            new PbxCommand.HangUpCall(own),
            new PbxCommand.HangUpLeg(leg));
    floor.putsOnHold(call).leaves(own);
    assertThat(floor.state("ben")).isEqualTo("hold");
    assertThat(floor.desk("ben").retrieves(call)).isEmpty();
  }

  /// Who was asked first has given the own call on: the caller is the agent's to hand over.
  @Test
  void whoeverTheAgentIsWithNowHasTheCallerFromTheAgent() {
    CallId own = asksBilling();
    benAnswers();
    floor.desk("ben").givesToQueue(own, "sales");
    floor.holds(own);
    floor.ready("cho");
    floor.answers("cho");
    assertThat(ann.completesConsultation(call)).isEmpty();
    assertThat(floor.pop("cho").contact()).isEqualTo(TestFloor.contactOf(call));
    assertThat(floor.pop("cho").handedOver().orElseThrow().by()).isEqualTo("Ann");
  }

  // ── Whoever leaves ──────────────────────────────────────────────────────────────────────────

  @Test
  void aColleagueWhoHangsUpLeavesTheCallerWithTheAgent() {
    CallId own = asksBilling();
    benAnswers();
    floor.hangsUp("ben");
    assertThat(floor.state("ben")).isEqualTo("ready");
    floor.leaves(own);
    endedBy(ConsultationEnd.OTHER_LEFT);
    assertThat(floor.state("ann")).isEqualTo("hold");
    assertThat(ann.retrieves(call)).isEmpty();
  }

  @Test
  void aCallerWhoHangsUpEndsTheAsking() {
    CallId own = asksBilling();
    benAnswers();
    floor.leaves(call);
    assertThat(floor.commands())
        .contains(new PbxCommand.HangUpCall(own), new PbxCommand.HangUpLeg(leg));
    floor.leaves(own);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.state("ben")).isEqualTo("ready");
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
  }

  /// They are not given back to the queue meanwhile, however long it takes.
  @Test
  void whoeverAsksIsNotForgetful() {
    floor.reload(
        plan ->
            plan.queue(
                "sales",
                queue ->
                    queue.withHold(new HoldCare(Duration.ofSeconds(10), Duration.ofSeconds(60)))));
    asksBilling();
    floor.after(120);
    assertThat(floor.state("ann")).isEqualTo("consulting");
    assertThat(floor.commands()).doesNotContain(new PbxCommand.TakeBack(call));
  }

  /// The dialplan would end the hold after two hours, and the caller with it.
  @Test
  void whoIsAskedForHoursDoesNotCostTheCallersCall() {
    asksBilling();
    benAnswers();
    floor.after(Duration.ofMinutes(109));
    assertThat(floor.state("ann")).isEqualTo("consulting");
    floor.after(Duration.ofMinutes(2));
    assertThat(floor.commands()).contains(new PbxCommand.TakeBack(call));
    assertThat(floor.last(TalkEnded.class).end()).isEqualTo(TalkEnd.HELD_TOO_LONG);
  }

  @Test
  void anOwnCallThatCouldNotBeginLeavesTheCallerOnHold() {
    ann.asksQueue(call, "billing", "");
    floor.putsOnHold(call);
    floor.leaves(own());
    endedBy(ConsultationEnd.OTHER_LEFT);
    assertThat(floor.state("ann")).isEqualTo("hold");
  }

  /// The link was lost in the moment in which it began.
  @Test
  void anOwnCallThatNobodyKnowsOfEndsOnThePbxToo() {
    CallId own = asksBilling();
    PbxEvent.Synchronized list = floor.pbx.list(floor.now, call.pbx());
    floor.leaves(own);
    floor.linkIsLost().after(1);
    int sent = floor.commands().size();
    floor.says(list);
    assertThat(floor.commands().stream().skip(sent)).contains(new PbxCommand.HangUpCall(own));
    floor.startsWithoutLedger().says(list);
    assertThat(floor.commands()).last().isEqualTo(new PbxCommand.HangUpCall(own));
  }

  // ── Lost on the way ─────────────────────────────────────────────────────────────────────────

  /// The link was lost with what was sent on it, or the server ended before it sent anything.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whomThePbxHasNotHeardOfIsHandedOverOnceMore(boolean crash) {
    asksBilling();
    LegId bens = benAnswers();
    PbxEvent.Synchronized asking = floor.pbx.list(floor.now, call.pbx());
    ann.completesConsultation(call);
    if (crash) floor.crashes().starts();
    else floor.linkIsLost();
    int sent = floor.commands().size();
    floor.after(2).says(asking);
    assertThat(floor.commands().stream().skip(sent))
        .containsSubsequence(
            new PbxCommand.Adopt(call, bens, "ben", ""),
            new PbxCommand.Retrieve(bens),
            new PbxCommand.HangUpLeg(leg));
    assertThat(floor.pop("ben").contact()).isEqualTo(TestFloor.contactOf(call));
    assertThat(floor.state("ben")).isEqualTo("talking");
  }

  /// One list may have crossed with what was sent.
  @Test
  void whoIsStillOnHoldByTwoListsIsHandedOverOnceMore() {
    asksBilling();
    LegId bens = benAnswers();
    PbxEvent.Compared asking = floor.pbx.compared(floor.now, call.pbx());
    ann.completesConsultation(call);
    int sent = floor.commands().size();
    floor.takes(new Input.FromPbx(asking));
    assertThat(floor.commands()).hasSize(sent);
    floor.takes(new Input.FromPbx(asking));
    assertThat(floor.commands().stream().skip(sent)).contains(new PbxCommand.Retrieve(bens));
  }
}
