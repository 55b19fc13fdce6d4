package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.customer.CallSeen;
import org.switchroom.cti.customer.ContactRecord;
import org.switchroom.cti.customer.ContactRecord.Outcome;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.CustomerChosen;
import org.switchroom.cti.customer.SeatChanged;
import org.switchroom.cti.customer.SeatChanged.Presence;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.ivr.Outcome.TrailEntry;

/// A server that starts after another was killed: agents are as they were told, calls are as the
/// PBX has them.
class RecoveryTest {
  private static final QueueId QUEUE = new QueueId("q");
  private static final AgentId ANN = new AgentId("ann");
  private static final AgentId BEN = new AgentId("ben");
  private static final LegId RINGING = new LegId("switchroom-77");

  private final List<Effect> effects = new ArrayList<>();
  private Set<CallId> closed = Set.of();
  private final List<Refusal> answers = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-05T01:00:00Z");
  private Center center;

  private void start(SeatChanged... seats) {
    start(WrapUp.none(), new CallSeen[0], seats);
  }

  private void start(WrapUp wrapUp, CallSeen[] kept, SeatChanged... seats) {
    effects.clear();
    var queue =
        new QueueSettings(
            QUEUE,
            "Q",
            SkillExpression.ANY,
            0,
            Duration.ofSeconds(20),
            wrapUp,
            80,
            Duration.ofSeconds(20),
            List.of("other"));
    var known = new HashMap<AgentId, SeatChanged>();
    for (SeatChanged seat : seats) known.put(new AgentId(seat.agent()), seat);
    var agents =
        List.of(
            new AgentSettings(ANN, "Ann", "PJSIP/1001", new Skills(Map.of())),
            new AgentSettings(BEN, "Ben", "PJSIP/1002", new Skills(Map.of())));
    var plain =
        new CenterSettings(List.of(queue), agents, QUEUE, ZoneOffset.UTC, Map.of(), Map.of());
    var settings =
        new CenterSettings(
            plain.queues(),
            plain.agents(),
            plain.routing(),
            plain.otherwise(),
            plain.tiers(),
            plain.zone(),
            plain.lines(),
            plain.dialing(),
            new Standing(Map.of(), known, List.of(kept), closed, List.of()));
    center = new Center(settings, now, effects::add, _ -> {});
  }

  private SeatChanged seat(AgentId agent, Presence presence, String reason) {
    return new SeatChanged(agent.value(), presence, reason, now.minusSeconds(60));
  }

  private void pbx(PbxEvent event) {
    center.on(new CenterEvent.FromPbx(event));
  }

  private LiveCall live(String call, Place place, int waited, LegId leg, String agent) {
    return new LiveCall(
        new CallId(call),
        new PhoneNumber("+886"),
        new PhoneNumber("8001"),
        place,
        "q",
        now.minusSeconds(waited),
        0,
        "",
        "",
        leg,
        agent);
  }

