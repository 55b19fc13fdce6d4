package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Routing;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.customer.ContactRecord;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.CustomerChosen;
import org.switchroom.cti.customer.DispositionRecord;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.testkit.Outcomes;
import org.switchroom.ivr.Outcome;

class CenterTest {
  private static final AgentId ANN = new AgentId("ann");
  private static final CustomerCard LIN =
      new CustomerCard(new Customer(7, "1042", "林雅婷", "", "gold", "zh-Hant"), List.of(), List.of());

  private static TestFloor floor() {
    return new TestFloor(WrapUp.none());
  }

  @Test
  void theWholeRoadOfOneCaller() {
    var floor = new TestFloor(new WrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO)).ready("ann");
    CallId call = floor.arriving();
    floor.center.on(new CenterEvent.CallerIdentified(floor.now, call, List.of(LIN)));
    floor.center.on(
        new CenterEvent.ScriptFinished(
            floor.now, call, Outcomes.queued("billing", new Outcome.TrailEntry("menu", "2"))));
    assertThat(floor.rings()).as("nobody is rung before the dialplan holds the caller").isEmpty();
    floor.pbx(new PbxEvent.CallQueued(floor.now, call));

    ScreenPop pop = floor.lastRing().pop();
    assertThat(pop.matches()).containsExactly(LIN);
    assertThat(pop.line()).isEqualTo("Main line");
    assertThat(pop.path()).containsExactly(new Outcome.TrailEntry("menu", "2"));
    assertThat(floor.lastRing().ring().phone()).isEqualTo("PJSIP/1001");
    assertThat(floor.agent("ann").state()).isEqualTo("reserved");

    LegId leg = floor.connect();
    assertThat(floor.agent("ann").state()).isEqualTo("talking");
    assertThat(floor.agent("ann").customer()).isEqualTo("林雅婷");
    floor.after(60);
    floor.legEnds(leg, LegEnd.HUNG_UP);
    floor.callEnds(call);
    assertThat(floor.agent("ann").state()).isEqualTo("wrap-up");

    floor.desk(new DeskRequest.CompleteWrapUp(floor.now, ANN, "refund", "sent", floor.answer()));
    var record = floor.all(Effect.RecordFor.class).getLast();
    assertThat(record.record())
        .isEqualTo(new DispositionRecord("call-1", 7L, "ann", "refund", "sent", floor.now));
    assertThat(floor.agent("ann").state())
        .as("nothing is over before it is saved")
        .isEqualTo("wrap-up");
    floor.desk(new DeskRequest.CompleteWrapUp(floor.now, ANN, "refund", "sent", floor.answer()));
    assertThat(floor.all(Effect.Answered.class).getLast().refusal())
        .as("who presses twice is not written twice")
        .isEqualTo(Refusal.BEING_SAVED);
    assertThat(floor.all(Effect.RecordFor.class).getLast()).isEqualTo(record);
    floor.center.on(new CenterEvent.Stored(floor.now, ANN, call, record.request(), null));
    assertThat(floor.agent("ann").state()).isEqualTo("ready");
    assertThat(floor.all(Effect.Answered.class).getLast().refusal()).isNull();

