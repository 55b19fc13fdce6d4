package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.agent.InHand.Stage;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactCutOff;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.ContactReset;
import org.switchroom.cti.event.ContactEvent.FallbackTalked;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.event.WrapUpEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.CallerName;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.EndedCall;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.ivr.Outcome.TrailEntry;

/// A server that starts after another was killed: the ledger says what was, the PBX what is.
class RecoveryTest {
  private static final AgentId ANN = new AgentId("ann");
  private static final AgentId BEN = new AgentId("ben");
  private static final QueueId Q = new QueueId("q");

  private static final TestPlan PLAN = TestPlan.of("q").agents("ann", "ben");
  private static final TestPlan MANDATORY = PLAN.wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO);

  private static CustomerCard card(long id) {
    return new CustomerCard(Customer.of(id, "Chen", "gold", ""), List.of(), List.of());
  }

  // ── Agents ──────────────────────────────────────────────────────────────────────────────────

  @Test
  void agentsAreAsTheyWereToldAndHaveAWhileToComeBack() {
    var floor = PLAN.open().ready("ann", "ben");
    floor.desk("ann").opens();
    floor.desk("ben").opens().takesBreak("lunch");
    floor.after(60).restarts();
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.state("ben")).isEqualTo("not-ready");
    assertThat(floor.agent("ben").reason()).isEqualTo("lunch");
    floor.desk("ann").opens();
    floor.after(16);
    assertThat(floor.state("ann")).as("her desk is back").isEqualTo("ready");
    floor.restarts().after(16);
    assertThat(floor.agent("ann").reason()).as("nobody sits there").isEqualTo("desk-lost");
  }

  @Test
  void aDeskThatWasGoneAlreadyHasItsWhileAnew() {
    var floor = PLAN.open().ready("ann");
    floor.desk("ann").opens().closes();
    floor.after(10).crashes().after(600).starts().connect().after(14);
    assertThat(floor.state("ann")).isEqualTo("ready");
    floor.after(2);
    assertThat(floor.agent("ann").reason()).isEqualTo("desk-lost");
  }

  @Test
  void whatWasAskedForWhileBusyIsDoneAfterwards() {
    var floor = PLAN.open().ready("ann", "ben");
    CallId first = floor.caller();
    floor.answers("ann");
    CallId second = floor.caller();
    floor.answers("ben");
    floor.desk("ann").takesBreak("lunch");
    floor.desk("ben").logsOut();
    floor.restarts();
    assertThat(floor.agent("ann").pending()).isEqualTo("not-ready:lunch");
    assertThat(floor.agent("ben").pending()).isEqualTo("log-out");
    floor.leaves(first).leaves(second);
    assertThat(floor.agent("ann").reason()).isEqualTo("lunch");
    assertThat(floor.state("ben")).isEqualTo("logged-out");
  }

  // ── Those who wait ──────────────────────────────────────────────────────────────────────────

  @Test
  void waitingCallersAreOfferedInTheirOldOrder() {
    var floor = PLAN.open();
    CallId early = floor.caller();
    Instant came = floor.now;
    floor.after(80).caller();
    floor.crashes().after(30).starts().connect().ready("ann");
    assertThat(floor.lastRing().call()).isEqualTo(early);
    assertThat(floor.pop("ann").waitingSince()).as("a wait does not pause").isEqualTo(came);
  }

  @Test
  void whatACallerHasSaidBeforeIsNotAskedAgain() {
    var floor = PLAN.open();
    CallId call =
        floor.caller(
            Script.to("q").pressing("menu", "2").keyedIn(Map.of("order", "1234")).priority(3));
    floor.identified(call, card(7)).restarts().ready("ann");
    assertThat(floor.pop("ann").path()).containsExactly(new TrailEntry("menu", "2"));
    assertThat(floor.pop("ann").answers()).containsEntry("order", "1234");
    assertThat(floor.pop("ann").matches()).containsExactly(card(7));
    assertThat(floor.effects(Effect.LookUp.class)).as("it is known who they are").isEmpty();
    assertThat(floor.contact(call).stay().orElseThrow().priority()).isEqualTo(3);
  }

  @Test
  void whoWaitsInTheFallbackQueueIsTakenBackWithTheirAge() {
    var floor = PLAN.open().ready("ann").crashes();
    floor = PLAN.open();
    CallId fell = floor.caller();
    Instant came = floor.now;
    floor.after(60);
    CallId held = floor.caller();
    floor.crashes().happens(new PbxEvent.CallFellBack(floor.now, fell)).after(20);
    floor.starts().forget().connect();
    assertThat(floor.commands()).containsExactly(new PbxCommand.TakeBack(fell));
    floor.ready("ann");
    assertThat(floor.lastRing().call()).isEqualTo(fell);
    assertThat(floor.pop("ann").waitingSince()).isEqualTo(came);
    floor.forget().happens(new PbxEvent.CallFellBack(floor.now, held));
    assertThat(floor.commands()).containsExactly(new PbxCommand.TakeBack(held));
    assertThat(floor.liveCalls()).as("they wait all the while").isEqualTo(2);
  }

  @Test
  void whoFallsBackWhileAPhoneRingsIsTakenBackOnlyIfNobodyAnswers() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.happens(new PbxEvent.CallFellBack(floor.now, call));
    assertThat(floor.commands()).as("the answer pulls them out").isEmpty();
    floor.restarts();
    assertThat(floor.commands()).isEmpty();
    floor.ends("ann", LegEnd.NO_ANSWER);
    assertThat(floor.commands()).containsExactly(new PbxCommand.TakeBack(call));
  }

  // ── Rings ───────────────────────────────────────────────────────────────────────────────────

  @Test
  void anAgentWhosePhoneRingsIsRinging() {
    var floor = PLAN.open().ready("ann");
    CallId rings = floor.caller();
    LegId leg = floor.rings("ann");
    CallId waits = floor.caller();
    floor.restarts();
    assertThat(floor.state("ann")).isEqualTo("ringing");
    assertThat(floor.rings()).as("no phone is rung a second time").hasSize(1);
    assertThat(floor.pop("ann").call()).contains(rings);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    assertThat(floor.state("ann")).isEqualTo("talking");
    floor.hangsUp("ann");
    floor.leaves(rings);
    assertThat(floor.lastRing().call()).isEqualTo(waits);
  }

  @Test
  void anAdoptedRingThatIsNotAnsweredGoesToTheNextAgent() {
    var floor = PLAN.open().ready("ann").after(1).ready("ben");
    CallId call = floor.caller();
    Instant came = floor.now;
    floor.rings("ann");
    floor.after(5).restarts().ends("ann", LegEnd.NO_ANSWER);
    assertThat(floor.state("ann")).isEqualTo("not-ready");
    assertThat(floor.lastRing().agent()).isEqualTo("ben");
    assertThat(floor.lastRing().call()).isEqualTo(call);
    assertThat(floor.pop("ben").waitingSince()).isEqualTo(came);
  }

  @Test
  void aRingThatIsOverIsTakenBackAndPunishesNobody() {
    var floor = PLAN.open().ready("ann").after(1).ready("ben");
    CallId call = floor.caller();
    LegId leg = floor.rings("ann");
    floor.crashes().happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.NO_ANSWER)).after(5);
    floor.starts().connect();
    assertThat(floor.last(OfferEnded.class).end()).isEqualTo(OfferEnd.LOST);
    assertThat(floor.lastRing().agent()).as("she keeps her turn").isEqualTo("ann");
    assertThat(floor.lastRing().call()).isEqualTo(call);
    assertThat(floor.lastRing().leg()).as("on another leg").isNotEqualTo(leg);
  }

  @Test
  void aRingThatTheLastProcessHadNotSentIsMadeAgain() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.leg("ann");
    floor.crashes();
    // The PBX never heard of the leg.
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.UNREACHABLE));
    floor.starts().connect();
    assertThat(floor.rings()).hasSize(2);
    assertThat(floor.lastRing().call()).isEqualTo(call);
  }

  @Test
  void aPhoneThatRingsForAnAgentWhoHasGoneIsTakenBack() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.rings("ann");
    floor.crashes().starts(plan -> plan.without("ann")).connect();
    assertThat(floor.commands()).contains(new PbxCommand.CancelRing(call, leg));
    assertThat(floor.queue().waiting()).isOne();
    floor.ready("ben");
    assertThat(floor.lastRing().call()).isEqualTo(call);
  }

  @Test
  void aRingThatWasTakenBackWhileTheLinkWasDownIsTakenBackAgain() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.rings("ann");
    floor.linkIsLost().after(30);
    assertThat(floor.state("ann")).isEqualTo("not-ready");
    floor.forget().connect();
    assertThat(floor.commands()).containsExactly(new PbxCommand.CancelRing(call, leg));
  }

  // ── Talks ───────────────────────────────────────────────────────────────────────────────────

  @Test
  void aPhoneAnsweredWhileTheServerWasDownIsATalkWithItsPop() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.rings("ann");
    floor.crashes().after(1).answers("ann");
    floor.after(40).starts().after(1).connect();
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.pop("ann").call()).contains(call);
    assertThat(floor.events(OfferEnded.class)).as("nobody has missed it").isEmpty();
    floor.after(60);
    assertThat(floor.state("ann")).isEqualTo("talking");
    floor.hangsUp("ann");
    floor.leaves(call);
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
  }

  @Test
  void threePhonesAnsweredMeanwhileAreThreeTalks() {
    var floor = TestPlan.of("q").agents("ann", "ben", "cat").open().ready("ann", "ben", "cat");
    for (int i = 0; i < 3; i++) floor.caller();
    floor.crashes().after(2);
    for (String agent : List.of("ann", "ben", "cat")) floor.answers(agent);
    floor.after(28).starts().after(2).connect();
    for (String agent : List.of("ann", "ben", "cat")) {
      assertThat(floor.state(agent)).isEqualTo("talking");
    }
    assertThat(floor.events(OfferEnded.class)).isEmpty();
  }

  @Test
  void whoTalksTalksOnWithTheirPop() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    Instant answered = floor.now;
    floor.after(20).restarts();
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.pop("ann").call()).contains(call);
    floor.after(20).hangsUp("ann");
    assertThat(floor.last(TalkEnded.class).since())
        .as("the talk began before the start")
        .isEqualTo(answered);
  }

  @Test
  void whoIsOnHoldIsOnHoldStillOrNoMore() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.answers("ann");
    floor.after(5).putsOnHold(call).after(5).restarts();
    assertThat(floor.state("ann")).isEqualTo("hold");
    floor.crashes().happens(new PbxEvent.LegConnected(floor.now, leg));
    floor.starts().connect();
    assertThat(floor.state("ann")).isEqualTo("talking");
    floor.crashes().putsOnHold(call).starts().connect();
    assertThat(floor.state("ann")).isEqualTo("hold");
    floor.hangsUp("ann");
    assertThat(floor.commands()).contains(new PbxCommand.TakeBack(call));
  }

  /// By the PBX's list whoever had the caller before has them on hold: it has not heard that we
  /// hung up that leg, and the last agent's is gone.
  @Test
  void whoHadTheCallerBeforeIsNotGivenThemByALegThatWasHungUpInVain() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId first = floor.answers("ann");
    floor.putsOnHold(call).hangsUp("ann");
    floor.holds(call);
    floor.answers("ann");
    floor.putsOnHold(call).crashes();
    floor.starts();
    floor.saysOnly(
        new PbxEvent.LiveCall(
            call,
            new PhoneNumber("+88622"),
            new PhoneNumber("8001"),
            PbxEvent.Place.HELD,
            "q",
            Optional.of(floor.now.minusSeconds(20)),
            0,
            "",
            "",
            Optional.of(first),
            "ann"));
    assertThat(floor.commands())
        .contains(new PbxCommand.HangUpLeg(first), new PbxCommand.TakeBack(call));
    assertThat(floor.last(TalkEnded.class).end()).isEqualTo(TalkEnd.LEFT_ON_HOLD);
  }

  @Test
  void anAgentWhoHungUpMeanwhileWrapsUp() {
    var floor = MANDATORY.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.after(10).crashes().hangsUp("ann");
    floor.after(5).starts().connect();
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.contact(call).state()).isInstanceOf(ContactState.Handled.class);
    floor.leaves(call);
    assertThat(floor.pop("ann").call()).contains(call);
  }

  @Test
  void aTalkThatEndedUnseenIsWrappedUp() {
    var floor = MANDATORY.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.after(10).crashes().after(10).leaves(call);
    Instant ended = floor.now;
    floor.after(10).starts().connect();
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.pop("ann").call()).contains(call);
    assertThat(floor.last(ContactClosed.class))
        .isEqualTo(new ContactClosed(TestFloor.contactOf(call), ContactOutcome.ANSWERED, ended));
    assertThat(floor.last(TalkEnded.class).ended()).isEqualTo(ended);
  }

  @Test
  void aRingThatWasAnsweredAndIsOverIsATalkThatIsWrappedUp() {
    var floor = MANDATORY.open().ready("ann");
    CallId call = floor.caller();
    Instant came = floor.now;
    floor.rings("ann");
    floor.crashes().after(4).answers("ann");
    Instant answered = floor.now;
    floor.after(60).leaves(call);
    floor.after(3).starts().connect();
    assertThat(floor.events(ContactAnswered.class))
        .extracting(
            ContactAnswered::agent,
            ContactAnswered::answered,
            ContactAnswered::waited,
            ContactAnswered::inTime)
        .containsExactly(tuple(ANN, answered, Duration.between(came, answered), true));
    assertThat(floor.last(ContactAnswered.class).offer())
        .as("by the offer that was out")
        .contains(floor.offers().getFirst().offer());
    assertThat(floor.events(OfferEnded.class)).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
    assertThat(floor.queue().answered()).isOne();
    assertThat(floor.queue().abandoned()).isZero();
    assertThat(floor.desk("ann").completes(call, "invoice", "")).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  // ── What is over ────────────────────────────────────────────────────────────────────────────

  @Test
  void callsThatEndedMeanwhileAreClosed() {
    var floor = PLAN.after("q", "survey").open();
    CallId script = floor.arrives();
    CallId placed = floor.arrives();
    floor.begins(placed).ends(placed, Script.to("q"));
    CallId waited = floor.caller();
    CallId answered = floor.caller();
    CallId away = floor.caller();
    floor.ready("ann");
    floor.answers("ann");
    CallId released = floor.lastRing().call();
    assertThat(released).isEqualTo(waited);
    CallId gaveUp = floor.caller();
    floor.hangsUp("ann");
    floor.ready("ben");
    floor.after(8).crashes();
    Instant queued = floor.now.minusSeconds(90);
    Instant over = floor.now.plusSeconds(20);
    floor.after(30).starts();
    floor.says(
        new PbxEvent.Synchronized(
            floor.now,
            List.of(),
            List.of(
                ended(script, null, null, "", over),
                ended(placed, queued, null, "", over),
                ended(answered, queued, over.minusSeconds(5), "ben", over),
                ended(released, queued, null, "", over),
                ended(gaveUp, queued, null, "", over),
                ended(new CallId("never heard of"), queued, null, "", over)),
            List.of()));
    assertThat(floor.events(ContactClosed.class))
        .extracting(one -> one.contact().value(), ContactClosed::outcome, ContactClosed::closed)
        .containsExactlyInAnyOrder(
            tuple(script.value(), ContactOutcome.LEFT_IN_SCRIPT, over),
            tuple(placed.value(), ContactOutcome.ABANDONED, over),
            tuple(answered.value(), ContactOutcome.ANSWERED, over),
            tuple(released.value(), ContactOutcome.ANSWERED, over),
            tuple(gaveUp.value(), ContactOutcome.ABANDONED, over),
            tuple("never heard of", ContactOutcome.ABANDONED, over));
    assertThat(floor.liveCalls()).isZero();
    assertThat(floor.last(ContactCutOff.class).contact()).isEqualTo(TestFloor.contactOf(away));
    floor.forget();
    floor.says(
        new PbxEvent.Synchronized(
            floor.now, List.of(), List.of(ended(gaveUp, queued, null, "", over)), List.of()));
    assertThat(floor.events(ContactClosed.class)).as("it is closed once").isEmpty();
    assertThat(floor.commands()).containsExactly(new PbxCommand.Forget(gaveUp));
  }

  private static EndedCall ended(
      CallId call, Instant queued, Instant answered, String agent, Instant ended) {
    return new EndedCall(
        call,
        new PhoneNumber("+886900"),
        new PhoneNumber("8001"),
        Optional.of(ended.minusSeconds(100)),
        queued == null ? "" : "q",
        Optional.ofNullable(queued),
        Optional.ofNullable(answered),
        agent,
        "",
        ended);
  }

  @Test
  void aCallThatIsInTheHistoryAlreadyIsAskedForNoMore() {
    var floor = MANDATORY.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.leaves(call);
    floor.desk("ann").completes(call, "refund", "");
    floor.crashes().starts().forget().connect();
    assertThat(floor.state("ann")).as("she has said what it was about").isEqualTo("ready");
    assertThat(floor.events(ContactClosed.class)).isEmpty();
    assertThat(floor.commands()).containsExactly(new PbxCommand.Forget(call));
  }

  @Test
  void whoGaveUpWhileTheServerWasDownWaitedUntilThen() {
    var floor = PLAN.open();
    CallId call = floor.caller();
    floor.after(5).crashes().after(5).leaves(call);
    floor.after(600).starts().connect();
    assertThat(floor.events(ContactLeft.class))
        .containsExactly(
            new ContactLeft(
                TestFloor.contactOf(call), 1, Q, StayEnd.ABANDONED, Duration.ofSeconds(10), true));
    assertThat(floor.queue().abandoned()).isOne();
  }

  @Test
  void whoWaitsASecondTimeAndGivesUpUnseenWasNotAnsweredAgain() {
    var floor = PLAN.after("q", "survey").open().ready("ann");
    CallId call = floor.caller();
    floor.after(2).answers("ann");
    floor.after(30).hangsUp("ann");
    floor.desk("ann").takesBreak("lunch");
    floor.begins(call).ends(call, Script.to("q")).holds(call);
    floor.after(20).crashes().after(3).leaves(call);
    floor.starts().connect();
    assertThat(floor.events(ContactAnswered.class))
        .as("the PBX remembers the first talk")
        .hasSize(1);
    assertThat(floor.last(ContactLeft.class).end()).isEqualTo(StayEnd.ABANDONED);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ABANDONED);
  }

  /// The PBX tells whole seconds.
  @Test
  void norWasWhoWaitsAgainInTheSecondInWhichTheyWereAnswered() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.after(2).answers("ann");
    floor.after(Duration.ofMillis(700)).desk("ann").takesBreak("lunch");
    floor.desk("ann").givesToQueue(call, "q");
    floor.holds(call);
    floor.after(20).crashes().after(3).leaves(call).starts();
    Instant answered = TestFloor.NINE.plusSeconds(2);
    floor.says(
        new PbxEvent.Synchronized(
            floor.now,
            List.of(),
            List.of(ended(call, TestFloor.NINE, answered, "ann", floor.now)),
            List.of()));
    assertThat(floor.last(ContactLeft.class).end()).isEqualTo(StayEnd.ABANDONED);
    assertThat(floor.events(ContactAnswered.class)).hasSize(1);
  }

  @Test
  void whoTalkedToTheFallbackPhoneDidSo() {
    var floor = PLAN.open();
    CallId call = floor.caller();
    floor.after(5).crashes();
    Instant answered = floor.now.plusSeconds(10);
    Instant over = floor.now.plusSeconds(40);
    floor.after(60).starts();
    floor.says(
        new PbxEvent.Synchronized(
            floor.now,
            List.of(),
            List.of(
                new EndedCall(
                    call,
                    new PhoneNumber("+886900"),
                    new PhoneNumber("8001"),
                    Optional.of(over.minusSeconds(60)),
                    "q",
                    Optional.of(over.minusSeconds(55)),
                    Optional.of(answered),
                    "",
                    "PJSIP/night",
                    over)),
            List.of()));
    assertThat(floor.events(FallbackTalked.class))
        .containsExactly(
            new FallbackTalked(TestFloor.contactOf(call), "PJSIP/night", answered, over));
    assertThat(floor.last(ContactLeft.class).end()).isEqualTo(StayEnd.FELL_BACK);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.FALLBACK_ANSWERED);
  }

  /// As while the link is up: in the queue that they waited in, and told once more by the phone.
  @Test
  void whoTalksToTheFallbackPhoneNowIsItsAgents() {
    var floor = PLAN.open();
    CallId call = floor.caller();
    floor.linkIsLost().after(20).ready("ann");
    var leg = new LegId("17.9");
    String phone = floor.plan.phone("ann");
    floor.saysOnly(
        new PbxEvent.LiveCall(
            call,
            new PhoneNumber("+88622"),
            new PhoneNumber("8001"),
            PbxEvent.Place.TALKING,
            "q",
            Optional.of(floor.now.minusSeconds(20)),
            0,
            "",
            "",
            Optional.of(leg),
            "",
            phone,
            CallerName.NONE,
            Optional.empty(),
            Optional.empty()));
    floor.happens(new PbxEvent.PhoneConnected(floor.now, call, phone, leg));
    assertThat(floor.events(ContactLeft.class)).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.pop("ann").contact()).isEqualTo(TestFloor.contactOf(call));
    assertThat(floor.events(ContactAnswered.class)).hasSize(1);
    assertThat(floor.last(ContactAnswered.class).handedOver()).isFalse();
    assertThat(floor.commands()).contains(new PbxCommand.Adopt(call, leg, "ann", ""));
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, PbxEvent.LegEnd.HUNG_UP));
    floor.leaves(call);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
  }

  /// The ledger is lost, and they are in the talk: it is their own queue's, by the channel.
  @Test
  void whomNobodyKnowsAndWhoTalksToAnAgentsFallbackPhoneIsInTheirOwnQueue() {
    var floor = TestPlan.of("q", "r").agents("ann").open().ready("ann");
    floor.linkIsLost();
    floor.saysOnly(
        new PbxEvent.LiveCall(
            new CallId("9.1"),
            new PhoneNumber("+88622"),
            new PhoneNumber("8001"),
            PbxEvent.Place.TALKING,
            "r",
            Optional.of(floor.now.minusSeconds(20)),
            0,
            "",
            "",
            Optional.of(new LegId("17.9")),
            "",
            floor.plan.phone("ann"),
            CallerName.NONE,
            Optional.empty(),
            Optional.empty()));
    assertThat(floor.last(ContactAnswered.class).queue().value()).isEqualTo("r");
    assertThat(floor.state("ann")).isEqualTo("talking");
  }

  /// Our own ring of the phone that answers the fallback queue is over, whoever was faster.
  @Test
  void theRingOfThePhoneThatAnswersTheFallbackQueueIsTakenBack() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId rings = floor.lastRing().leg();
    floor.happens(new PbxEvent.CallFellBack(floor.now, call)).forget();
    var leg = new LegId("17.9");
    floor.happens(new PbxEvent.PhoneConnected(floor.now, call, floor.plan.phone("ann"), leg));
    assertThat(floor.commands()).contains(new PbxCommand.CancelRing(call, rings));
    assertThat(floor.last(OfferEnded.class).end()).isEqualTo(OfferEnd.TAKEN);
    assertThat(floor.state("ann")).isEqualTo("talking");
    floor.happens(new PbxEvent.LegEnded(floor.now, rings, PbxEvent.LegEnd.NO_ANSWER));
    floor.crashes().starts().connect();
    assertThat(floor.events(ContactReset.class)).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("talking");
  }

  @Test
  void whoTalksToTheFallbackPhoneNowIsLeftThere() {
    var floor = PLAN.open();
    CallId call = floor.caller();
    floor.linkIsLost().after(20).ready("ann");
    floor.saysOnly(
        new PbxEvent.LiveCall(
            call,
            new PhoneNumber("+88622"),
            new PhoneNumber("8001"),
            PbxEvent.Place.TALKING,
            "q",
            Optional.of(floor.now.minusSeconds(20)),
            0,
            "",
            "",
            Optional.empty(),
            ""));
    assertThat(floor.rings()).as("nobody pulls them out of it").isEmpty();
    assertThat(floor.queue().waiting()).isZero();
    Instant found = floor.now;
    floor.after(30).leaves(call);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.FALLBACK_ANSWERED);
    assertThat(floor.events(FallbackTalked.class))
        .as("since it was found, at least")
        .containsExactly(new FallbackTalked(TestFloor.contactOf(call), "", found, floor.now));
  }

  /// Heard while the link is up: who answers the next ring would pull them out of the talk.
  @Test
  void whoTalksToAFallbackPhoneAtWhichNobodyIsLoggedInIsLeftThere() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId rings = floor.lastRing().leg();
    floor.happens(new PbxEvent.CallFellBack(floor.now, call)).forget();
    var leg = new LegId("17.9");
    floor.happens(new PbxEvent.PhoneConnected(floor.now, call, "PJSIP/night", leg));
    assertThat(floor.commands()).containsExactly(new PbxCommand.CancelRing(call, rings));
    assertThat(floor.last(ContactLeft.class).end()).isEqualTo(StayEnd.FELL_BACK);
    assertThat(floor.state("ann")).isEqualTo("ready");
    floor.after(30).leaves(call);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.FALLBACK_ANSWERED);
  }

  // ── Wrap-ups ────────────────────────────────────────────────────────────────────────────────

  @Test
  void anOpenWrapUpIsAskedForAgain() {
    var floor = MANDATORY.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.after(20).leaves(call);
    Instant since = floor.now;
    floor.desk("ann").types(call, "refund", "half a sen");
    floor.crashes().after(30).starts().connect();
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.pop("ann").draft()).isEqualTo(new Draft("refund", "half a sen"));
    floor.identified(call, card(9));
    assertThat(floor.pop("ann").matches())
        .as("their agent sees who it was")
        .containsExactly(card(9));
    assertThat(floor.desk("ann").completes(call, "refund", "half a sentence")).isEmpty();
    assertThat(floor.last(WrapUpDone.class))
        .isEqualTo(
            new WrapUpDone(
                TestFloor.contactOf(call),
                1,
                Q,
                ANN,
                since,
                WrapUpEnd.SAID,
                new Draft("refund", "half a sentence")));
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void aTimedWrapUpHasTheTimeThatWasLeftOfIt() {
    var floor = PLAN.wrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(30)).open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.leaves(call).after(20).crashes().after(300).starts().connect();
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.agent("ann").contacts().getFirst().until())
        .contains(floor.now.plusSeconds(10));
    floor.after(9);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    floor.after(1);
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.last(WrapUpDone.class).end()).isEqualTo(WrapUpEnd.TIMED);
  }

  @Test
  void aChosenCustomerStaysChosen() {
    var floor = MANDATORY.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.identified(call, card(8), card(9)).leaves(call);
    assertThat(floor.desk("ann").chooses(call, 9)).isEmpty();
    floor.restarts();
    assertThat(floor.pop("ann").chosen()).contains(9L);
  }

  // ── The time in between ─────────────────────────────────────────────────────────────────────

  @Test
  void aRingHasTheTimeThatWasLeftOfIt() {
    var floor = PLAN.open().ready("ann");
    floor.caller();
    floor.rings("ann");
    floor.after(15).crashes().after(300).starts().connect().after(7);
    assertThat(floor.state("ann")).isEqualTo("ringing");
    floor.after(1);
    assertThat(floor.agent("ann").reason()).isEqualTo("no-answer");
  }

  @Test
  void noTimerFiresBeforeThePbxHasSpoken() {
    var floor = PLAN.wrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(30)).open().ready("ann", "ben");
    CallId first = floor.caller();
    floor.answers("ann");
    CallId rings = floor.caller();
    floor.leaves(first).after(1).rings("ben");
    floor.after(21).crashes().starts().after(4);
    floor.desk("ann").opens();
    assertThat(floor.desk("cat").isReady()).isPresent();
    assertThat(floor.state("ben")).as("one second was left").isEqualTo("ringing");
    floor.answers("ben");
    floor.connect();
    assertThat(floor.state("ben")).isEqualTo("talking");
    assertThat(floor.pop("ben").call()).contains(rings);
    assertThat(floor.events(OfferEnded.class)).isEmpty();
  }

  @Test
  void nobodyIsOfferedBeforeThePbxHasSpoken() {
    var floor = TestPlan.of("q").agent("ann", "").agent("ben", "").open().ready("ann", "ben");
    CallId call = floor.caller();
    floor.crashes().starts(plan -> plan.agent("ann", "q").agent("ben", "q"));
    floor.desk("ann").opens();
    floor.desk("ben").isReady();
    floor.after(4);
    assertThat(floor.offers()).isEmpty();
    floor.connect();
    assertThat(floor.rings()).extracting(PbxCommand.RingAgent::call).containsExactly(call);
  }

  @Test
  void whatIsDueWhileTheListIsTakenWaitsForItsEnd() {
    var floor = TestPlan.of("q").agents("ann", "ben", "cat").open().ready("ann", "ben", "cat");
    CallId first = floor.caller();
    floor.caller();
    floor.answers("ann");
    floor.rings("ben");
    floor.after(22).crashes().hangsUp("ann");
    floor.leaves(first).answers("ben");
    floor.starts().after(3).connect();
    assertThat(floor.state("ben")).isEqualTo("talking");
    assertThat(floor.events(OfferEnded.class)).as("nobody has missed it").isEmpty();
  }

  @Test
  void norIsWorkGivenOutBefore() {
    var floor = TestPlan.of("q").tasks("messages").agents("ann").open();
    floor.message(floor.arrives(), "messages");
    floor.desk("ann").logsIn();
    floor.crashes().starts();
    floor.desk("ann").isReady();
    assertThat(floor.tasks("ann")).isEmpty();
    floor.connect();
    assertThat(floor.tasks("ann")).hasSize(1);
  }

  @Test
  void aPbxThatIsAwayIsNotWaitedForForEver() {
    var floor = TestPlan.of("q").tasks("messages").agents("ann").open();
    floor.message(floor.arrives(), "messages");
    floor.desk("ann").logsIn();
    floor.crashes().starts();
    floor.desk("ann").isReady();
    floor.after(5);
    assertThat(floor.tasks("ann")).as("what needs no telephone goes on").hasSize(1);
  }

  // ── Without a ledger ────────────────────────────────────────────────────────────────────────

  @Test
  void withoutALedgerThePbxsOwnWordsAreTaken() {
    var floor = PLAN.open();
    CallId early = floor.caller(Script.to("q").priority(2).asking("q >= 3"));
    Instant came = floor.now;
    floor.after(80);
    CallId late = floor.caller();
    floor.crashes().after(10).startsWithoutLedger().forget().connect();
    assertThat(floor.queue().waiting()).isEqualTo(2);
    assertThat(floor.contact(early).stay().orElseThrow().priority()).isEqualTo(2);
    assertThat(floor.contact(early).stay().orElseThrow().request().ask()).isEqualTo("q >= 3");
    assertThat(floor.effects(Effect.LookUp.class))
        .as("nobody knows any more who calls")
        .extracting(Effect.LookUp::call)
        .containsExactly(early, late);
    floor.ready("ann");
    assertThat(floor.lastRing().call()).isEqualTo(early);
    assertThat(floor.pop("ann").waitingSince()).isEqualTo(came);
  }

  @Test
  void withoutALedgerAPhoneThatRingsIsTakenBackAndTheCallerWaits() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.rings("ann");
    floor.crashes().startsWithoutLedger().forget().connect();
    assertThat(floor.commands()).containsExactly(new PbxCommand.CancelRing(call, leg));
    floor.ready("ben");
    assertThat(floor.lastRing().call()).isEqualTo(call);
    assertThat(floor.lastRing().leg().isAfter(leg)).as("no leg is used twice").isTrue();
  }

  @Test
  void withoutALedgerWhoTalksTalksOn() {
    var floor = MANDATORY.open().ready("ann", "ben");
    CallId talks = floor.caller();
    floor.answers("ann");
    CallId held = floor.caller();
    floor.answers("ben");
    floor.putsOnHold(held);
    floor.crashes().startsWithoutLedger().connect();
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.state("ben")).isEqualTo("hold");
    assertThat(floor.pop("ann").call()).contains(talks);
    floor.leaves(talks);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.outcomes(talks)).containsExactly(ContactOutcome.ANSWERED);
  }

  @Test
  void withoutALedgerWhoFellBackIsTakenBack() {
    var floor = PLAN.open();
    CallId call = floor.caller();
    floor.crashes().happens(new PbxEvent.CallFellBack(floor.now, call));
    floor.startsWithoutLedger().forget().connect();
    assertThat(floor.commands()).containsExactly(new PbxCommand.TakeBack(call));
    floor.ready("ann");
    assertThat(floor.lastRing().call()).isEqualTo(call);
  }

  @Test
  void withoutALedgerEndsThatThePbxRemembersAreKept() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    floor.after(3).answers("ann");
    floor.after(30).crashes().leaves(call);
    floor.after(5).startsWithoutLedger().forget().connect();
    assertThat(floor.outcomes(call)).hasSize(1);
    assertThat(floor.liveCalls()).isZero();
    assertThat(floor.engine.state().contacts()).isEmpty();
    assertThat(floor.session("ann").loggedOut()).isTrue();
  }

  @Test
  void whoIsLedThroughAScriptWhileTheLinkIsLostIsLedOn() {
    var floor = PLAN.open();
    CallId call = floor.arrives();
    floor.begins(call).after(5).linkIsLost().after(1).connect().after(60);
    assertThat(floor.commands()).doesNotContain(new PbxCommand.TakeBack(call));
  }

  @Test
  void whoseScriptBeginsBeforeThePbxHasSpokenIsLedOn() {
    var floor = PLAN.open();
    CallId call = floor.arrives();
    floor.begins(call).after(5).crashes().starts();
    floor.begins(call).connect().after(60);
    assertThat(floor.commands()).doesNotContain(new PbxCommand.TakeBack(call));
  }

  @Test
  void withoutALedgerWhoIsInAScriptGoesOn() {
    var floor = PLAN.open();
    CallId call = floor.arrives();
    floor.begins(call);
    floor.crashes().startsWithoutLedger().connect();
    floor.ends(call, Script.to("q")).holds(call);
    assertThat(floor.queue().waiting()).isOne();
  }

  @Test
  void aLegWhoseCallerIsGoneIsHungUp() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.rings("ann");
    floor.crashes().leaves(call);
    floor.starts().forget().connect();
    assertThat(floor.commands()).contains(new PbxCommand.HangUpLeg(leg));
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ABANDONED);
  }

  @Test
  void lateTalksAreTheAgentsWhoHadThem() {
    var floor = PLAN.open().ready("ben");
    CallId call = floor.caller();
    floor.after(2).crashes().answers("ben");
    floor.after(30).hangsUp("ben");
    floor.leaves(call).after(1).starts().connect();
    assertThat(floor.events(ContactAnswered.class))
        .extracting(ContactAnswered::agent)
        .containsExactly(BEN);
    assertThat(floor.last(TalkEnded.class).end()).isEqualTo(TalkEnd.CALLER_LEFT);
    assertThat(floor.stages("ben")).doesNotContain(Stage.OFFERED, Stage.RINGING);
    assertThat(Optional.of(floor.state("ben"))).contains("ready");
  }
}