  private <E extends Effect> List<E> all(Class<E> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private String state(AgentId agent) {
    return all(Effect.AgentChanged.class).stream()
        .map(Effect.AgentChanged::view)
        .filter(view -> view.agent().equals(agent))
        .reduce((_, last) -> last)
        .orElseThrow()
        .state();
  }

  private void phonesAreThere() {
    pbx(new PbxEvent.PhoneChanged(now, "PJSIP/1001", PhoneState.AVAILABLE));
    pbx(new PbxEvent.PhoneChanged(now, "PJSIP/1002", PhoneState.AVAILABLE));
  }

  @Test
  void agentsAreAsTheyWereToldAndHaveAWhileToComeBack() {
    start(seat(ANN, Presence.READY, ""), seat(BEN, Presence.NOT_READY, "lunch"));
    pbx(new PbxEvent.Synchronized(now, List.of()));
    assertThat(state(ANN)).isEqualTo("ready");
    assertThat(state(BEN)).isEqualTo("not-ready");
    center.on(new CenterEvent.FromDesk(new DeskRequest.DeskOpened(now, ANN, answers::add)));
    now = now.plusSeconds(16);
    center.on(new CenterEvent.TimePassed(now));
    assertThat(state(ANN)).as("her desk is back").isEqualTo("ready");
    start(seat(ANN, Presence.READY, ""));
    now = now.plusSeconds(16);
    center.on(new CenterEvent.TimePassed(now));
    assertThat(state(ANN)).as("nobody sits there").isEqualTo("not-ready");
  }

  @Test
  void waitingCallersAreOfferedInTheirOldOrder() {
    start(seat(ANN, Presence.READY, ""));
    pbx(
        new PbxEvent.Synchronized(
            now,
            List.of(
                live("late", Place.QUEUED, 10, null, ""),
                live("early", Place.QUEUED, 90, null, ""))));
    phonesAreThere();
    var ring = all(Effect.PopThenRing.class).getFirst();
    assertThat(ring.ring().call().value()).isEqualTo("early");
    assertThat(ring.pop().waitingSince()).isEqualTo(now.minusSeconds(90));
  }

  @Test
  void whoWaitsInTheFallbackQueueIsTakenBackWithTheirAge() {
    start(seat(ANN, Presence.READY, ""));
    pbx(
        new PbxEvent.Synchronized(
            now,
            List.of(
                live("held", Place.QUEUED, 20, null, ""),
                live("fell", Place.FALLBACK, 80, null, ""))));
    assertThat(all(Effect.Command.class))
        .containsExactly(new Effect.Command(new PbxCommand.TakeBack(new CallId("fell"))));
    phonesAreThere();
    assertThat(all(Effect.PopThenRing.class).getFirst().ring().call().value()).isEqualTo("fell");
    effects.clear();
    pbx(new PbxEvent.CallFellBack(now, new CallId("held")));
    assertThat(all(Effect.Command.class))
        .containsExactly(new Effect.Command(new PbxCommand.TakeBack(new CallId("held"))));
    assertThat(center.liveCalls()).as("they wait all the while").isEqualTo(2);
  }

  @Test
  void whoFallsBackWhileAPhoneRingsIsTakenBackOnlyIfNobodyAnswers() {
    start(seat(ANN, Presence.READY, ""));
    pbx(new PbxEvent.Synchronized(now, List.of(live("held", Place.QUEUED, 20, null, ""))));
    phonesAreThere();
    var leg = all(Effect.PopThenRing.class).getFirst().ring().leg();
    effects.clear();
    pbx(new PbxEvent.CallFellBack(now, new CallId("held")));
    assertThat(all(Effect.Command.class)).as("the answer pulls them out").isEmpty();
    pbx(new PbxEvent.LegEnded(now, leg, LegEnd.NO_ANSWER));
    assertThat(all(Effect.Command.class))
        .containsExactly(new Effect.Command(new PbxCommand.TakeBack(new CallId("held"))));
  }

  @Test
  void anAgentWhosePhoneRingsIsRinging() {
    start(seat(ANN, Presence.READY, ""), seat(BEN, Presence.READY, ""));
    pbx(new PbxEvent.PhoneChanged(now, "PJSIP/1001", PhoneState.RINGING));
    pbx(
        new PbxEvent.Synchronized(
            now,
            List.of(
                live("waits", Place.QUEUED, 90, null, ""),
                live("rings", Place.QUEUED, 30, RINGING, "ann"))));
    assertThat(state(ANN)).isEqualTo("ringing");
    assertThat(all(Effect.PopThenRing.class)).as("no phone is rung a second time").isEmpty();
    assertThat(all(Effect.PopChanged.class).getLast().pop().call().value()).isEqualTo("rings");
    pbx(new PbxEvent.LegConnected(now, RINGING));
    assertThat(state(ANN)).isEqualTo("talking");
    pbx(new PbxEvent.LegEnded(now, RINGING, LegEnd.HUNG_UP));
    pbx(new PbxEvent.PhoneChanged(now, "PJSIP/1001", PhoneState.AVAILABLE));
    assertThat(all(Effect.PopThenRing.class).getLast().ring().call().value()).isEqualTo("waits");
  }

  @Test
  void aPhoneThatRingsForAnAgentWhoHasGoneIsHungUp() {
    start(seat(ANN, Presence.LOGGED_OUT, ""), seat(BEN, Presence.READY, ""));
    pbx(new PbxEvent.Synchronized(now, List.of(live("rings", Place.QUEUED, 30, RINGING, "ann"))));
    assertThat(all(Effect.Command.class))
        .contains(new Effect.Command(new PbxCommand.CancelRing(new CallId("rings"), RINGING)));
    phonesAreThere();
    assertThat(all(Effect.PopThenRing.class).getFirst().agent()).isEqualTo(BEN);
  }

  @Test
  void anAdoptedRingThatIsNotAnsweredGoesToTheNextAgent() {
    start(seat(ANN, Presence.READY, ""), seat(BEN, Presence.READY, ""));
    pbx(new PbxEvent.Synchronized(now, List.of(live("rings", Place.QUEUED, 30, RINGING, "ann"))));
    pbx(new PbxEvent.PhoneChanged(now, "PJSIP/1002", PhoneState.AVAILABLE));
    pbx(new PbxEvent.LegEnded(now, RINGING, LegEnd.NO_ANSWER));
    assertThat(state(ANN)).isEqualTo("not-ready");
    assertThat(all(Effect.PopThenRing.class).getFirst().agent()).isEqualTo(BEN);
    assertThat(all(Effect.PopThenRing.class).getFirst().pop().waitingSince())
        .isEqualTo(now.minusSeconds(30));
  }

  @Test
  void whoTalksTalksOnWithTheirPop() {
    start(seat(ANN, Presence.READY, ""));
    pbx(new PbxEvent.Synchronized(now, List.of(live("talks", Place.TALKING, 30, RINGING, "ann"))));
    assertThat(state(ANN)).isEqualTo("talking");
    assertThat(all(Effect.PopChanged.class).getLast().pop().call().value()).isEqualTo("talks");
  }

  @Test
  void anAnswerComesOnlyWhenItIsDurable() {
    start();
    center.on(new CenterEvent.FromDesk(new DeskRequest.LogIn(now, ANN, answers::add)));
    center.on(new CenterEvent.FromDesk(new DeskRequest.GoReady(now, ANN, answers::add)));
    assertThat(all(Effect.Answered.class)).isEmpty();
    var asked = all(Effect.RecordFor.class);
    assertThat(asked).hasSize(2);
    assertThat(((SeatChanged) asked.getLast().record()).presence()).isEqualTo(Presence.READY);
    center.on(
        new CenterEvent.Stored(
            now, ANN, asked.getFirst().call(), asked.getFirst().request(), null));
    center.on(
        new CenterEvent.Stored(
            now, ANN, asked.getLast().call(), asked.getLast().request(), "No space left"));
    assertThat(all(Effect.Answered.class)).extracting(Effect.Answered::refusal).first().isNull();
    assertThat(all(Effect.Answered.class).getLast().refusal().message()).contains("No space left");
  }

  // ── What an earlier run knew of calls ───────────────────────────────────────────────────────

  private CallSeen kept(String call, CallSeen.Stage stage) {
    boolean talked = stage == CallSeen.Stage.TALKING || stage == CallSeen.Stage.RELEASED;
    return new CallSeen(
        call,
        stage,
        7L,
        "gold",
        "+886900",
        "8001",
        "zh-TW",
        now.minusSeconds(100),
        "q",
        now.minusSeconds(90),
        talked ? "ann" : "",
        talked ? now.minusSeconds(60) : null,
        talked ? RINGING.value() : "",
        false,
        3,
        1,
        List.of(new TrailEntry("menu", "2")),
        Map.of("order", "1234"),
        now.minusSeconds(5));
  }

  private static CallSeen[] calls(CallSeen... calls) {
    return calls;
  }

  private PbxEvent.EndedCall ended(String call, Instant queued, Instant answered, String agent) {
    return new PbxEvent.EndedCall(
        new CallId(call),
        new PhoneNumber("+886900"),
        new PhoneNumber("8001"),
        now.minusSeconds(100),
        queued == null ? "" : "q",
        queued,
        answered,
        agent,
        "",
        now.minusSeconds(2));
  }

  private List<ContactRecord> contacts() {
    return all(Effect.Record.class).stream()
        .map(Effect.Record::record)
        .filter(ContactRecord.class::isInstance)
        .map(ContactRecord.class::cast)
        .toList();
  }

  private static final WrapUp MANDATORY = new WrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO);

