package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
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
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.screens.ScreenPop;

/// Agents give callers away by the desk: to a queue, a colleague or a number. What is known goes
/// along, and nobody is lost.
class DeskTransferTest {
  private static final Dialing OUTSIDE =
      new Dialing(
          "PJSIP/{number}@trunk",
          "TW",
          List.of(new DialPattern("+8869")),
          List.of(),
          new Dialing.Limits(Duration.ofMinutes(30), 20, 500, 1, 100));

  private final TestFloor floor =
      TestPlan.of("sales", "billing")
          .agent("ann", "sales")
          .agent("ben", "billing")
          .agent("cho", "sales")
          .wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO)
          .dialing(OUTSIDE)
          .open();

  private LegId leg;

  private CallId annTalks() {
    floor.ready("ann");
    CallId call = floor.caller("sales");
    leg = floor.answers("ann");
    floor.after(20);
    return call;
  }

  // ── Where they would stand ──────────────────────────────────────────────────────────────────

  private Map<QueueId, Integer> places(CallId call) {
    var queues = List.of(new QueueId("billing"), new QueueId("none"));
    floor.takes(new Input.AskPlaces(++questions, TestFloor.contactOf(call), queues));
    var answer = (Effect.TellPlaces) floor.effects.getLast();
    assertThat(answer.question()).isEqualTo(questions);
    return answer.places();
  }

  private long questions;

  @Test
  void whereTheyWouldStandIsKnownBefore() {
    CallId call = annTalks();
    var billing = new QueueId("billing");
    assertThat(places(call)).isEqualTo(Map.of(billing, 1));
    floor.caller("billing");
    floor.after(1).caller("billing");
    int known = floor.turns.size();
    assertThat(places(call)).isEqualTo(Map.of(billing, 3));
    assertThat(floor.turns).as("nothing has changed").hasSize(known);
    floor.setsAside("places");
    assertThat(places(call)).as("a fault in it is nobody's").isEmpty();
  }

  @Test
  void whoIsUrgentWouldStandBeforeOthers() {
    CallId call = floor.caller("sales");
    floor.desk("sup").boosts(call, 9);
    floor.ready("ann");
    floor.answers("ann");
    floor.caller("billing");
    assertThat(places(call)).isEqualTo(Map.of(new QueueId("billing"), 1));
  }

  private void heldByThePbx(CallId call) {
    floor.holds(call);
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
  }

  // ── Where to ────────────────────────────────────────────────────────────────────────────────

  @Test
  void aCallerWhoIsGivenToAQueueWaitsThereAndTheAgentIsDone() {
    CallId call = annTalks();
    floor.ready("ben");
    assertThat(floor.desk("ann").givesToQueue(call, "billing")).isEmpty();
    assertThat(floor.state("ann")).as("at once").isEqualTo("wrap-up");
    assertThat(floor.commands())
        .containsSequence(new PbxCommand.TakeBack(call), new PbxCommand.HangUpLeg(leg));
    heldByThePbx(call);
    assertThat(floor.last(ContactQueued.class).queue().value()).isEqualTo("billing");
    floor.answers("ben");
    assertThat(floor.pop("ben").contact()).isEqualTo(TestFloor.contactOf(call));
    floor.leaves(call);
    assertThat(floor.events(TalkEnded.class))
        .extracting(one -> one.agent().value(), TalkEnded::end, TalkEnded::to)
        .containsExactly(
            tuple("ann", TalkEnd.TRANSFERRED, "billing"), tuple("ben", TalkEnd.CALLER_LEFT, ""));
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
  }

  @Test
  void aColleagueIsAskedFirstAndToldByWhomAndWhy() {
    CallId call = annTalks();
    floor.ready("cho", "ben");
    floor.desk("ann").types(call, "refund", "asked the warehouse");
    assertThat(floor.desk("ann").givesTo(call, "ben", "wants a refund")).isEmpty();
    heldByThePbx(call);
    floor.restarts().answers("ben");
    var typed = new Draft("refund", "asked the warehouse");
    assertThat(floor.pop("ben").handedOver())
        .contains(new ScreenPop.HandedOver("Ann", "wants a refund", typed));
    assertThat(floor.pop("ben").draft()).as("is theirs").isEqualTo(Draft.NONE);
    assertThat(floor.state("cho")).as("is not asked").isEqualTo("ready");
  }

  /// Ben gives back to Ann, who had sent the caller on and would else be passed over.
  @Test
  void whoHasSentSomebodyOnMayBeGivenThemBack() {
    CallId call = annTalks();
    floor.ready("ben", "cho");
    floor.desk("ann").givesTo(call, "ben", "");
    heldByThePbx(call);
    leg = floor.answers("ben");
    floor.desk("ann").completes(call, "refund", "");
    floor.desk("ann").isReady();
    assertThat(floor.desk("ben").givesTo(call, "ann", "not mine")).isEmpty();
    heldByThePbx(call);
    floor.answers("ann");
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.pop("ann").handedOver().orElseThrow().why()).isEqualTo("not mine");
  }

  /// A colleague who does not come keeps nobody: others of the queue are asked then, and the agent
  /// who has sent the caller on is not.
  @Test
  void whoWaitsForAColleagueForTooLongIsForAnybody() {
    CallId call = annTalks();
    floor.ready("ben");
    floor.caller("billing");
    floor.answers("ben");
    assertThat(floor.desk("ann").givesTo(call, "ben", "")).isEmpty();
    heldByThePbx(call);
    floor.ready("cho");
    assertThat(floor.state("cho")).isEqualTo("ready");
    floor.after(AskedFirst.ALONE.toSeconds() + 1);
    floor.answers("cho");
    assertThat(floor.state("cho")).isEqualTo("talking");
  }

  @Test
  void aNumberOutsideIsDialedAndIsTheLastThatIsKnownOfTheCaller() {
    CallId call = annTalks();
    assertThat(floor.desk("ann").givesToNumber(call, "0912 345 678")).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.commands())
        .contains(
            new PbxCommand.Dial(
                call,
                "+886912345678",
                "PJSIP/+886912345678@trunk",
                DialRules.RING_OUTSIDE,
                Dialing.Limits.DEFAULT.given()));
    floor.after(60).leaves(call);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.TRANSFERRED);
  }

  @Test
  void whomNobodyAnswersOutsideWaitsAgainForSomebodyElse() {
    CallId call = annTalks();
    floor.desk("ann").givesToNumber(call, "0912345678");
    floor.desk("ann").completes(call, "refund", "");
    floor.desk("ann").isReady();
    floor.ready("cho");
    floor.after(30).begins(call);
    floor.ends(call, Script.over("ended"));
    floor.holds(call);
    assertThat(floor.last(ContactQueued.class).queue().value()).isEqualTo("sales");
    floor.answers("cho");
    assertThat(floor.state("cho")).isEqualTo("talking");
    assertThat(floor.state("ann")).as("has sent them away").isEqualTo("ready");
  }

  @Test
  void aCallerOnHoldIsGivenAwayAlike() {
    CallId call = annTalks();
    floor.desk("ann").holds(call);
    floor.happens(new PbxEvent.CallHeld(floor.now, call));
    assertThat(floor.desk("ann").givesToQueue(call, "billing")).isEmpty();
    heldByThePbx(call);
    assertThat(floor.last(ContactQueued.class).queue().value()).isEqualTo("billing");
    assertThat(floor.commands()).doesNotContain(new PbxCommand.HangUpCall(call));
  }

  // ── When not ────────────────────────────────────────────────────────────────────────────────

  @Test
  void whatCannotBeIsRefusedAndChangesNothing() {
    CallId call = annTalks();
    Desk ann = floor.desk("ann");
    assertThat(ann.givesToQueue(call, "nowhere")).contains(Refusal.NO_QUEUE);
    assertThat(ann.givesTo(call, "ann", "")).contains(Refusal.TO_ONESELF);
    assertThat(ann.givesTo(call, "ben", "")).contains(Refusal.COLLEAGUE_AWAY);
    floor.desk("ben").logsIn();
    assertThat(ann.givesTo(call, "ben", "")).as("not ready").contains(Refusal.COLLEAGUE_AWAY);
    assertThat(ann.givesTo(call, "nobody", "")).contains(Refusal.COLLEAGUE_AWAY);
    assertThat(ann.givesToNumber(call, "0203 123 456").orElseThrow().code())
        .isEqualTo("dial-costly");
    assertThat(ann.givesToNumber(call, "+44 20 7946 0000").orElseThrow().code())
        .isEqualTo("dial-not-allowed");
    assertThat(floor.desk("ben").givesToQueue(call, "billing")).contains(Refusal.NO_CALL);
    assertThat(floor.state("ann")).isEqualTo("talking");
    ann.givesToQueue(call, "billing");
    assertThat(ann.givesToQueue(call, "sales")).as("a second click").contains(Refusal.NO_CALL);
  }

  /// Whom the router would not ask: the caller would go to somebody else at once.
  @Test
  void whosePhoneDoesNotRingIsGivenNobody() {
    CallId call = annTalks();
    floor.ready("ben");
    String bens = floor.plan.phone("ben");
    floor.happens(new PbxEvent.PhoneChanged(floor.now, bens, PhoneState.UNREACHABLE));
    assertThat(floor.desk("ann").givesTo(call, "ben", "")).contains(Refusal.COLLEAGUE_AWAY);
    assertThat(floor.desk("ann").asksColleague(call, "ben", "")).contains(Refusal.COLLEAGUE_AWAY);
    floor.happens(new PbxEvent.PhoneChanged(floor.now, bens, PhoneState.AVAILABLE));
    assertThat(floor.desk("ann").givesTo(call, "ben", "")).isEmpty();
  }

  @Test
  void whoGoesAfterTheirTalkOrDoesWorkOnlyIsGivenNobody() {
    CallId call = annTalks();
    floor.ready("ben");
    floor.caller("billing");
    floor.answers("ben");
    floor.desk("ben").takesBreak("lunch");
    assertThat(floor.state("ben")).isEqualTo("talking");
    assertThat(floor.desk("ann").givesTo(call, "ben", "")).contains(Refusal.COLLEAGUE_AWAY);
    floor.desk("ben").isReady();
    floor.reload(plan -> plan.capacity("cho", new Capacity(Map.of(Channel.TASK, 1), 1)));
    floor.ready("cho");
    assertThat(floor.desk("ann").givesTo(call, "cho", "")).contains(Refusal.COLLEAGUE_AWAY);
    assertThat(floor.desk("ann").givesTo(call, "ben", "")).as("has thought again").isEmpty();
  }

  // ── Kills ───────────────────────────────────────────────────────────────────────────────────

  /// The process ends when the caller is on the way.
  @Test
  void whoWasGivenAwayWhenTheServerEndedWaitsWhereTheyWereSent() {
    CallId call = annTalks();
    floor.ready("ben");
    floor.desk("ann").givesTo(call, "ben", "refund");
    floor.crashes().starts().connect().ready("ben");
    heldByThePbx(call);
    floor.after(1);
    floor.answers("ben");
    assertThat(floor.state("ben")).isEqualTo("talking");
    assertThat(floor.pop("ben").handedOver().orElseThrow().why()).isEqualTo("refund");
  }

  // ── Lost on the way ─────────────────────────────────────────────────────────────────────────

  private void talkedOnce() {
    assertThat(floor.events(TalkEnded.class))
        .extracting(one -> one.agent().value(), TalkEnded::end)
        .containsExactly(tuple("ann", TalkEnd.TRANSFERRED));
    assertThat(floor.events(ContactAnswered.class)).hasSize(1);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
  }

  /// The link was lost with what was sent on it, or the server ended before it sent anything.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whomThePbxHasNotHeardOfIsGivenAwayOnceMore(boolean crash) {
    CallId call = annTalks();
    PbxEvent.Synchronized talking = floor.pbx.list(floor.now, call.pbx());
    floor.desk("ann").givesToQueue(call, "billing");
    if (crash) floor.crashes().starts();
    else floor.linkIsLost();
    int sent = floor.commands().size();
    floor.after(2).says(talking);
    assertThat(floor.commands().stream().skip(sent))
        .containsExactly(new PbxCommand.TakeBack(call), new PbxCommand.HangUpLeg(leg));
    talkedOnce();
    heldByThePbx(call);
    assertThat(floor.last(ContactQueued.class).queue().value()).isEqualTo("billing");
  }

  /// It may be dialed, or not: they wait as if nobody had answered there.
  @Test
  void aNumberThatWasLostOnTheWayIsNotDialedAgain() {
    CallId call = annTalks();
    PbxEvent.Synchronized talking = floor.pbx.list(floor.now, call.pbx());
    floor.desk("ann").givesToNumber(call, "0912345678");
    floor.crashes().starts().says(talking);
    talkedOnce();
    heldByThePbx(call);
    assertThat(floor.last(ContactQueued.class).queue().value()).isEqualTo("sales");
    assertThat(floor.engine.state().outgoing().live()).isEmpty();
  }

  @Test
  void whoIsStillOnHoldIsGivenAwayOnceMoreAndNotHungUp() {
    CallId call = annTalks();
    floor.desk("ann").holds(call);
    floor.happens(new PbxEvent.CallHeld(floor.now, call));
    floor.desk("ann").givesToQueue(call, "billing");
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    int sent = floor.commands().size();
    floor.compares().compares();
    assertThat(floor.commands().stream().skip(sent))
        .contains(new PbxCommand.TakeBack(call))
        .doesNotContain(new PbxCommand.HangUpCall(call));
    talkedOnce();
  }

  /// One list may have crossed with what was sent.
  @Test
  void whoStillTalksByTwoListsIsGivenAwayOnceMore() {
    CallId call = annTalks();
    PbxEvent.Compared talking = floor.pbx.compared(floor.now, call.pbx());
    floor.desk("ann").givesToQueue(call, "billing");
    int sent = floor.commands().size();
    floor.takes(new Input.FromPbx(talking));
    assertThat(floor.commands()).hasSize(sent);
    floor.takes(new Input.FromPbx(talking));
    assertThat(floor.commands().stream().skip(sent))
        .contains(new PbxCommand.TakeBack(call), new PbxCommand.HangUpLeg(leg));
    talkedOnce();
  }

  /// A frozen script's end may come at any time.
  @Test
  void aScriptsLateWordDoesNotChangeWhereTheyGo() {
    CallId call = annTalks();
    floor.desk("ann").givesToQueue(call, "billing");
    floor.ends(call, Script.over("hung-up"));
    heldByThePbx(call);
    assertThat(floor.last(ContactQueued.class).queue().value()).isEqualTo("billing");
  }

  @Test
  void inAnotherQueueTheyHearItsMusic() {
    CallId call = annTalks();
    floor.reload(plan -> plan.queue("billing", queue -> queue.withMusic("jazz")));
    floor.desk("ann").givesToQueue(call, "billing");
    assertThat(floor.commands())
        .as("before they are in the hold")
        .containsSequence(
            new PbxCommand.Music(call, "jazz"),
            new PbxCommand.TakeBack(call),
            new PbxCommand.HangUpLeg(leg));
  }
}
