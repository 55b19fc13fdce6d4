package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactCutOff;
import org.switchroom.cti.event.ContactEvent.CustomerChosen;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.event.WrapUpEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.CallerName;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.screens.ScreenPop;
import org.switchroom.ivr.Outcome.TrailEntry;

/// Callers, agents and their phones, from the first ring to the end of the wrap-up.
class CenterTest {
  private static final AgentId ANN = new AgentId("ann");
  private static final PhoneNumber MAIN_LINE = new PhoneNumber("8001");

  private static final TestPlan BILLING = TestPlan.of("billing").agents("ann", "ben");

  private static CustomerCard card(long id, String name) {
    return new CustomerCard(Customer.of(id, name, "gold", "zh-Hant"), List.of(), List.of());
  }

  static final CustomerCard LIN = card(7, "林雅婷");

  @Test
  void theWholeRoadOfOneCaller() {
    var floor = BILLING.wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO).open().ready("ann");
    CallId call = floor.arrives();
    floor.identified(call, LIN);
    floor.ends(call, Script.to("billing").pressing("menu", "2"));
    assertThat(floor.rings()).as("nobody is rung before the dialplan holds the caller").isEmpty();
    floor.holds(call);

    ScreenPop pop = floor.pop("ann");
    assertThat(pop.matches()).containsExactly(LIN);
    assertThat(pop.entryPoint()).isEqualTo("Main line");
    assertThat(pop.path()).containsExactly(new TrailEntry("menu", "2"));
    assertThat(floor.lastRing().phone()).isEqualTo(floor.plan.phone("ann"));
    assertThat(floor.state("ann")).isEqualTo("reserved");