  @Test
  void whatACallerHasSaidBeforeIsNotAskedAgain() {
    start(
        WrapUp.none(), calls(kept("waits", CallSeen.Stage.WAITING)), seat(ANN, Presence.READY, ""));
    pbx(new PbxEvent.Synchronized(now, List.of(live("waits", Place.QUEUED, 90, null, ""))));
    phonesAreThere();
    var pop = all(Effect.PopThenRing.class).getFirst().pop();
    assertThat(pop.path()).containsExactly(new TrailEntry("menu", "2"));
    assertThat(pop.answers()).containsEntry("order", "1234");
    assertThat(all(Effect.Identify.class))
        .containsExactly(new Effect.Identify(new CallId("waits"), 7L, new PhoneNumber("+886900")));
  }

  @Test
  void callsThatEndedMeanwhileAreClosedInTheHistory() {
    start(
        WrapUp.none(),
        calls(
            kept("script", CallSeen.Stage.PLACED),
            kept("waited", CallSeen.Stage.WAITING),
            kept("answered", CallSeen.Stage.WAITING),
            kept("away", CallSeen.Stage.AWAY),
            kept("released", CallSeen.Stage.RELEASED),
            kept("unsaid", CallSeen.Stage.WAITING)));
    Instant queued = now.minusSeconds(90);
    pbx(
        new PbxEvent.Synchronized(
            now,
            List.of(),
            List.of(
                ended("script", queued, null, ""),
                ended("waited", queued, null, ""),
                ended("answered", queued, now.minusSeconds(30), "ben"),
                ended("away", queued, null, ""),
                ended("released", queued, null, ""),
                ended("never heard of", queued, null, "")),
            List.of()));
    assertThat(contacts())
        .extracting(
            ContactRecord::call, ContactRecord::outcome, ContactRecord::agent, ContactRecord::ended)
        .containsExactlyInAnyOrder(
            tuple("script", Outcome.ABANDONED, "", now.minusSeconds(2)),
            tuple("waited", Outcome.ABANDONED, "", now.minusSeconds(2)),
            tuple("answered", Outcome.ANSWERED, "ben", now.minusSeconds(2)),
            tuple("away", Outcome.DIVERTED, "", now.minusSeconds(2)),
            tuple("released", Outcome.ANSWERED, "ann", now.minusSeconds(2)),
            tuple("never heard of", Outcome.ABANDONED, "", now.minusSeconds(2)),
            tuple("unsaid", Outcome.ABANDONED, "", now));
    assertThat(contacts().stream().filter(one -> one.call().equals("waited")).findFirst())
        .get()
        .extracting(ContactRecord::customer, ContactRecord::path)
        .containsExactly(7L, "menu=2");
    assertThat(center.liveCalls()).isZero();
    var view = all(Effect.QueueChanged.class).getLast().view();
    assertThat(view.abandoned()).isEqualTo(4);
    assertThat(view.answered()).isEqualTo(2);
    effects.clear();
    pbx(
        new PbxEvent.Synchronized(
            now, List.of(), List.of(ended("waited", queued, null, "")), List.of()));
    assertThat(contacts()).as("it is closed once").isEmpty();
    assertThat(all(Effect.Command.class))
        .containsExactly(new Effect.Command(new PbxCommand.Forget(new CallId("waited"))));
  }