    var kept = floor.contacts().getLast();
    assertThat(kept.outcome()).isEqualTo(ContactRecord.Outcome.ANSWERED);
    assertThat(kept.agent()).isEqualTo("ann");
    assertThat(kept.customer()).isEqualTo(7L);
    assertThat(kept.path()).isEqualTo("menu=2");
    assertThat(floor.center.liveCalls()).isZero();
  }

  @Test
  void aCallerWhoGivesUpWhileThePhoneRingsLeavesNothingBehind() {
    var floor = floor().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.lastRing().ring().leg();
    floor.pbx(new PbxEvent.LegRinging(floor.now, leg));
    floor.callEnds(call);
    assertThat(floor.all(Effect.Command.class))
        .containsExactly(new Effect.Command(new PbxCommand.CancelRing(call, leg)));
    assertThat(floor.all(Effect.PopChanged.class).getLast().pop()).isNull();
    assertThat(floor.agent("ann").state()).isEqualTo("ready");
    assertThat(floor.queue().waiting()).isZero();
    assertThat(floor.queue().abandoned()).isOne();
    floor.legEnds(leg, LegEnd.NO_ANSWER);
    assertThat(floor.agent("ann").state()).as("a late fact changes nothing").isEqualTo("ready");
  }

  @Test
  void anAgentWhoDoesNotAnswerGoesNotReadyAndTheCallerKeepsPlaceAndAge() {
    var floor = floor().ready("ann");
    CallId first = floor.caller();
    Instant since = floor.queue().oldest();
    floor.after(1);
    floor.caller();
    LegId leg = floor.lastRing().ring().leg();
    floor.after(20);
    floor.legEnds(leg, LegEnd.NO_ANSWER);
    assertThat(floor.agent("ann").state()).isEqualTo("not-ready");
    assertThat(floor.agent("ann").reason()).isEqualTo("no-answer");
    assertThat(floor.queue().waiting()).isEqualTo(2);
    assertThat(floor.queue().oldest()).isEqualTo(since);
    floor.ready("ben");
    assertThat(floor.lastRing().ring().call()).isEqualTo(first);
    assertThat(floor.lastRing().pop().waitingSince()).isEqualTo(since);
  }

  @Test
  void aPhoneThatIsBusyOrUnreachableIsNotOffered() {
    var floor = floor();
    floor.phone("PJSIP/1001", PhoneState.IN_USE);
    floor.ready("ann");
    floor.caller();
    floor.phone("PJSIP/1001", PhoneState.UNREACHABLE);
    assertThat(floor.rings()).isEmpty();
    floor.phone("PJSIP/1001", PhoneState.AVAILABLE);
    assertThat(floor.rings()).hasSize(1);
  }

  @Test
  void holdRetrieveAndWhoHangsUpWhileOnHold() {
    var floor = floor().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.connect();
    floor.desk(new DeskRequest.Hold(floor.now, ANN, floor.answer()));
    assertThat(floor.all(Effect.Command.class).getLast().command())
        .isEqualTo(new PbxCommand.Hold(call, leg));
    floor.pbx(new PbxEvent.CallHeld(floor.now, call));
    assertThat(floor.agent("ann").state()).isEqualTo("hold");
    floor.desk(new DeskRequest.Retrieve(floor.now, ANN, floor.answer()));
    floor.pbx(new PbxEvent.LegConnected(floor.now, leg));
    assertThat(floor.agent("ann").state()).isEqualTo("talking");
    floor.pbx(new PbxEvent.CallHeld(floor.now, call));
    floor.callEnds(call);
    assertThat(floor.all(Effect.Command.class).getLast().command())
        .as("the agent's leg does not wait in silence for nobody")
        .isEqualTo(new PbxCommand.HangUpLeg(leg));
    assertThat(floor.agent("ann").state()).isEqualTo("ready");
  }

  @Test
  void anAgentWhoHangsUpOnAHeldCallerLeavesThemNotInMusicForEver() {
    var floor = floor().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.connect();
    floor.pbx(new PbxEvent.CallHeld(floor.now, call));
    floor.legEnds(leg, LegEnd.HUNG_UP);
    assertThat(floor.all(Effect.Command.class).getLast().command())
        .isEqualTo(new PbxCommand.HangUpCall(call));
  }

  @Test
  void aTransferMadeOnThePhoneEndsTheAgentsPart() {
    var floor = floor().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.connect();
    floor.pbx(new PbxEvent.CallTransferred(floor.now, leg, "900"));
    floor.legEnds(leg, LegEnd.HUNG_UP);
    assertThat(floor.agent("ann").state()).isEqualTo("ready");
    floor.after(30);
    floor.callEnds(call);
    var kept = floor.contacts().getLast();
    assertThat(kept.outcome()).isEqualTo(ContactRecord.Outcome.TRANSFERRED);
  }

  @Test
  void factsThatComeTwiceLateOrOutOfOrderChangeNothing() {
    var floor = floor().ready("ann");
    var early = new CallId("call-early");
    floor.center.on(
        new CenterEvent.ScriptStarted(
            floor.now, early, new PhoneNumber("+8862"), new PhoneNumber("8001")));
    floor.pbx(
        new PbxEvent.CallArrived(
            floor.now, early, new PhoneNumber("+8862"), new PhoneNumber("8001")));
    assertThat(floor.center.liveCalls()).isOne();
    floor.pbx(new PbxEvent.CallQueued(floor.now, early));
    floor.pbx(new PbxEvent.CallQueued(floor.now, early));
    assertThat(floor.rings()).hasSize(1);
    LegId leg = floor.connect();
    floor.connect();
    floor.callEnds(early);
    floor.callEnds(early);
    floor.legEnds(leg, LegEnd.HUNG_UP);
    floor.pbx(new PbxEvent.CallHeld(floor.now, early));
    assertThat(floor.contacts()).hasSize(1);
    assertThat(floor.center.liveCalls()).isZero();
    assertThat(floor.agent("ann").state()).isEqualTo("ready");
  }

  @Test
  void whileTheLinkIsDownNobodyIsOffered() {
    var floor = floor();
    floor.pbx(new PbxEvent.Disconnected(floor.now, "gone"));
    floor.ready("ann");
    floor.caller();
    floor.phone("PJSIP/1001", PhoneState.AVAILABLE);
    assertThat(floor.rings()).isEmpty();
  }

  @Test
  void afterALostLinkThePbxIsTheTruth() {
    var floor = floor().ready("ann");
    CallId gone = floor.caller();
    LegId leg = floor.connect();
    CallId waits = floor.caller();
    floor.pbx(new PbxEvent.Disconnected(floor.now, "gone"));
    floor.after(5);
    var unknown = new CallId("from-before");
    Instant old = floor.now.minusSeconds(90);
    floor.pbx(
        new PbxEvent.Synchronized(
            floor.now,
            List.of(
                live(waits, Place.QUEUED, floor.now.minusSeconds(5)),
                live(unknown, Place.QUEUED, old))));
    assertThat(floor.contacts()).extracting(record -> record.call()).containsExactly(gone.value());
    assertThat(leg).isNotNull();
    assertThat(floor.lastRing().ring().call()).as("the older age goes first").isEqualTo(unknown);
    assertThat(floor.lastRing().pop().waitingSince()).isEqualTo(old);
  }

  @Test
  void talkingCallsOfAnEarlierRunAreTakenUp() {
    var floor = floor();
    var call = new CallId("from-before");
    var leg = new LegId("switchroom-99");
    floor.pbx(
        new PbxEvent.Synchronized(
            floor.now,
            List.of(
                new LiveCall(
                    call,
                    new PhoneNumber("+8862"),
                    new PhoneNumber("8001"),
                    Place.TALKING,
                    "billing",
                    floor.now.minusSeconds(30),
                    0,
                    "",
                    "",
                    leg,
                    "ann"))));
    assertThat(floor.agent("ann").state()).isEqualTo("talking");
    floor.legEnds(leg, LegEnd.HUNG_UP);
    assertThat(floor.agent("ann").state()).isEqualTo("ready");
  }

  private static LiveCall talking(TestFloor floor, CallId call, LegId leg) {
    return new LiveCall(
        call,
        new PhoneNumber("+8862"),
        new PhoneNumber("8001"),
        Place.TALKING,
        "billing",
        floor.now.minusSeconds(30),
        0,
        "",
        "",
        leg,
        "ann");
  }

  @Test
  void anOfferAnsweredWhileTheLinkWasDownIsATalk() {
    var floor = floor().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.lastRing().ring().leg();
    floor.pbx(new PbxEvent.Disconnected(floor.now, "gone"));
    floor.after(3);
    floor.pbx(new PbxEvent.Synchronized(floor.now, List.of(talking(floor, call, leg))));
    assertThat(floor.agent("ann").state()).isEqualTo("talking");
    assertThat(floor.queue().answered()).isOne();
    floor.after(60);
    assertThat(floor.agent("ann").state())
        .as("no time-out of the offer ends the talk")
        .isEqualTo("talking");
    assertThat(floor.all(Effect.Command.class)).isEmpty();
  }

  @Test
  void soIsOneThatHadTimedOutMeanwhile() {
    var floor = floor().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.lastRing().ring().leg();
    floor.pbx(new PbxEvent.Disconnected(floor.now, "gone"));
    floor.after(30);
    assertThat(floor.agent("ann").state()).isEqualTo("not-ready");
    floor.pbx(new PbxEvent.Synchronized(floor.now, List.of(talking(floor, call, leg))));
    assertThat(floor.agent("ann").state()).isEqualTo("talking");
    assertThat(floor.queue().waiting()).isZero();
    assertThat(floor.all(Effect.PopChanged.class).getLast().pop().call()).isEqualTo(call);
    floor.legEnds(leg, LegEnd.HUNG_UP);
    floor.callEnds(call);
    assertThat(floor.agent("ann").state()).isEqualTo("ready");
    assertThat(floor.center.liveCalls()).isZero();
  }

  @Test
  void whoIsKnownLateStillComesOntoTheScreen() {
    var floor = floor().ready("ann");
    CallId call = floor.caller();
    assertThat(floor.lastRing().pop().matches()).isEmpty();
    floor.center.on(new CenterEvent.CallerIdentified(floor.now, call, List.of(LIN)));
    var shown = floor.all(Effect.PopChanged.class).getLast();
    assertThat(shown.agent()).isEqualTo(ANN);
    assertThat(shown.pop().matches()).containsExactly(LIN);
  }

  private static LiveCall live(CallId call, Place place, Instant arrived) {
    return new LiveCall(
        call,
        new PhoneNumber("+8862"),
        new PhoneNumber("8001"),
        place,
        "billing",
        arrived,
        0,
        "",
        "",
        null,
        "");
  }

  @Test
  void aCallerWithoutAChoiceGoesToTheDefaultQueue() {
    var floor = floor().ready("ann");
    CallId call = floor.arriving();
    floor.pbx(new PbxEvent.CallQueued(floor.now, call));
    assertThat(floor.lastRing().ring().call()).isEqualTo(call);
  }

  @Test
  void figuresOfTheDayBeginAnewAtMidnight() {
    var floor = floor().ready("ann");
    CallId call = floor.caller();
    floor.after(4);
    floor.connect();
    floor.callEnds(call);
    CallId late = floor.caller();
    floor.after(15);
    floor.connect();
    floor.callEnds(late);
    assertThat(floor.queue().answered()).isEqualTo(2);
    assertThat(floor.queue().serviceLevel()).isEqualTo(0.5);
    assertThat(floor.queue().asaMillis()).isEqualTo(9_500);
    floor.after(24 * 3_600);
    assertThat(floor.queue().answered()).isZero();
    assertThat(floor.queue().serviceLevel()).isNull();
  }

  @Test
  void aDeskThatIsGoneForLongMakesTheAgentNotReady() {
    var floor = floor().ready("ann");
    floor.desk(new DeskRequest.DeskOpened(floor.now, ANN, floor.answer()));
    floor.desk(new DeskRequest.DeskClosed(floor.now, ANN, floor.answer()));
    floor.after(10);
    assertThat(floor.agent("ann").state()).isEqualTo("ready");
    assertThat(floor.center.nextDeadline()).isNotNull();
    floor.after(6);
    assertThat(floor.agent("ann").reason()).isEqualTo("desk-lost");
  }

  @Test
  void refusalsSayWhy() {
    var floor = floor().ready("ann");
    floor.desk(new DeskRequest.Hold(floor.now, ANN, floor.answer()));
    assertThat(floor.all(Effect.Answered.class).getLast().refusal()).isEqualTo(Refusal.NO_CALL);
    floor.desk(new DeskRequest.GoReady(floor.now, new AgentId("nobody"), floor.answer()));
    assertThat(floor.all(Effect.Answered.class).getLast().refusal())
        .isEqualTo(Refusal.NOT_LOGGED_IN);
  }

  // ── A new configuration while calls wait ────────────────────────────────────────────────────

  private static CenterSettings other(String queue, String ask, int gold, AgentSettings... agents) {
    var one =
        new QueueSettings(
            Queue.of(new QueueId(queue), SkillExpression.parse(ask)),
            queue,
            List.of("other"),
            "",
            Announcements.NONE);
    return new CenterSettings(
        List.of(one),
        List.of(agents),
        Routing.DEFAULT,
        one.id(),
        Map.of("gold", gold),
        ZoneId.of("Asia/Taipei"),
        Map.of(),
        Dialing.NOWHERE,
        Standing.NONE);
  }

  private static AgentSettings agent(String name, String phone) {
    return new AgentSettings(new AgentId(name), name, phone, new Skills(Map.of("returns", 5)));
  }

  @Test
  void whoWaitsInAQueueThatGoesKeepsTheirAgeInAnother() {
    var floor = floor();
    CallId call = floor.caller();
    Instant came = floor.now;
    floor.after(30);
    var settings = other("returns", "returns", 0, agent("cat", "PJSIP/1003"));
    floor.center.on(new CenterEvent.Reconfigured(floor.now, settings));
    QueueView returns = floor.all(Effect.QueueChanged.class).getLast().view();
    assertThat(returns.queue()).isEqualTo(new QueueId("returns"));
    assertThat(returns.oldest()).isEqualTo(came);
    floor.phone("PJSIP/1003", PhoneState.AVAILABLE);
    floor.ready("cat");
    assertThat(floor.lastRing().ring().call()).isEqualTo(call);
    assertThat(floor.lastRing().pop().waitingSince()).isEqualTo(came);
  }

  @Test
  void anAgentWhoIsRemovedFinishesTheirCall() {
    var floor = floor().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.connect();
    floor.center.on(
        new CenterEvent.Reconfigured(floor.now, other("returns", "any", 0, agent("cat", "P/3"))));
    assertThat(floor.agent("ann").state()).isEqualTo("talking");
    floor.legEnds(leg, LegEnd.HUNG_UP);
    floor.callEnds(call);
    floor.desk(new DeskRequest.GoReady(floor.now, ANN, floor.answer()));
    assertThat(floor.all(Effect.Answered.class).getLast().refusal())
        .isEqualTo(Refusal.NOT_LOGGED_IN);
  }

  @Test
  void aGoldCustomerGoesFirst() {
    var floor = floor();
    floor.center.on(
        new CenterEvent.Reconfigured(
            floor.now, other("billing", "any", 10, agent("ann", "PJSIP/1001"))));
    floor.caller();
    floor.after(5);
    CallId gold = floor.caller();
    floor.center.on(new CenterEvent.CallerIdentified(floor.now, gold, List.of(LIN)));
    floor.ready("ann");
    assertThat(floor.lastRing().ring().call()).isEqualTo(gold);
  }

  private static CustomerCard card(long id) {
    return new CustomerCard(new Customer(id, "", "C", "", "gold", ""), List.of(), List.of());
  }

  private static Refusal lastAnswer(TestFloor floor) {
    return floor.all(Effect.Answered.class).getLast().refusal();
  }

  @Test
  void nobodyButThoseOnThePopCanBeChosen() {
    var floor = floor().ready("ann").ready("ben");
    CallId call = floor.caller();
    floor.center.on(new CenterEvent.CallerIdentified(floor.now, call, List.of(card(8), card(9))));
    floor.connect();
    floor.effects.clear();
    floor.desk(new DeskRequest.ChooseCustomer(floor.now, ANN, call, 7, floor.answer()));
    assertThat(lastAnswer(floor)).isEqualTo(Refusal.NO_MATCH);
    var ben = new AgentId("ben");
    floor.desk(new DeskRequest.ChooseCustomer(floor.now, ben, call, 9, floor.answer()));
    assertThat(lastAnswer(floor)).as("it is not their call").isEqualTo(Refusal.NO_CALL);
    assertThat(floor.effects).as("and nothing else").hasOnlyElementsOfType(Effect.Answered.class);
    floor.desk(new DeskRequest.ChooseCustomer(floor.now, ANN, call, 9, floor.answer()));
    assertThat(floor.all(Effect.PopChanged.class).getLast().pop().matches())
        .containsExactly(card(9));
  }

  @Test
  void whoMayNotWriteACustomerDownWritesNothing() {
    var floor = floor().ready("ann");
    var written = new ArrayList<PhoneNumber>();
    BiConsumer<DeskRequest.NewCustomer, PhoneNumber> write = (_, from) -> written.add(from);
    CallId none = new CallId("call-1");
    floor.desk(new DeskRequest.NewCustomer(floor.now, ANN, none, write, floor.answer()));
    assertThat(lastAnswer(floor)).isEqualTo(Refusal.NO_CALL);
    CallId call = floor.caller();
    floor.connect();
    floor.desk(new DeskRequest.NewCustomer(floor.now, ANN, new CallId("x"), write, floor.answer()));
    assertThat(lastAnswer(floor)).as("another call than theirs").isEqualTo(Refusal.NO_CALL);
    assertThat(written).isEmpty();
    floor.desk(new DeskRequest.NewCustomer(floor.now, ANN, call, write, floor.answer()));
    assertThat(written)
        .as("the number is the call's")
        .containsExactly(new PhoneNumber("+8862230001"));
  }

  @Test
  void aCustomerWhoIsWrittenDownIsTheCallsAlsoWhereItIsOverMeanwhile() {
    var floor = floor().ready("ann");
    CallId call = floor.caller();
    var asked = new DeskRequest.NewCustomer(floor.now, ANN, call, (_, _) -> {}, floor.answer());
    floor.desk(asked);
    var from = new PhoneNumber("+8862230001");
    floor.legEnds(floor.lastRing().ring().leg(), LegEnd.NO_ANSWER);
    floor.callEnds(call);
    floor.effects.clear();
    floor.center.on(new CenterEvent.CustomerWritten(floor.now, asked, from, Optional.of(card(9))));
    assertThat(floor.effects)
        .containsExactly(
            new Effect.RecordFor(
                new CustomerChosen(call.value(), 9, "ann", floor.now), from, ANN, call, asked));
    floor.center.on(new CenterEvent.Stored(floor.now, ANN, call, asked, null));
    assertThat(lastAnswer(floor)).isNull();
  }

  @Test
  void aCustomerWhoCannotBeWrittenIsRefusedAndTheScreenStays() {
    var floor = floor().ready("ann");
    CallId call = floor.caller();
    var asked = new DeskRequest.NewCustomer(floor.now, ANN, call, (_, _) -> {}, floor.answer());
    floor.desk(asked);
    floor.effects.clear();
    floor.center.on(
        new CenterEvent.CustomerWritten(
            floor.now, asked, new PhoneNumber("+8862230001"), Optional.empty()));
    assertThat(floor.effects).containsExactly(new Effect.Answered(asked, Refusal.NOT_SAVED));
  }
}