    floor.answers("ann");
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.agent("ann").contacts().getFirst().customer()).isEqualTo("林雅婷");
    floor.after(60).hangsUp("ann");
    floor.leaves(call);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    Instant since = floor.now;

    floor.after(5);
    assertThat(floor.desk("ann").completes(call, "refund", "sent")).isEmpty();
    assertThat(floor.state("ann")).as("in the same turn").isEqualTo("ready");
    assertThat(floor.pops("ann")).isEmpty();
    assertThat(floor.events(WrapUpDone.class))
        .containsExactly(
            new WrapUpDone(
                TestFloor.contactOf(call),
                1,
                new QueueId("billing"),
                ANN,
                since,
                WrapUpEnd.SAID,
                new Draft("refund", "sent")));
    assertThat(floor.desk("ann").completes(call, "refund", "sent"))
        .as("who presses twice is not written twice")
        .contains(Refusal.NO_CALL);
    assertThat(floor.events(WrapUpDone.class)).hasSize(1);

    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
    assertThat(floor.last(ContactAnswered.class).agent()).isEqualTo(ANN);
    assertThat(floor.liveCalls()).isZero();
    assertThat(floor.engine.state().contacts()).isEmpty();
  }

  @Test
  void aCallerWhoGivesUpWhileThePhoneRingsLeavesNothingBehind() {
    var floor = BILLING.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.rings("ann");
    floor.leaves(call);
    assertThat(floor.commands()).containsExactly(new PbxCommand.CancelRing(call, leg));
    assertThat(floor.pops("ann")).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.queue().waiting()).isZero();
    assertThat(floor.queue().abandoned()).isOne();
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.NO_ANSWER));
    assertThat(floor.state("ann")).as("a late fact changes nothing").isEqualTo("ready");
  }

  @Test
  void anAgentWhoDoesNotAnswerGoesNotReadyAndTheCallerKeepsPlaceAndAge() {
    var floor = BILLING.open().ready("ann");
    CallId first = floor.caller();
    Instant since = floor.queue().oldest().orElseThrow();
    floor.after(1).caller();
    floor.after(19).ends("ann", LegEnd.NO_ANSWER);
    assertThat(floor.state("ann")).isEqualTo("not-ready");
    assertThat(floor.agent("ann").reason()).isEqualTo("no-answer");
    assertThat(floor.queue().waiting()).isEqualTo(2);
    assertThat(floor.queue().oldest()).contains(since);
    floor.ready("ben");
    assertThat(floor.lastRing().call()).isEqualTo(first);
    assertThat(floor.pop("ben").waitingSince()).isEqualTo(since);
  }

  @Test
  void anAgentMayMissAsManyRingsAsTheQueueLetsThem() {
    var floor = BILLING.routes("billing", queue -> queue.withMisses(2)).open().ready("ann");
    CallId call = floor.caller();
    Instant since = floor.queue().oldest().orElseThrow();
    floor.after(19).ends("ann", LegEnd.NO_ANSWER);
    assertThat(floor.state("ann")).isEqualTo("reserved");
    assertThat(floor.lastRing().call()).isEqualTo(call);
    assertThat(floor.pop("ann").waitingSince()).isEqualTo(since);
    floor.restarts().after(23);
    assertThat(floor.agent("ann").reason()).isEqualTo("no-answer");
  }

  @Test
  void aPhoneThatSaysNothingIsGivenUpAndTakenBack() {
    var floor = BILLING.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.leg("ann");
    floor.after(22);
    assertThat(floor.commands()).as("the PBX has its time, and some more").isEmpty();
    floor.after(1);
    assertThat(floor.commands()).containsExactly(new PbxCommand.CancelRing(call, leg));
    assertThat(floor.agent("ann").reason()).isEqualTo("no-answer");
  }

  /// Anybody may write anything there: beside a customer who is known it says nothing.
  @Test
  void whatACallerIsCalledIsShownWhereNobodyIsKnown() {
    var floor = BILLING.open().ready("ann");
    var call = new CallId("named");
    var from = new PhoneNumber("+886223000009");
    floor.happens(
        new PbxEvent.CallArrived(floor.now, call, from, MAIN_LINE, CallerName.of("Mallory")));
    floor.happens(new PbxEvent.CallQueued(floor.now, call));
    assertThat(floor.pop("ann").callerName()).isEqualTo("Mallory");
    assertThat(floor.lastRing().shown()).as("by their phone").isEqualTo("“Mallory” · Billing");
    assertThat(floor.agent("ann").contacts().getFirst().customer())
        .as("who it is")
        .isEqualTo(from.value());
    floor.identified(call, LIN);
    assertThat(floor.pop("ann").callerName()).isEmpty();
  }

  /// An agent's own word goes before the queue's; and where all ring, none answers by itself.
  @ParameterizedTest
  @CsvSource({
    "LONGEST_IDLE, false, BY_QUEUE, false",
    "LONGEST_IDLE, true, BY_QUEUE, true",
    "LONGEST_IDLE, true, NEVER, false",
    "LONGEST_IDLE, false, ALWAYS, true",
    "RING_ALL, true, ALWAYS, false",
  })
  void aPhoneIsToldToAnswerByItself(
      Strategy.Kind strategy, boolean queue, AutoAnswer agent, boolean told) {
    AgentSettings ann = BILLING.agents().get("ann");
    var floor =
        BILLING
            .routes("billing", one -> one.withStrategy(Strategy.of(strategy)))
            .queue("billing", one -> one.withAutoAnswer(queue))
            .agent(
                new AgentSettings(ann.profile(), ann.name(), ann.phone(), Optional.empty(), agent))
            .open()
            .ready("ann");
    floor.caller("billing");
    assertThat(floor.lastRing().autoAnswer()).isEqualTo(told);
  }

  @Test
  void aPhoneThatIsBusyOrUnreachableIsNotOffered() {
    var floor = BILLING.open().phone("ann", PhoneState.IN_USE).ready("ann");
    floor.caller();
    floor.phone("ann", PhoneState.UNREACHABLE);
    floor.phone("ann", PhoneState.DO_NOT_DISTURB);
    assertThat(floor.rings()).isEmpty();
    assertThat(floor.agent("ann").phone()).as("seen").isEqualTo(PhoneState.DO_NOT_DISTURB);
    floor.phone("ann", PhoneState.AVAILABLE);
    assertThat(floor.rings()).hasSize(1);
  }

  @Test
  void whoCallsSomebodyWhileTheirPhoneIsRungHasMissedNothing() {
    var floor = BILLING.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.rings("ann");
    floor.phone("ann", PhoneState.RINGING_IN_USE);
    assertThat(floor.commands()).containsExactly(new PbxCommand.CancelRing(call, leg));
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.queue().waiting()).isOne();
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.NO_ANSWER));
    floor.phone("ann", PhoneState.IN_USE);
    floor.phone("ann", PhoneState.AVAILABLE);
    assertThat(floor.lastRing().call()).as("asked again when they are free").isEqualTo(call);
    assertThat(floor.lastRing().leg()).isNotEqualTo(leg);
  }

  @Test
  void aPhoneThatIsBusyWithACallOfItsAgentsOwnHasRefusedNothing() {
    var floor = BILLING.open().ready("ann").ready("ben");
    CallId call = floor.caller();
    floor.phone("ann", PhoneState.IN_USE).ends("ann", LegEnd.BUSY);
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.lastRing().call()).isEqualTo(call);
    assertThat(floor.lastRing().agent()).isEqualTo("ben");
  }

  /// The caller's end is told a moment later.
  @Test
  void whoAnsweredACallerWhoHadJustHungUpKeepsTheirTurn() {
    var floor = BILLING.open().ready("ann");
    CallId call = floor.caller();
    floor.ends("ann", LegEnd.CALLER_GONE);
    assertThat(floor.state("ann")).isEqualTo("reserved");
    floor.leaves(call);
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  /// The leg of whom they have hung up on is over before their own channel.
  @Test
  void aCallerWhoHangsUpHasLeftAndNotTheirAgent() {
    var floor = BILLING.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.answers("ann");
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.CALLER_GONE));
    floor.leaves(call);
    assertThat(floor.last(TalkEnded.class).end()).isEqualTo(TalkEnd.CALLER_LEFT);
  }

  @Test
  void holdRetrieveAndWhoHangsUpWhileOnHold() {
    var floor = BILLING.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.answers("ann");
    assertThat(floor.desk("ann").holds(call)).isEmpty();
    assertThat(floor.commands()).last().isEqualTo(new PbxCommand.Hold(call, leg));
    floor.putsOnHold(call);
    assertThat(floor.state("ann")).isEqualTo("hold");
    assertThat(floor.desk("ann").retrieves(call)).isEmpty();
    assertThat(floor.commands()).last().isEqualTo(new PbxCommand.Retrieve(leg));
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    assertThat(floor.state("ann")).isEqualTo("talking");
    floor.putsOnHold(call).leaves(call);
    assertThat(floor.commands())
        .as("the agent's leg does not wait in silence for nobody")
        .last()
        .isEqualTo(new PbxCommand.HangUpLeg(leg));
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void anAgentWhoHangsUpByTheDeskOnAHeldCallerHasEndedTheCall() {
    var floor = BILLING.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.putsOnHold(call);
    assertThat(floor.desk("ann").hangsUp(call)).isEmpty();
    floor.hangsUp("ann");
    assertThat(floor.commands()).last().isEqualTo(new PbxCommand.HangUpCall(call));
  }

  @Test
  void aTransferMadeOnThePhoneEndsTheAgentsPart() {
    var floor = BILLING.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.answers("ann");
    floor.happens(new PbxEvent.CallTransferred(floor.now, leg, "900"));
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    assertThat(floor.state("ann")).isEqualTo("ready");
    floor.after(30).leaves(call);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.TRANSFERRED);
  }

  @Test
  void factsThatComeTwiceLateOrOutOfOrderChangeNothing() {
    var floor = BILLING.open().ready("ann");
    var early = new CallId("call-early");
    floor.begins(early);
    floor.happens(new PbxEvent.CallArrived(floor.now, early, new PhoneNumber("+8862"), MAIN_LINE));
    assertThat(floor.liveCalls()).isOne();
    floor.holds(early);
    floor.holds(early);
    assertThat(floor.rings()).hasSize(1);
    LegId leg = floor.answers("ann");
    floor.answers("ann");
    floor.leaves(early).leaves(early);
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    floor.putsOnHold(early).holds(early);
    floor.begins(early);
    assertThat(floor.outcomes(early)).hasSize(1);
    assertThat(floor.liveCalls()).isZero();
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void whileTheLinkIsDownNobodyIsOffered() {
    var floor = BILLING.open().ready("ann");
    floor.linkIsLost();
    CallId call = new CallId("call-1");
    floor.begins(call).ends(call, Script.to("billing"));
    floor.takes(new Input.FromPbx(new PbxEvent.CallQueued(floor.now, call)));
    floor.takes(
        new Input.FromPbx(
            new PbxEvent.PhoneChanged(floor.now, floor.plan.phone("ann"), PhoneState.AVAILABLE)));
    assertThat(floor.queue().waiting()).isOne();
    assertThat(floor.rings()).isEmpty();
  }

  @Test
  void afterALostLinkThePbxIsTheTruth() {
    var floor = BILLING.open().ready("ann");
    CallId gone = floor.caller();
    floor.answers("ann");
    CallId waits = floor.caller();
    floor.linkIsLost().after(5);
    var unknown = new CallId("from-before");
    Instant old = floor.now.minusSeconds(90);
    floor.saysOnly(queued(waits, floor.now.minusSeconds(5)), queued(unknown, old));
    assertThat(floor.events(ContactCutOff.class))
        .extracting(ContactCutOff::contact)
        .containsExactly(TestFloor.contactOf(gone));
    assertThat(floor.lastRing().call()).as("the older age goes first").isEqualTo(unknown);
    assertThat(floor.pop("ann").waitingSince()).isEqualTo(old);
  }

  private static LiveCall queued(CallId call, Instant arrived) {
    return new LiveCall(
        call,
        new PhoneNumber("+8862"),
        MAIN_LINE,
        Place.QUEUED,
        "billing",
        Optional.ofNullable(arrived),
        0,
        "",
        "",
        Optional.empty(),
        "");
  }

  @Test
  void talkingCallsOfAnEarlierRunAreTakenUp() {
    var floor = BILLING.open();
    var call = new CallId("from-before");
    var leg = new LegId("switchroom-99");
    floor.saysOnly(
        new LiveCall(
            call,
            new PhoneNumber("+8862"),
            MAIN_LINE,
            Place.TALKING,
            "billing",
            Optional.of(floor.now.minusSeconds(30)),
            0,
            "",
            "",
            Optional.of(leg),
            "ann"));
    assertThat(floor.state("ann")).isEqualTo("talking");
    floor.hangsUp("ann");
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void anOfferAnsweredWhileTheLinkWasDownIsATalk() {
    var floor = BILLING.open().ready("ann");
    CallId call = floor.caller();
    floor.linkIsLost();
    floor.answers("ann");
    floor.after(3).connect();
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.pop("ann").call()).contains(call);
    assertThat(floor.queue().answered()).isOne();
    floor.after(60);
    assertThat(floor.state("ann"))
        .as("no time-out of the offer ends the talk")
        .isEqualTo("talking");
    assertThat(floor.commands()).isEmpty();
  }

  @Test
  void soIsOneThatHadTimedOutMeanwhile() {
    var floor = BILLING.open().ready("ann");
    CallId call = floor.caller();
    floor.linkIsLost();
    LegId leg = floor.answers("ann");
    floor.after(30);
    assertThat(floor.state("ann")).isEqualTo("not-ready");
    floor.connect();
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.queue().waiting()).isZero();
    assertThat(floor.pop("ann").call()).contains(call);
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    floor.leaves(call);
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.liveCalls()).isZero();
  }

  @Test
  void whoIsKnownLateStillComesOntoTheScreen() {
    var floor = BILLING.open().ready("ann");
    CallId call = floor.caller();
    assertThat(floor.pop("ann").matches()).isEmpty();
    floor.identified(call, LIN);
    assertThat(floor.pop("ann").matches()).containsExactly(LIN);
  }

  @Test
  void alsoWhereTheCallIsOverAndNotWrappedUp() {
    var floor = BILLING.wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO).open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.leaves(call);
    floor.identified(call, LIN);
    assertThat(floor.pop("ann").matches()).containsExactly(LIN);
  }

  @Test
  void aCallerWithoutAChoiceGoesToTheDefaultQueue() {
    var floor = BILLING.open().ready("ann");
    CallId call = floor.holds(floor.arrives());
    assertThat(floor.lastRing().call()).isEqualTo(call);
  }

  @Test
  void figuresAreTheDays() {
    var floor = BILLING.open().ready("ann");
    CallId call = floor.caller();
    floor.after(4).answers("ann");
    floor.leaves(call);
    CallId late = floor.caller();
    floor.after(15).answers("ann");
    floor.leaves(late);
    assertThat(floor.queue().answered()).isEqualTo(2);
    assertThat(floor.queue().serviceLevel()).contains(0.5);
    assertThat(floor.queue().asaMillis()).contains(9_500L);
    floor.after(24 * 3_600);
    assertThat(floor.queue().answered()).as("they begin anew at midnight").isZero();
    assertThat(floor.queue().serviceLevel()).isEmpty();
  }

  @Test
  void aDeskThatIsGoneForLongMakesTheAgentNotReady() {
    var floor = BILLING.open().ready("ann");
    floor.desk("ann").opens().closes();
    floor.after(10);
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.engine.nextDeadline()).isPresent();
    floor.after(6);
    assertThat(floor.agent("ann").reason()).isEqualTo("desk-lost");
  }

  @Test
  void aDeskThatComesBackInTimeChangesNothing() {
    var floor = BILLING.open().ready("ann");
    floor.desk("ann").opens().closes();
    floor.after(14).desk("ann").opens();
    floor.after(60);
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.agent("ann").desk()).isTrue();
  }

  @Test
  void refusalsSayWhy() {
    var floor = BILLING.open().ready("ann");
    assertThat(floor.desk("ann").holds(new CallId("x"))).contains(Refusal.NO_CALL);
    assertThat(floor.desk("nobody").isReady()).contains(Refusal.NOT_LOGGED_IN);
  }

  // ── A new configuration while calls wait ────────────────────────────────────────────────────

  /// Nothing of what was is there any more.
  private static TestPlan other(TestPlan plan) {
    return plan.queue("returns", same -> same)
        .agent("cat", "returns")
        .without("billing")
        .without("ann")
        .without("ben");
  }

  @Test
  void whoWaitsInAQueueThatGoesKeepsTheirAgeInAnother() {
    var floor = BILLING.open();
    CallId call = floor.caller();
    Instant came = floor.now;
    floor.after(30).reload(CenterTest::other);
    assertThat(floor.queue("returns").oldest()).contains(came);
    floor.phone("cat", PhoneState.AVAILABLE).ready("cat");
    assertThat(floor.lastRing().call()).isEqualTo(call);
    assertThat(floor.pop("cat").waitingSince()).isEqualTo(came);
  }

  @Test
  void anAgentWhoIsRemovedFinishesTheirCall() {
    var floor = BILLING.open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.reload(CenterTest::other);
    assertThat(floor.state("ann")).isEqualTo("talking");
    floor.hangsUp("ann");
    floor.leaves(call);
    assertThat(floor.desk("ann").isReady()).contains(Refusal.NOT_LOGGED_IN);
    assertThat(floor.engine.state().agent(ANN)).isEmpty();
  }

  @Test
  void aGoldCustomerGoesFirst() {
    var floor = BILLING.open().reload(plan -> plan.tier("gold", 10));
    floor.caller();
    floor.after(5);
    CallId gold = floor.caller();
    floor.identified(gold, LIN).ready("ann");
    assertThat(floor.lastRing().call()).isEqualTo(gold);
  }

  // ── Who it is ───────────────────────────────────────────────────────────────────────────────

  @Test
  void nobodyButThoseOnThePopCanBeChosen() {
    var floor = BILLING.open().ready("ann", "ben");
    CallId call = floor.caller();
    floor.identified(call, card(8, "C"), card(9, "D"));
    floor.answers("ann");
    floor.forget();
    assertThat(floor.desk("ann").chooses(call, 7)).contains(Refusal.NO_MATCH);
    assertThat(floor.desk("ben").chooses(call, 9)).as("not their call").contains(Refusal.NO_CALL);
    assertThat(floor.events(CustomerChosen.class)).isEmpty();
    assertThat(floor.screens().allPops).as("and nothing else").isEmpty();
    assertThat(floor.desk("ann").chooses(call, 9)).isEmpty();
    assertThat(floor.pop("ann").chosen()).contains(9L);
    assertThat(floor.contact(call).identity().card()).contains(card(9, "D"));
    floor.identified(call, card(8, "C"));
    assertThat(floor.contact(call).identity().card())
        .as("what is said stands")
        .contains(card(9, "D"));
  }

  /// A caller who is known wrongly, or not at all, is somebody whom the agent has found.
  @Test
  void theAuditSaysWhenAConfigurationWasTaken() {
    var floor = BILLING.open();
    floor.forget();
    floor.reload(plan -> plan.agents("ann"));
    assertThat(floor.events(Noted.class))
        .containsExactly(new Noted("server", Deed.TOOK_CONFIGURATION, "from its file"));
  }

  @Test
  void whoWasFoundIsTheCallersCustomerAndTheAuditSaysWhoSawThem() {
    var floor = BILLING.open().ready("ann", "ben");
    CallId call = floor.caller();
    floor.identified(call, card(8, "C"));
    floor.answers("ann");
    floor.forget();
    assertThat(floor.desk("ben").choosesFound(call, card(7, "Found")))
        .as("not their call")
        .contains(Refusal.NO_CALL);
    assertThat(floor.events(CustomerChosen.class)).isEmpty();
    assertThat(floor.events(Noted.class)).isEmpty();
    assertThat(floor.desk("ann").choosesFound(call, card(7, "Found"))).isEmpty();
    assertThat(floor.contact(call).identity().card()).contains(card(7, "Found"));
    assertThat(floor.pop("ann").chosen()).contains(7L);
    assertThat(floor.events(Noted.class))
        .containsExactly(
            new Noted("ann", Deed.SHOWN_CUSTOMER, "customer 7, contact " + call.value()));
    assertThat(floor.desk("ann").chooses(call, 8)).as("and back").isEmpty();
    assertThat(floor.contact(call).identity().card()).contains(card(8, "C"));
  }

  private static Input.NewCustomer chen(TestFloor floor, CallId call) {
    return new Input.NewCustomer(floor.next("s-ann"), ANN, TestFloor.contactOf(call), "Chen");
  }

  @Test
  void whoMayNotWriteACustomerDownWritesNothing() {
    var floor = BILLING.open().ready("ann");
    assertThat(floor.asks(chen(floor, new CallId("call-1")))).contains(Refusal.NO_CALL);
    CallId call = floor.caller();
    floor.answers("ann");
    assertThat(floor.asks(chen(floor, new CallId("x"))))
        .as("another call than theirs")
        .contains(Refusal.NO_CALL);
    assertThat(floor.effects(Effect.WriteCustomer.class)).isEmpty();
    Input.NewCustomer command = chen(floor, call);
    floor.takes(command);
    assertThat(floor.isAnswered(command.id())).as("not before it is written").isFalse();
    assertThat(floor.effects(Effect.WriteCustomer.class))
        .as("the number is the call's")
        .containsExactly(new Effect.WriteCustomer(command, new PhoneNumber("+8862230001")));
  }

  @Test
  void aCustomerWhoIsWrittenDownIsTheCallsAlsoWhereItIsOverMeanwhile() {
    var floor = BILLING.wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO).open().ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    Input.NewCustomer command = chen(floor, call);
    floor.takes(command);
    floor.leaves(call);
    floor.takes(new Input.CustomerWritten(command, Optional.of(card(9, "Chen"))));
    assertThat(floor.answer(command.id())).isEmpty();
    assertThat(floor.pop("ann").chosen()).contains(9L);
    assertThat(floor.last(CustomerChosen.class))
        .isEqualTo(new CustomerChosen(TestFloor.contactOf(call), ANN, card(9, "Chen")));
  }

  @Test
  void alsoWhereNobodyHasItInHandAnyMore() {
    var floor = BILLING.open().ready("ann");
    CallId call = floor.caller();
    Input.NewCustomer command = chen(floor, call);
    floor.takes(command);
    floor.ends("ann", LegEnd.NO_ANSWER);
    floor.leaves(call);
    floor.takes(new Input.CustomerWritten(command, Optional.of(card(9, "Chen"))));
    assertThat(floor.answer(command.id())).isEmpty();
    assertThat(floor.events(CustomerChosen.class))
        .containsExactly(new CustomerChosen(TestFloor.contactOf(call), ANN, card(9, "Chen")));
  }

  @Test
  void aCustomerWhoCannotBeWrittenIsRefusedAndTheScreenStays() {
    var floor = BILLING.open().ready("ann");
    CallId call = floor.caller();
    Input.NewCustomer command = chen(floor, call);
    floor.takes(command);
    floor.forget();
    floor.takes(new Input.CustomerWritten(command, Optional.empty()));
    assertThat(floor.answer(command.id())).contains(Refusal.NOT_SAVED);
    assertThat(floor.screens().allPops).isEmpty();
  }
}