  @Test
  void aCallThatIsInTheHistoryAlreadyIsAskedForNoMore() {
    closed = Set.of(new CallId("known"));
    start(MANDATORY, calls(), seat(ANN, Presence.READY, ""));
    Instant queued = now.minusSeconds(90);
    pbx(
        new PbxEvent.Synchronized(
            now,
            List.of(),
            List.of(ended("known", queued, now.minusSeconds(30), "ann")),
            List.of()));
    assertThat(state(ANN)).as("she has said what it was about").isEqualTo("ready");
    assertThat(contacts()).isEmpty();
    assertThat(all(Effect.Command.class))
        .containsExactly(new Effect.Command(new PbxCommand.Forget(new CallId("known"))));
  }

  @Test
  void aTalkThatEndedUnseenIsWrappedUp() {
    start(MANDATORY, calls(kept("talked", CallSeen.Stage.TALKING)), seat(ANN, Presence.READY, ""));
    pbx(
        new PbxEvent.Synchronized(
            now, List.of(), List.of(ended("talked", null, null, "")), List.of()));
    assertThat(state(ANN)).isEqualTo("wrap-up");
    assertThat(all(Effect.PopChanged.class).getLast().pop().call().value()).isEqualTo("talked");
    assertThat(contacts()).extracting(ContactRecord::outcome).containsExactly(Outcome.ANSWERED);
  }

  @Test
  void anOpenWrapUpIsAskedForAgain() {
    start(MANDATORY, calls(), seat(ANN, Presence.READY, ""));
    pbx(new PbxEvent.Synchronized(now, List.of(live("talks", Place.TALKING, 30, RINGING, "ann"))));
    pbx(new PbxEvent.CallEnded(now, new CallId("talks")));
    var seat =
        all(Effect.Record.class).stream()
            .map(Effect.Record::record)
            .filter(SeatChanged.class::isInstance)
            .map(SeatChanged.class::cast)
            .reduce((_, last) -> last)
            .orElseThrow();
    assertThat(seat.wrapUp().call().call()).isEqualTo("talks");
    now = now.plusSeconds(3);
    start(MANDATORY, calls(), seat);
    pbx(new PbxEvent.Synchronized(now, List.of()));
    assertThat(state(ANN)).isEqualTo("wrap-up");
    assertThat(all(Effect.Record.class)).as("nothing has changed").isEmpty();
    var customer = new Customer(9, "", "Chen", "", "gold", "", "");
    var card = new CustomerCard(customer, List.of(), List.of());
    center.on(new CenterEvent.CallerIdentified(now, new CallId("talks"), List.of(card)));
    assertThat(all(Effect.PopChanged.class).getLast().pop().matches())
        .as("their agent sees who it was")
        .containsExactly(card);
    center.on(
        new CenterEvent.FromDesk(
            new DeskRequest.CompleteWrapUp(now, ANN, "other", "", answers::add)));
    var asked = all(Effect.RecordFor.class).getLast();
    assertThat(asked.record().call()).isEqualTo("talks");
    center.on(new CenterEvent.Stored(now, ANN, asked.call(), asked.request(), null));
    assertThat(state(ANN)).isEqualTo("ready");
  }

  @Test
  void aTimedWrapUpEndsWhenItWouldHaveEnded() {
    var timed = new WrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(30));
    var wrapUp =
        new SeatChanged.WrapUp(kept("talked", CallSeen.Stage.TALKING), now.minusSeconds(20));
    start(timed, calls(), new SeatChanged("ann", Presence.READY, "", now, wrapUp, ""));
    pbx(new PbxEvent.Synchronized(now, List.of()));
    assertThat(state(ANN)).isEqualTo("wrap-up");
    now = now.plusSeconds(10);
    center.on(new CenterEvent.TimePassed(now));
    assertThat(state(ANN)).isEqualTo("ready");
  }

  @Test
  void whoAskedForABreakInATalkHasItAfterwards() {
    start(
        WrapUp.none(),
        calls(kept("talks", CallSeen.Stage.TALKING)),
        seat(ANN, Presence.NOT_READY, "lunch"));
    pbx(new PbxEvent.Synchronized(now, List.of(live("talks", Place.TALKING, 30, RINGING, "ann"))));
    assertThat(state(ANN)).isEqualTo("talking");
    pbx(new PbxEvent.CallEnded(now, new CallId("talks")));
    assertThat(state(ANN)).isEqualTo("not-ready");
    assertThat(contacts().getFirst().answered())
        .as("the talk began before the start")
        .isEqualTo(now.minusSeconds(60));
  }

  private static CustomerCard card(long id) {
    return new CustomerCard(new Customer(id, "", "Chen", "", "gold", "", ""), List.of(), List.of());
  }

  @Test
  void aChosenCustomerStaysChosen() {
    start(MANDATORY, calls(), seat(ANN, Presence.READY, ""));
    pbx(new PbxEvent.Synchronized(now, List.of(live("talks", Place.TALKING, 30, RINGING, "ann"))));
    pbx(new PbxEvent.CallEnded(now, new CallId("talks")));
    var call = new CallId("talks");
    center.on(new CenterEvent.CallerIdentified(now, call, List.of(card(8), card(9))));
    center.on(
        new CenterEvent.FromDesk(new DeskRequest.ChooseCustomer(now, ANN, call, 9, answers::add)));
    assertThat(answers).as("not before it is durable").isEmpty();
    assertThat(all(Effect.RecordFor.class).getLast().record())
        .isEqualTo(new CustomerChosen("talks", 9, "ann", now));
    var seat = (SeatChanged) all(Effect.Record.class).getLast().record();
    assertThat(seat.wrapUp().call().customer()).isEqualTo(9);
  }
}
