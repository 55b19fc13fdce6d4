package org.switchroom.cti.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.cti.pbx.IvrGate.Placement;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.asterisk.AsteriskPbx;
import org.switchroom.cti.pbx.asterisk.FastAgiFront;
import org.switchroom.cti.pbx.asterisk.PbxOwner;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.Facts;
import org.switchroom.cti.testkit.HeardMusic;
import org.switchroom.cti.testkit.Heart;
import org.switchroom.cti.testkit.HeldPorts;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.ivr.Caller;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.Prompt;

/// What every PBX must do, through the port. A real Asterisk and the simulated one both pass it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PbxContract {
  private static final String ONE = "PJSIP/1001";
  private static final String TWO = "PJSIP/1002";
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final AtomicLong OFFERS = new AtomicLong(System.currentTimeMillis());

  /// What the script saw.
  private sealed interface Heard {
    record Key(char key) implements Heard {}

    record Recorded(Caller.Recording recording) implements Heard {}

    record HungUp() implements Heard {}
  }

  /// Asterisk brings it along. It is longer than any of our callers thinks.
  private static final Prompt PROMPT = new Prompt("Instructions.", Optional.of("demo-instruct"));

  private PbxRig rig;
  private AsteriskPbx pbx;
  private int agiPort;
  private FastAgiFront agi;
  private Heart heart;
  private final Facts<PbxEvent> facts = new Facts<>();
  private final Facts<Heard> heard = new Facts<>();
  private final Facts<IvrGate.Visit> visits = new Facts<>();

  abstract PbxRig openRig();

  @BeforeAll
  void open() throws Exception {
    rig = openRig();
    agiPort = HeldPorts.forServer();
    pbx =
        new AsteriskPbx(
            rig.ami(agiPort).withRecordings(rig.recordings()),
            PbxOwner.of("test"),
            InstantSource.system());
    takeCallers();
    pbx.start(Set.of(ONE, TWO, rig.unreachablePhone(), "PJSIP/nobody"), facts);
    facts.await(PbxEvent.Synchronized.class);
    heart = new Heart(pbx);
  }

  private void takeCallers() throws Exception {
    agi =
        new FastAgiFront(
            pbx.admission(),
            InetAddress.getLoopbackAddress(),
            agiPort,
            rig.recordings().toString(),
            this::serve,
            _ -> {});
    agi.start();
  }

  /// What the gate does goes by what the caller is sent for.
  private Placement serve(IvrGate.Visit visit, Caller caller) {
    visits.accept(visit);
    try {
      switch (visit.script()) {
        case "survey" -> {
          heard.accept(new Heard.Key(caller.readKey(List.of(PROMPT), Duration.ofSeconds(5))));
          return new Placement.HangUp();
        }
        case "message" -> {
          var recording =
              caller.record(List.of(), Duration.ofSeconds(5), Duration.ofSeconds(2), '#');
          heard.accept(new Heard.Recorded(recording.orElseThrow()));
          return new Placement.HangUp();
        }
        case "a-message", "two-messages" -> {
          for (int left = visit.script().equals("a-message") ? 1 : 2; left > 0; left--) {
            var recording =
                caller.record(List.of(), Duration.ofMillis(1_500), Duration.ofSeconds(3), '#');
            heard.accept(new Heard.Recorded(recording.orElseThrow()));
          }
          return new Placement.Back();
        }
        case "callback" -> {
          return new Placement.Back();
        }
        default -> {}
      }
      if (visit.why() == IvrGate.Why.NOT_CONNECTED) return new Placement.HangUp();
      if (visit.dialed().value().equals("straight")) {
        return new Placement.Hold("orders", 0, "", "en", 1_700_000_000_123L);
      }
      char key = caller.readKey(List.of(PROMPT), Duration.ofSeconds(5));
      heard.accept(new Heard.Key(key));
      return key == '9'
          ? new Placement.Dial("100", rig.outside(), Duration.ofSeconds(2), limit(3_600))
          : new Placement.Hold("orders", 3, "mandarin >= 2", "zh-Hant", 1_700_000_000_123L);
    } catch (CallerHungUpException e) {
      heard.accept(new Heard.HungUp());
      return new Placement.HangUp();
    }
  }

  @AfterAll
  void close() {
    if (heart != null) heart.close();
    if (pbx != null) pbx.close();
    if (agi != null) agi.close();
    if (rig != null) rig.close();
  }

  @BeforeEach
  void begin() {
    heard.forget();
    visits.forget();
  }

  @AfterEach
  void nothingIsLeft() {
    // What a test leaves behind ends before the next begins.
    List<CallId> calls =
        facts.all().stream()
            .filter(PbxEvent.CallArrived.class::isInstance)
            .map(event -> ((PbxEvent.CallArrived) event).call())
            .distinct()
            .toList();
    for (CallId call : calls) {
      pbx.send(new PbxCommand.HangUpCall(call));
      awaitEnd(call);
    }
    if (!calls.isEmpty()) nobodyIsAtTheirPhone();
    facts.forget();
  }

  /// Two who were in a conference talk on without the caller, until they are told.
  private void nobodyIsAtTheirPhone() {
    facts.forget();
    pbx.send(new PbxCommand.Compare());
    PbxEvent.Compared list = facts.await(PbxEvent.Compared.class);
    Set<LegId> legs = new HashSet<>(list.legs());
    legs.addAll(list.alone());
    for (LegId leg : legs) pbx.send(new PbxCommand.HangUpLeg(leg));
    legs.forEach(this::ended);
  }

  private CallId held(String from) {
    rig.call(from, '2', LONG);
    CallId call =
        facts.await(PbxEvent.CallArrived.class, e -> e.from().value().equals(from)).call();
    facts.await(PbxEvent.CallQueued.class, e -> e.call().equals(call));
    return call;
  }

  private LegId ring(CallId call, String phone, Duration timeout) {
    return ring(call, phone, timeout, false);
  }

  private LegId ring(CallId call, String phone, Duration timeout, boolean autoAnswer) {
    var leg = LegId.ofOffer(OFFERS.incrementAndGet());
    pbx.send(
        new PbxCommand.RingAgent(
            call,
            leg,
            phone,
            "ann",
            new PhoneNumber("+886212345678"),
            timeout,
            "",
            "Lin · Billing",
            "",
            autoAnswer,
            "billing",
            Optional.empty()));
    return leg;
  }

  private LegId talking(CallId call, String phone) {
    LegId leg = ring(call, phone, LONG);
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg));
    return leg;
  }

  private LegEnd ended(LegId leg) {
    return facts.await(PbxEvent.LegEnded.class, e -> e.leg().equals(leg)).end();
  }

  private void awaitEnd(CallId call) {
    facts.await(PbxEvent.CallEnded.class, e -> e.call().equals(call));
  }

  @Test
  void aCallerIsGreetedPicksByKeyAndIsHeld() {
    rig.call("+886223000001", '2', LONG);
    var arrived = facts.await(PbxEvent.CallArrived.class);
    assertThat(arrived.from()).isEqualTo(new PhoneNumber("+886223000001"));
    assertThat(arrived.dialed()).isEqualTo(new PhoneNumber("8001"));
    assertThat(heard.await(Heard.Key.class).key()).isEqualTo('2');
    facts.await(PbxEvent.CallQueued.class, e -> e.call().equals(arrived.call()));
  }

  /// Whatever somebody writes there comes as text, to both who hear of the call, and is listed so.
  @Test
  void whatACallerIsCalledIsTold() {
    String from = "+886223000022";
    rig.callAs("林雅婷, (VIP) 100% ${SR_CALL} <b>", from, LONG);
    var name = new CallerName("林雅婷, (VIP) 100% ${SR_CALL} <b>");
    var arrived = facts.await(PbxEvent.CallArrived.class, e -> e.from().value().equals(from));
    assertThat(arrived.name()).isEqualTo(name);
    assertThat(visits.await(IvrGate.Visit.class).name()).isEqualTo(name);
    assertThat(linkAnew().calls())
        .filteredOn(live -> live.call().equals(arrived.call()))
        .extracting(PbxEvent.LiveCall::name)
        .containsExactly(name);
    pbx.send(new PbxCommand.HangUpCall(arrived.call()));
    awaitEnd(arrived.call());
  }

  @Test
  void anEntryPointMayBeAName() {
    rig.call("+886223000021", "sales.desk-1", LONG);
    var arrived = facts.await(PbxEvent.CallArrived.class);
    assertThat(arrived.dialed()).isEqualTo(new PhoneNumber("sales.desk-1"));
    assertThat(visits.await(IvrGate.Visit.class).dialed()).isEqualTo(arrived.dialed());
  }

  @Test
  void aCallerWhoHangsUpInTheScriptEndsTheScriptAndTheCall() {
    rig.call("+886223000002", ' ', Duration.ofMillis(700));
    heard.await(Heard.HungUp.class);
    facts.await(PbxEvent.CallEnded.class);
  }

  @Test
  void anAgentsPhoneRingsAndBothAreBridged() {
    rig.phone(ONE, Manner.ANSWERS);
    CallId call = held("+886223000003");
    LegId leg = ring(call, ONE, LONG);
    facts.await(PbxEvent.LegRinging.class, e -> e.leg().equals(leg));
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.RINGING));
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg));
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.IN_USE));
  }

  private static boolean is(PbxEvent.PhoneChanged e, String phone, PhoneState state) {
    return e.phone().equals(phone) && e.state() == state;
  }

  @Test
  void theAgentsHangUpEndsTheCallAndFreesThePhone() {
    rig.phone(ONE, Manner.ANSWERS_AND_HANGS_UP);
    CallId call = held("+886223000004");
    LegId leg = talking(call, ONE);
    assertThat(ended(leg)).isEqualTo(LegEnd.HUNG_UP);
    awaitEnd(call);
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.AVAILABLE));
  }

  @Test
  void aHangUpFromTheDeskEndsBothSides() {
    rig.phone(ONE, Manner.ANSWERS);
    CallId call = held("+886223000005");
    LegId leg = talking(call, ONE);
    pbx.send(new PbxCommand.HangUpLeg(leg));
    assertThat(ended(leg)).isEqualTo(LegEnd.HUNG_UP);
    awaitEnd(call);
  }

  @Test
  void theCallersHangUpEndsBothSides() {
    rig.phone(ONE, Manner.ANSWERS);
    rig.call("+886223000006", '2', Duration.ofSeconds(4));
    CallId call = facts.await(PbxEvent.CallArrived.class).call();
    facts.await(PbxEvent.CallQueued.class);
    LegId leg = talking(call, ONE);
    awaitEnd(call);
    // Where the leg is over before the caller's own channel, it says why.
    assertThat(ended(leg)).isIn(LegEnd.CALLER_GONE, LegEnd.HUNG_UP);
  }

  @Test
  void aCallerWhoGivesUpWhileWaitingEnds() {
    rig.call("+886223000007", '2', Duration.ofMillis(2_500));
    CallId call = facts.await(PbxEvent.CallArrived.class).call();
    facts.await(PbxEvent.CallQueued.class);
    awaitEnd(call);
  }

  @Test
  void aPhoneThatIsNotAnsweredStopsRinging() {
    rig.phone(ONE, Manner.RINGS);
    CallId call = held("+886223000008");
    assertThat(ended(ring(call, ONE, Duration.ofSeconds(1)))).isEqualTo(LegEnd.NO_ANSWER);
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.AVAILABLE));
  }

  @Test
  void aBusyPhoneSaysSo() {
    rig.phone(ONE, Manner.BUSY);
    CallId call = held("+886223000009");
    assertThat(ended(ring(call, ONE, LONG))).isEqualTo(LegEnd.BUSY);
  }

  @Test
  void aPhoneThatDeclinesSaysSo() {
    rig.phone(ONE, Manner.DECLINES);
    CallId call = held("+886223000010");
    assertThat(ended(ring(call, ONE, LONG))).isEqualTo(LegEnd.DECLINED);
  }

  /// Who is there is not the agent.
  @Test
  void aPhoneThatSendsItsCallsElsewhereDeclines() {
    rig.phone(ONE, Manner.MOVES);
    rig.phone(TWO, Manner.ANSWERS);
    CallId call = held("+886223000061");
    assertThat(ended(ring(call, ONE, LONG))).isEqualTo(LegEnd.DECLINED);
    // The other phone is rung by us alone. Asterisk may pass over a state that is short.
    talking(call, TWO);
    assertThat(facts.count(PbxEvent.PhoneChanged.class, e -> is(e, TWO, PhoneState.RINGING)))
        .isLessThanOrEqualTo(1);
  }

  @Test
  void aPhoneThatRingsBesideACallOfItsOwnSaysSo() {
    rig.phone(ONE, Manner.RINGS);
    CallId call = held("+886223000062");
    LegId leg = ring(call, ONE, LONG);
    facts.await(PbxEvent.LegRinging.class, e -> e.leg().equals(leg));
    rig.callsSomebody(ONE);
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.RINGING_IN_USE));
    pbx.send(new PbxCommand.CancelRing(call, leg));
    ended(leg);
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.IN_USE));
    rig.phone(ONE, Manner.RINGS);
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.AVAILABLE));
  }

  @Test
  void ofSeveralPhonesThatRingForACallerEachMayAnswer() {
    rig.phone(ONE, Manner.ANSWERS_WHEN_TOLD);
    rig.phone(TWO, Manner.RINGS);
    CallId call = held("+886223000063");
    LegId first = ring(call, ONE, LONG);
    LegId last = ring(call, TWO, LONG);
    for (LegId leg : List.of(first, last)) {
      facts.await(PbxEvent.LegRinging.class, e -> e.leg().equals(leg));
    }
    pbx.send(new PbxCommand.Answer(first));
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(first));
    pbx.send(new PbxCommand.CancelRing(call, last));
    ended(last);
    pbx.send(new PbxCommand.HangUpLeg(first));
    assertThat(ended(first)).isEqualTo(LegEnd.HUNG_UP);
    // The talk is over, and not taken back.
    awaitEnd(call);
  }

  /// The caller hangs up in the moment in which the agent answers: whoever was first, nobody is
  /// left with nobody, even if nobody were to clear up.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 24})
  void aTalkWhoseCallerHangsUpAsItBeginsIsOver(int millis) {
    rig.phone(ONE, Manner.ANSWERS_WHEN_TOLD);
    CallId call = held("+8862230000" + (70 + millis));
    LegId leg = ring(call, ONE, LONG);
    facts.await(PbxEvent.LegRinging.class, e -> e.leg().equals(leg));
    pbx.send(new PbxCommand.Answer(leg));
    hangsUp(call, Duration.ofMillis(millis));
    ended(leg);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 6, 8, 12})
  void aCallerWhoHangsUpAsTheyAreRetrievedLeavesNobody(int millis) {
    rig.phone(ONE, Manner.ANSWERS_AND_SPEAKS);
    CallId call = held("+8862230001" + (20 + millis));
    LegId leg = talking(call, ONE);
    pbx.send(new PbxCommand.Hold(call, leg));
    facts.await(PbxEvent.CallHeld.class, e -> e.call().equals(call));
    facts.forget();
    facts.accept(
        new PbxEvent.CallArrived(Instant.now(), call, new PhoneNumber(""), new PhoneNumber("")));
    pbx.send(new PbxCommand.Retrieve(leg));
    hangsUp(call, Duration.ofMillis(millis));
    ended(leg);
  }

  /// Such a moment after what was done before.
  private void hangsUp(CallId call, Duration later) {
    long at = System.nanoTime() + later.toNanos();
    while (System.nanoTime() < at) Thread.onSpinWait();
    pbx.send(new PbxCommand.HangUpCall(call));
    awaitEnd(call);
  }

  @Test
  void anUnreachablePhoneSaysSo() {
    CallId call = held("+886223000011");
    assertThat(ended(ring(call, rig.unreachablePhone(), LONG))).isEqualTo(LegEnd.UNREACHABLE);
  }

  @Test
  void aRingThatIsTakenBackStops() {
    rig.phone(ONE, Manner.RINGS);
    CallId call = held("+886223000012");
    LegId leg = ring(call, ONE, LONG);
    facts.await(PbxEvent.LegRinging.class, e -> e.leg().equals(leg));
    // One that stops at once may be told of by no state at all.
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.RINGING));
    pbx.send(new PbxCommand.CancelRing(call, leg));
    ended(leg);
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.AVAILABLE));
  }

  @Test
  void aRingThatIsTakenBackBeforeItsChannelExistsStopsToo() {
    rig.phone(ONE, Manner.RINGS);
    CallId call = held("+886223000013");
    LegId leg = ring(call, ONE, LONG);
    pbx.send(new PbxCommand.CancelRing(call, leg));
    ended(leg);
  }

  @Test
  void whoAnswersAfterAnotherDoesNotGetTheCaller() {
    rig.phone(ONE, Manner.ANSWERS_WHEN_TOLD);
    rig.phone(TWO, Manner.ANSWERS);
    CallId call = held("+886223000014");
    LegId late = ring(call, ONE, LONG);
    facts.await(PbxEvent.LegRinging.class, e -> e.leg().equals(late));
    talking(call, TWO);
    pbx.send(new PbxCommand.Answer(late));
    assertThat(ended(late)).isEqualTo(LegEnd.CALLER_GONE);
    assertThat(facts.count(PbxEvent.LegConnected.class, e -> e.leg().equals(late))).isZero();
    assertThat(facts.count(PbxEvent.CallEnded.class, e -> e.call().equals(call))).isZero();
  }

  @Test
  void aPhoneAnswersWhenTheDeskSaysSo() {
    rig.phone(ONE, Manner.ANSWERS_WHEN_TOLD);
    CallId call = held("+886223000019");
    LegId leg = ring(call, ONE, LONG);
    facts.await(PbxEvent.LegRinging.class, e -> e.leg().equals(leg));
    pbx.send(new PbxCommand.Answer(leg));
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg));
  }

  @Test
  void aPhoneThatIsToldSoWithTheCallAnswersByItself() {
    rig.phone(ONE, Manner.ANSWERS_BY_ITSELF_WHEN_TOLD);
    CallId call = held("+886223000064");
    LegId rings = ring(call, ONE, LONG);
    facts.await(PbxEvent.LegRinging.class, e -> e.leg().equals(rings));
    pbx.send(new PbxCommand.CancelRing(call, rings));
    assertThat(ended(rings)).isNotEqualTo(LegEnd.HUNG_UP);
    LegId answers = ring(call, ONE, LONG, true);
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(answers));
    assertThat(facts.count(PbxEvent.LegConnected.class, e -> e.leg().equals(rings))).isZero();
  }

  @Test
  void holdAndRetrieve() {
    rig.phone(ONE, Manner.ANSWERS);
    CallId call = held("+886223000015");
    LegId leg = talking(call, ONE);
    facts.forget();
    facts.accept(
        new PbxEvent.CallArrived(Instant.now(), call, new PhoneNumber(""), new PhoneNumber("")));
    pbx.send(new PbxCommand.Hold(call, leg));
    facts.await(PbxEvent.CallHeld.class, e -> e.call().equals(call));
    pbx.send(new PbxCommand.Retrieve(leg));
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg));
    assertThat(facts.count(PbxEvent.CallEnded.class, _ -> true)).isZero();
    assertThat(facts.count(PbxEvent.LegEnded.class, _ -> true)).isZero();
  }

  /// A leg that is another telephone's from now on is the same for everybody.
  @Test
  void aLegMovesInATalkAndInAHold() {
    rig.phone(ONE, Manner.ANSWERS);
    CallId call = held("+886223000085");
    LegId leg = talking(call, ONE);
    facts.forget();
    facts.accept(
        new PbxEvent.CallArrived(Instant.now(), call, new PhoneNumber(""), new PhoneNumber("")));
    pbx.send(new PbxCommand.Move(call, leg, true));
    facts.await(PbxEvent.CallHeld.class, e -> e.call().equals(call));
    pbx.send(new PbxCommand.Move(call, leg, false));
    pbx.send(new PbxCommand.Retrieve(leg));
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg));
    assertThat(facts.count(PbxEvent.CallEnded.class, _ -> true)).isZero();
    assertThat(facts.count(PbxEvent.LegEnded.class, _ -> true)).isZero();
  }

  /// Whom an agent has forgotten: they wait again, and the same phone can be rung for them.
  @Test
  void whoIsOnHoldIsTakenBackAndThePhoneIsFree() {
    rig.phone(ONE, Manner.ANSWERS);
    CallId call = held("+886223000084");
    LegId leg = talking(call, ONE);
    pbx.send(new PbxCommand.Hold(call, leg));
    facts.await(PbxEvent.CallHeld.class, e -> e.call().equals(call));
    facts.forget();
    facts.accept(
        new PbxEvent.CallArrived(Instant.now(), call, new PhoneNumber(""), new PhoneNumber("")));
    pbx.send(new PbxCommand.TakeBack(call));
    pbx.send(new PbxCommand.HangUpLeg(leg));
    facts.await(PbxEvent.CallQueued.class, e -> e.call().equals(call));
    ended(leg);
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.AVAILABLE));
    talking(call, ONE);
    assertThat(facts.count(PbxEvent.CallEnded.class, _ -> true)).isZero();
  }

  // ── An agent asks somebody ──────────────────────────────────────────────────────────────────

  /// The caller is on hold, and the agent's own call waits.
  private CallId asks(CallId call, LegId leg) {
    CallId own = PbxCommand.Consult.own(leg, Instant.now());
    pbx.send(new PbxCommand.Hold(call, leg));
    pbx.send(new PbxCommand.Consult(own, leg));
    facts.await(PbxEvent.CallHeld.class, e -> e.call().equals(call));
    facts.await(PbxEvent.CallArrived.class, e -> e.call().equals(own));
    facts.await(PbxEvent.CallQueued.class, e -> e.call().equals(own));
    return own;
  }

  private void nobodyIsLost(CallId call, LegId... legs) {
    assertThat(facts.count(PbxEvent.CallEnded.class, e -> e.call().equals(call))).isZero();
    for (LegId leg : legs) {
      assertThat(facts.count(PbxEvent.LegEnded.class, e -> e.leg().equals(leg))).isZero();
    }
  }

  private LiveCall live(CallId call) {
    int before = (int) facts.count(PbxEvent.Compared.class, _ -> true);
    pbx.send(new PbxCommand.Compare());
    PbxEvent.Compared now = facts.await(PbxEvent.Compared.class, _ -> true, before + 1);
    return now.calls().stream().filter(one -> one.call().equals(call)).findFirst().orElseThrow();
  }

  @Test
  void anAgentAsksAColleagueGoesToAndFroAndComesBack() {
    rig.phone(ONE, Manner.ANSWERS);
    rig.phone(TWO, Manner.ANSWERS);
    CallId call = held("+886223000101");
    LegId leg = talking(call, ONE);
    CallId own = asks(call, leg);
    LegId asked = talking(own, TWO);
    assertThat(live(call))
        .extracting(LiveCall::place, LiveCall::leg)
        .containsExactly(Place.HELD, Optional.of(leg));
    assertThat(live(own))
        .extracting(LiveCall::place, LiveCall::leg)
        .containsExactly(Place.TALKING, Optional.of(asked));
    for (int i = 0; i < 2; i++) {
      pbx.send(new PbxCommand.Retrieve(leg));
      facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg), i + 2);
      assertThat(live(call).place()).isEqualTo(Place.TALKING);
      pbx.send(new PbxCommand.Hold(call, leg));
      pbx.send(new PbxCommand.BackToConsultation(own));
      facts.await(PbxEvent.CallHeld.class, e -> e.call().equals(call), i + 2);
      assertThat(live(own).place()).isEqualTo(Place.TALKING);
    }
    pbx.send(new PbxCommand.HangUpCall(own));
    pbx.send(new PbxCommand.Retrieve(leg));
    awaitEnd(own);
    ended(asked);
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg), 4);
    nobodyIsLost(call, leg);
    assertThat(live(call))
        .extracting(LiveCall::place, LiveCall::leg)
        .containsExactly(Place.TALKING, Optional.of(leg));
  }

  @Test
  void whoIsAskedHasTheCallerWhenTheAgentIsDone() {
    rig.phone(ONE, Manner.ANSWERS);
    rig.phone(TWO, Manner.ANSWERS);
    CallId call = held("+886223000102");
    LegId leg = talking(call, ONE);
    CallId own = asks(call, leg);
    LegId asked = talking(own, TWO);
    pbx.send(new PbxCommand.Adopt(call, asked, "ben", ""));
    pbx.send(new PbxCommand.Retrieve(asked));
    pbx.send(new PbxCommand.HangUpLeg(leg));
    awaitEnd(own);
    ended(leg);
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(asked), 2);
    nobodyIsLost(call, asked);
    assertThat(live(call))
        .extracting(LiveCall::place, LiveCall::leg, LiveCall::agent)
        .containsExactly(Place.TALKING, Optional.of(asked), "ben");
  }

  /// Whoever is asked hangs up: the agent's leg waits on, and the caller.
  @Test
  void aColleagueWhoHangsUpLeavesTheAgentAndTheCallerOnHold() {
    rig.phone(ONE, Manner.ANSWERS);
    rig.phone(TWO, Manner.ANSWERS);
    CallId call = held("+886223000103");
    LegId leg = talking(call, ONE);
    CallId own = asks(call, leg);
    LegId asked = talking(own, TWO);
    pbx.send(new PbxCommand.HangUpLeg(asked));
    ended(asked);
    awaitEnd(own);
    nobodyIsLost(call, leg);
    assertThat(live(call))
        .extracting(LiveCall::place, LiveCall::leg)
        .containsExactly(Place.HELD, Optional.of(leg));
    pbx.send(new PbxCommand.Retrieve(leg));
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg), 2);
  }

  /// The agent hangs up while their own call waits: it ends with their leg when it is told to.
  @Test
  void anOwnCallThatWaitsEndsWhenItIsTold() {
    rig.phone(ONE, Manner.ANSWERS);
    CallId call = held("+886223000104");
    LegId leg = talking(call, ONE);
    CallId own = asks(call, leg);
    pbx.send(new PbxCommand.TakeBack(call));
    pbx.send(new PbxCommand.HangUpCall(own));
    pbx.send(new PbxCommand.HangUpLeg(leg));
    awaitEnd(own);
    ended(leg);
    facts.await(PbxEvent.CallQueued.class, e -> e.call().equals(call), 2);
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.AVAILABLE));
    talking(call, ONE);
  }

  // ── A conference ────────────────────────────────────────────────────────────────────────────

  /// An agent, whom they ask, and the caller.
  private record Three(CallId call, LegId leg, CallId own, LegId asked) {}

  /// Once more: how often it was so before.
  private void conferenced(Three all, int before) {
    pbx.send(new PbxCommand.Conference(all.call(), all.own()));
    var fact =
        facts.await(PbxEvent.CallConferenced.class, e -> e.call().equals(all.call()), before + 1);
    assertThat(fact.own()).isEqualTo(all.own());
    assertThat(live(all.call()))
        .extracting(LiveCall::place, LiveCall::leg, LiveCall::conference)
        .containsExactly(Place.TALKING, Optional.of(all.leg()), Optional.of(all.own()));
    assertThat(live(all.own()))
        .extracting(LiveCall::place, LiveCall::leg, LiveCall::conference)
        .containsExactly(Place.TALKING, Optional.of(all.asked()), Optional.empty());
  }

  private Three conference(String from) {
    rig.phone(ONE, Manner.ANSWERS);
    rig.phone(TWO, Manner.ANSWERS);
    CallId call = held(from);
    LegId leg = talking(call, ONE);
    CallId own = asks(call, leg);
    LegId asked = talking(own, TWO);
    var all = new Three(call, leg, own, asked);
    pbx.send(new PbxCommand.Retrieve(leg));
    conferenced(all, 0);
    nobodyIsLost(call, leg, asked);
    return all;
  }

  @Test
  void whoeverIsAskedLeavesAConferenceAndCallerAndAgentGoOn() {
    Three all = conference("+886223000105");
    pbx.send(new PbxCommand.HangUpLeg(all.asked()));
    ended(all.asked());
    awaitEnd(all.own());
    nobodyIsLost(all.call(), all.leg());
    assertThat(live(all.call()))
        .extracting(LiveCall::place, LiveCall::leg, LiveCall::conference)
        .containsExactly(Place.TALKING, Optional.of(all.leg()), Optional.empty());
  }

  /// Their phone is over before anybody else has the caller: with whom they hear is nobody's
  /// business for as long as it takes.
  @Test
  void theAgentLeavesAConferenceAndWhoeverIsAskedHasTheCaller() {
    Three all = conference("+886223000106");
    pbx.send(new PbxCommand.HangUpLeg(all.leg()));
    ended(all.leg());
    assertThat(live(all.call()))
        .extracting(LiveCall::place, LiveCall::leg, LiveCall::conference)
        .containsExactly(Place.TALKING, Optional.empty(), Optional.of(all.own()));
    pbx.send(new PbxCommand.Adopt(all.call(), all.asked(), "ben", ""));
    pbx.send(new PbxCommand.Retrieve(all.asked()));
    awaitEnd(all.own());
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(all.asked()), 2);
    nobodyIsLost(all.call(), all.asked());
    assertThat(live(all.call()))
        .extracting(LiveCall::place, LiveCall::leg, LiveCall::agent, LiveCall::conference)
        .containsExactly(Place.TALKING, Optional.of(all.asked()), "ben", Optional.empty());
  }

  /// The same, while the agent is there still.
  @Test
  void whoIsInAConferenceHandsOver() {
    Three all = conference("+886223000107");
    pbx.send(new PbxCommand.Adopt(all.call(), all.asked(), "ben", ""));
    pbx.send(new PbxCommand.Retrieve(all.asked()));
    pbx.send(new PbxCommand.HangUpLeg(all.leg()));
    awaitEnd(all.own());
    ended(all.leg());
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(all.asked()), 2);
    nobodyIsLost(all.call(), all.asked());
  }

  /// The caller is on hold meanwhile, and comes back to it.
  @Test
  void aConferenceIsTakenApartAndBegunAgain() {
    Three all = conference("+886223000108");
    for (int i = 1; i <= 2; i++) {
      pbx.send(new PbxCommand.Hold(all.call(), all.leg()));
      pbx.send(new PbxCommand.BackToConsultation(all.own()));
      facts.await(PbxEvent.CallHeld.class, e -> e.call().equals(all.call()), i + 1);
      assertThat(live(all.call()))
          .extracting(LiveCall::place, LiveCall::conference)
          .containsExactly(Place.HELD, Optional.empty());
      pbx.send(new PbxCommand.Retrieve(all.leg()));
      conferenced(all, i);
    }
    nobodyIsLost(all.call(), all.leg(), all.asked());
  }

  @Test
  void aCallerWhoLeavesAConferenceEndsItWhenBothAreTold() {
    Three all = conference("+886223000109");
    pbx.send(new PbxCommand.HangUpCall(all.call()));
    awaitEnd(all.call());
    pbx.send(new PbxCommand.HangUpCall(all.own()));
    pbx.send(new PbxCommand.HangUpLeg(all.leg()));
    awaitEnd(all.own());
    ended(all.leg());
    ended(all.asked());
  }

  @Test
  void aConferenceIsKnownToANewLink() {
    Three all = conference("+886223000110");
    assertThat(linkAnew().calls())
        .filteredOn(live -> live.call().equals(all.call()))
        .extracting(LiveCall::place, LiveCall::leg, LiveCall::conference)
        .containsExactly(tuple(Place.TALKING, Optional.of(all.leg()), Optional.of(all.own())));
    pbx.send(new PbxCommand.HangUpCall(all.own()));
    awaitEnd(all.own());
    nobodyIsLost(all.call(), all.leg());
  }

  /// Nobody comes to whom the agent is not with, and nobody is lost by it.
  @Test
  void whereTheAgentIsNotWithTheCallerNothingComesOfAConference() {
    rig.phone(ONE, Manner.ANSWERS);
    rig.phone(TWO, Manner.ANSWERS);
    CallId call = held("+886223000111");
    LegId leg = talking(call, ONE);
    CallId own = asks(call, leg);
    LegId asked = talking(own, TWO);
    pbx.send(new PbxCommand.Conference(call, own));
    pbx.send(new PbxCommand.BackToConsultation(own));
    assertThat(live(call))
        .extracting(LiveCall::place, LiveCall::leg, LiveCall::conference)
        .containsExactly(Place.HELD, Optional.of(leg), Optional.empty());
    nobodyIsLost(call, leg, asked);
  }

  // ── Recordings ──────────────────────────────────────────────────────────────────────────────

  /// The name is a fact before caller and agent hear each other, and is listed; where the caller is
  /// asked something afterwards it is over before that.
  @Test
  void aTalkIsRecordedFromItsFirstWordUntilTheCallerComesToAScript() throws Exception {
    rig.phone(ONE, Manner.ANSWERS);
    CallId call = held("+886223000085");
    var id = new RecordingId("talk-" + call.channel());
    LegId leg = recorded(call, ONE, id);
    assertThat(facts.await(PbxEvent.RecordingBegan.class, e -> e.call().equals(call)).recording())
        .isEqualTo(id);
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg));
    pbx.send(new PbxCommand.MuteRecording(call, true));
    pbx.send(new PbxCommand.MuteRecording(call, false));
    assertThat(linkAnew().calls())
        .filteredOn(live -> live.call().equals(call))
        .extracting(PbxEvent.LiveCall::recording)
        .containsExactly(Optional.of(id));
    pbx.send(new PbxCommand.HangUpLeg(leg));
    facts.await(PbxEvent.RecordingEnded.class, e -> e.call().equals(call));
    assertThat(heard.await(Heard.Key.class)).isNotNull();
    awaitFile(id);
  }

  private LegId recorded(CallId call, String phone, RecordingId id) {
    var leg = LegId.ofOffer(OFFERS.incrementAndGet());
    pbx.send(
        new PbxCommand.RingAgent(
            call,
            leg,
            phone,
            "ann",
            new PhoneNumber("+886212345678"),
            LONG,
            "survey",
            "",
            "",
            false,
            "billing",
            Optional.of(id)));
    return leg;
  }

  private void awaitFile(RecordingId id) {
    Path file = rig.onThisMachine(rig.recordings() + "/" + id + ".raw");
    Await.until(() -> Files.isRegularFile(file), file + " is there", LONG);
  }

  /// Also one that goes on to another agent, by whatever name their leg would begin one.
  @Test
  void oneThatGoesOnGoesOnWithTheCaller() {
    rig.phone(ONE, Manner.ANSWERS);
    rig.phone(TWO, Manner.ANSWERS);
    CallId call = held("+886223000086");
    LegId leg = recorded(call, ONE, new RecordingId("first-" + call.channel()));
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg));
    pbx.send(new PbxCommand.TakeBack(call));
    pbx.send(new PbxCommand.HangUpLeg(leg));
    ended(leg);
    LegId other = recorded(call, TWO, new RecordingId("second-" + call.channel()));
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(other));
    assertThat(facts.count(PbxEvent.RecordingBegan.class, _ -> true)).isEqualTo(1);
    assertThat(facts.count(PbxEvent.RecordingEnded.class, _ -> true)).isZero();
  }

  @Test
  void aTalkThatGoesOnIsRecordedFromNowOnAndStops() {
    rig.phone(ONE, Manner.ANSWERS);
    CallId call = held("+886223000087");
    talking(call, ONE);
    var id = new RecordingId("demand-" + call.channel());
    pbx.send(new PbxCommand.StartRecording(call, id));
    facts.await(PbxEvent.RecordingBegan.class, e -> e.recording().equals(id));
    pbx.send(new PbxCommand.StopRecording(call));
    facts.await(PbxEvent.RecordingEnded.class, e -> e.call().equals(call));
  }

  @Test
  void aKeyOfWhoTalksIsToldAndNotWhichOne() {
    rig.phone(ONE, Manner.ANSWERS);
    String from = "+886223000088";
    rig.callThatPressesAfterTheTalk(from, '2', '5', LONG);
    CallId call =
        facts.await(PbxEvent.CallArrived.class, e -> e.from().value().equals(from)).call();
    facts.await(PbxEvent.CallQueued.class, e -> e.call().equals(call));
    talking(call, ONE);
    if (rig.pressesInTalks()) {
      facts.await(PbxEvent.CallerKeyed.class, e -> e.call().equals(call));
      assertThat(facts.count(PbxEvent.KeyPressed.class, _ -> true)).isZero();
    }
  }

  /// And nobody takes them for keys that the caller has pressed, also when they wait again.
  @Test
  void whatTheAgentKeysTheCallerHears() {
    rig.phone(ONE, Manner.ANSWERS);
    String from = "+886223000081";
    rig.callThatListens(from, LONG);
    CallId call =
        facts.await(PbxEvent.CallArrived.class, e -> e.from().value().equals(from)).call();
    facts.await(PbxEvent.CallQueued.class, e -> e.call().equals(call));
    talking(call, ONE);
    pbx.send(new PbxCommand.GenerateDigits(call, new KeyedDigits("0123456"), false));
    pbx.send(new PbxCommand.GenerateDigits(call, new KeyedDigits("789*#00"), false));
    Await.until(
        () -> rig.keysHeard(from).length() >= 14, "all keys are heard", Duration.ofSeconds(10));
    assertThat(rig.keysHeard(from)).isEqualTo("0123456789*#00");
    assertThat(facts.count(PbxEvent.KeyPressed.class, _ -> true)).isZero();
  }

  /// Asterisk's manager does one thing after the other; what is keyed takes seconds.
  @Test
  void nobodyWaitsForWhatIsKeyed() {
    rig.phone(ONE, Manner.ANSWERS);
    rig.phone(TWO, Manner.RINGS);
    CallId call = held("+886223000082");
    CallId other = held("+886223000083");
    talking(call, ONE);
    pbx.send(
        new PbxCommand.GenerateDigits(call, new KeyedDigits("1".repeat(KeyedDigits.MOST)), false));
    long asked = System.nanoTime();
    LegId leg = ring(other, TWO, LONG);
    facts.await(PbxEvent.LegRinging.class, e -> e.leg().equals(leg));
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(2));
  }

  private LegId supervisor(LegId agents, String phone, Supervision how) {
    LegId leg = LegId.ofSupervisor(PbxId.MAIN, OFFERS.incrementAndGet());
    pbx.send(new PbxCommand.Supervise(leg, agents, phone, how, LONG, "Ann"));
    facts.await(PbxEvent.SupervisorConnected.class, e -> e.leg().equals(leg) && e.how() == how);
    return leg;
  }

  @Test
  void aSupervisorTakesPartAndLeavesAndTheTalkGoesOn() {
    rig.phone(ONE, Manner.ANSWERS_AND_SPEAKS);
    rig.phone(TWO, Manner.ANSWERS_AND_SPEAKS);
    CallId call = held("+886223000061");
    LegId leg = talking(call, ONE);
    LegId supervisor = supervisor(leg, TWO, Supervision.LISTEN);
    for (Supervision how : List.of(Supervision.WHISPER, Supervision.BARGE, Supervision.LISTEN)) {
      pbx.send(new PbxCommand.SuperviseBy(supervisor, how));
      facts.await(
          PbxEvent.SupervisorConnected.class, e -> e.leg().equals(supervisor) && e.how() == how);
      facts.await(PbxEvent.SupervisorConnected.class);
    }
    pbx.send(new PbxCommand.Hold(call, leg));
    facts.await(PbxEvent.CallHeld.class, e -> e.call().equals(call));
    pbx.send(new PbxCommand.Retrieve(leg));
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg));
    pbx.send(new PbxCommand.HangUpLeg(supervisor));
    assertThat(ended(supervisor)).isEqualTo(LegEnd.HUNG_UP);
    assertThat(facts.count(PbxEvent.LegEnded.class, e -> e.leg().equals(leg))).isZero();
    assertThat(facts.count(PbxEvent.CallEnded.class, e -> e.call().equals(call))).isZero();
  }

  @ParameterizedTest
  @EnumSource(Supervision.class)
  void howeverASupervisorTakesPartTheyCanLeave(Supervision how) {
    rig.phone(ONE, Manner.ANSWERS_AND_SPEAKS);
    rig.phone(TWO, Manner.ANSWERS_AND_SPEAKS);
    CallId call = held("+88622300006" + (4 + how.ordinal()));
    LegId leg = talking(call, ONE);
    LegId supervisor = supervisor(leg, TWO, how);
    pbx.send(new PbxCommand.HangUpLeg(supervisor));
    assertThat(ended(supervisor)).isEqualTo(LegEnd.HUNG_UP);
    assertThat(facts.count(PbxEvent.LegEnded.class, e -> e.leg().equals(leg))).isZero();
  }

  @Test
  void withTheAgentsLegASupervisorIsOut() {
    rig.phone(ONE, Manner.ANSWERS_AND_SPEAKS);
    rig.phone(TWO, Manner.ANSWERS_AND_SPEAKS);
    CallId call = held("+886223000062");
    LegId leg = talking(call, ONE);
    LegId supervisor = supervisor(leg, TWO, Supervision.BARGE);
    pbx.send(new PbxCommand.HangUpLeg(leg));
    assertThat(ended(supervisor)).isEqualTo(LegEnd.HUNG_UP);
  }

  private LegId takesOver(CallId call, LegId leg) {
    LegId supervisor = supervisor(leg, TWO, Supervision.LISTEN);
    facts.forget();
    facts.accept(
        new PbxEvent.CallArrived(Instant.now(), call, new PhoneNumber(""), new PhoneNumber("")));
    pbx.send(new PbxCommand.TakeOver(call, supervisor, leg, "sup"));
    return supervisor;
  }

  private void areInATalkThatGoesOn(CallId call, LegId leg) {
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg));
    pbx.send(new PbxCommand.Adopt(call, leg, "sup", ""));
    pbx.send(new PbxCommand.Hold(call, leg));
    facts.await(PbxEvent.CallHeld.class, e -> e.call().equals(call));
    facts.forget();
    facts.accept(
        new PbxEvent.CallArrived(Instant.now(), call, new PhoneNumber(""), new PhoneNumber("")));
    pbx.send(new PbxCommand.Retrieve(leg));
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg));
    pbx.send(new PbxCommand.Compare());
    assertThat(facts.await(PbxEvent.Compared.class).calls())
        .filteredOn(live -> live.call().equals(call))
        .extracting(PbxEvent.LiveCall::place, PbxEvent.LiveCall::leg)
        .containsExactly(tuple(Place.TALKING, Optional.of(leg)));
    assertThat(facts.count(PbxEvent.CallQueued.class, e -> e.call().equals(call))).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSupervisorTakesTheCallerOver(boolean held) {
    rig.phone(ONE, Manner.ANSWERS_AND_SPEAKS);
    rig.phone(TWO, Manner.ANSWERS_AND_SPEAKS);
    CallId call = held("+88622300009" + (held ? 1 : 2));
    LegId leg = talking(call, ONE);
    if (held) {
      pbx.send(new PbxCommand.Hold(call, leg));
      facts.await(PbxEvent.CallHeld.class, e -> e.call().equals(call));
    }
    LegId supervisor = takesOver(call, leg);
    areInATalkThatGoesOn(call, supervisor);
    assertThat(facts.count(PbxEvent.LegEnded.class, _ -> true)).isZero();
    pbx.send(new PbxCommand.HangUpLeg(leg));
    assertThat(ended(leg)).isEqualTo(LegEnd.HUNG_UP);
    assertThat(facts.count(PbxEvent.CallEnded.class, _ -> true)).isZero();
    pbx.send(new PbxCommand.HangUpLeg(supervisor));
    awaitEnd(call);
  }

  @Test
  void anAgentWhoHangsUpWhileTheyAreTakenOverEndsNothing() {
    rig.phone(ONE, Manner.ANSWERS_AND_SPEAKS);
    rig.phone(TWO, Manner.ANSWERS_AND_SPEAKS);
    CallId call = held("+886223000093");
    LegId leg = talking(call, ONE);
    LegId supervisor = takesOver(call, leg);
    pbx.send(new PbxCommand.HangUpLeg(leg));
    areInATalkThatGoesOn(call, supervisor);
  }

  @Test
  void whereTheSupervisorIsNotThereTheAgentHasTheCallerAgain() {
    rig.phone(ONE, Manner.ANSWERS_AND_SPEAKS);
    rig.phone(TWO, Manner.ANSWERS_AND_SPEAKS);
    CallId call = held("+886223000094");
    LegId leg = talking(call, ONE);
    LegId supervisor = takesOver(call, leg);
    pbx.send(new PbxCommand.HangUpLeg(supervisor));
    ended(supervisor);
    // They may have had the caller for a moment, who is then sent on as after any talk.
    if (facts.count(PbxEvent.LegConnected.class, e -> e.leg().equals(supervisor)) == 0) {
      areInATalkThatGoesOn(call, leg);
    }
  }

  @Test
  void aSupervisorWhoWasGoneBeforeTakesNobodyOver() {
    rig.phone(ONE, Manner.ANSWERS_AND_SPEAKS);
    CallId call = held("+886223000095");
    LegId leg = talking(call, ONE);
    facts.forget();
    facts.accept(
        new PbxEvent.CallArrived(Instant.now(), call, new PhoneNumber(""), new PhoneNumber("")));
    var gone = LegId.ofSupervisor(PbxId.MAIN, OFFERS.incrementAndGet());
    pbx.send(new PbxCommand.TakeOver(call, gone, leg, "sup"));
    areInATalkThatGoesOn(call, leg);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 6, 8, 12})
  void aCallerWhoHangsUpWhileTheyAreTakenOverEndsAllLegs(int millis) {
    rig.phone(ONE, Manner.ANSWERS_AND_SPEAKS);
    rig.phone(TWO, Manner.ANSWERS_AND_SPEAKS);
    CallId call = held("+8862230001" + (40 + millis));
    LegId leg = talking(call, ONE);
    LegId supervisor = takesOver(call, leg);
    hangsUp(call, Duration.ofMillis(millis));
    ended(supervisor);
    // Whoever hears that the supervisor has had the caller hangs the agent's leg up.
    if (facts.count(PbxEvent.LegConnected.class, e -> e.leg().equals(supervisor)) > 0) {
      pbx.send(new PbxCommand.HangUpLeg(leg));
    }
    ended(leg);
  }

  /// Whose agent is gone by then.
  @Test
  void whoComesTooLateToListenIsHungUp() {
    rig.phone(TWO, Manner.ANSWERS_AND_SPEAKS);
    LegId leg = LegId.ofSupervisor(PbxId.MAIN, OFFERS.incrementAndGet());
    pbx.send(
        new PbxCommand.Supervise(
            leg, new LegId("switchroom-0"), TWO, Supervision.LISTEN, LONG, "Ann"));
    ended(leg);
  }

  @Test
  void afterALostLinkThePbxSaysWhoListens() {
    rig.phone(ONE, Manner.ANSWERS_AND_SPEAKS);
    rig.phone(TWO, Manner.ANSWERS_AND_SPEAKS);
    CallId call = held("+886223000063");
    LegId leg = talking(call, ONE);
    LegId supervisor = supervisor(leg, TWO, Supervision.WHISPER);
    PbxEvent.Synchronized list = linkAnew();
    assertThat(list.supervisors())
        .containsExactly(new PbxEvent.LiveSupervisor(supervisor, Optional.of(Supervision.WHISPER)));
    assertThat(list.alone()).doesNotContain(leg, supervisor);
    assertThat(list.calls())
        .filteredOn(live -> live.call().equals(call))
        .extracting(PbxEvent.LiveCall::leg)
        .containsExactly(Optional.of(leg));
    pbx.send(new PbxCommand.Compare());
    assertThat(facts.await(PbxEvent.Compared.class).legs()).contains(leg, supervisor);
    pbx.send(new PbxCommand.HangUpLeg(supervisor));
    assertThat(ended(supervisor)).isEqualTo(LegEnd.HUNG_UP);
    pbx.send(new PbxCommand.HangUpCall(call));
    awaitEnd(call);
  }

  @Test
  void aTransferMadeOnThePhoneIsFollowed() {
    rig.phone(ONE, Manner.ANSWERS_AND_TRANSFERS);
    CallId call = held("+886223000016");
    LegId leg = talking(call, ONE);
    var transferred = facts.await(PbxEvent.CallTransferred.class, e -> e.leg().equals(leg));
    assertThat(transferred.target()).isEqualTo("900");
    ended(leg);
  }

  /// The colleague's leg is one as any other: it is held and taken off, and known to who asks.
  @Test
  void whoIsGivenACallerByAPhoneHasThemOnALegOfTheirs() {
    rig.phone(ONE, Manner.ANSWERS_AND_GIVES_AWAY);
    rig.phone(TWO, Manner.ANSWERS);
    CallId call = held("+886223000019");
    LegId first = talking(call, ONE);
    var given = facts.await(PbxEvent.PhoneConnected.class, e -> e.call().equals(call));
    assertThat(given.phone()).isEqualTo(TWO);
    ended(first);
    LegId leg = given.leg();
    pbx.send(new PbxCommand.Adopt(call, leg, "ben", ""));
    facts.forget();
    pbx.send(new PbxCommand.Compare());
    var listed = facts.await(PbxEvent.Compared.class);
    assertThat(listed.calls())
        .filteredOn(one -> one.call().equals(call))
        .extracting(PbxEvent.LiveCall::place, PbxEvent.LiveCall::leg, PbxEvent.LiveCall::agent)
        .containsExactly(tuple(Place.TALKING, Optional.of(leg), "ben"));
    assertThat(listed.legs()).contains(leg);
    pbx.send(new PbxCommand.Hold(call, leg));
    facts.await(PbxEvent.CallHeld.class, e -> e.call().equals(call));
    facts.forget();
    pbx.send(new PbxCommand.Retrieve(leg));
    facts.await(PbxEvent.LegConnected.class, e -> e.leg().equals(leg));
    pbx.send(new PbxCommand.HangUpLeg(leg));
    ended(leg);
    awaitEnd(call);
  }

  @Test
  void phonesAreKnownByTheirState() {
    facts.forget();
    rig.dropLinks();
    facts.await(PbxEvent.Synchronized.class);
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.AVAILABLE));
    facts.await(
        PbxEvent.PhoneChanged.class, e -> is(e, rig.unreachablePhone(), PhoneState.UNREACHABLE));
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, "PJSIP/nobody", PhoneState.UNKNOWN));
    assertThat(facts.all().stream().takeWhile(e -> !(e instanceof PbxEvent.Synchronized)))
        .as("before anybody is offered")
        .anyMatch(e -> e instanceof PbxEvent.PhoneChanged p && is(p, ONE, PhoneState.AVAILABLE))
        .anyMatch(
            e -> e instanceof PbxEvent.PhoneChanged p && is(p, "PJSIP/nobody", PhoneState.UNKNOWN));
  }

  @Test
  void aPhoneWhoseAgentDoesNotWantToBeDisturbedSaysSoUntilTheyDo() {
    rig.phone(ONE, Manner.ANSWERS);
    rig.doNotDisturb(ONE, true);
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.DO_NOT_DISTURB));
    CallId call = held("+886223000064");
    LegId leg = talking(call, ONE);
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.IN_USE));
    facts.forget();
    facts.accept(
        new PbxEvent.CallArrived(Instant.now(), call, new PhoneNumber(""), new PhoneNumber("")));
    pbx.send(new PbxCommand.HangUpLeg(leg));
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.DO_NOT_DISTURB));
    linkAnew();
    assertThat(facts.all().stream().takeWhile(e -> !(e instanceof PbxEvent.Synchronized)))
        .as("before anybody is offered, and nothing else")
        .filteredOn(e -> e instanceof PbxEvent.PhoneChanged p && p.phone().equals(ONE))
        .isNotEmpty()
        .allMatch(e -> is((PbxEvent.PhoneChanged) e, ONE, PhoneState.DO_NOT_DISTURB));
    rig.doNotDisturb(ONE, false);
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.AVAILABLE));
  }

  @Test
  void whenAskedThePbxSaysWhatLives() {
    rig.phone(ONE, Manner.ANSWERS);
    CallId talks = held("+886223000057");
    LegId leg = talking(talks, ONE);
    CallId waits = held("+886223000058");
    facts.forget();
    pbx.send(new PbxCommand.Compare());
    var compared = facts.await(PbxEvent.Compared.class);
    assertThat(compared.calls())
        .extracting(PbxEvent.LiveCall::call, PbxEvent.LiveCall::place, PbxEvent.LiveCall::leg)
        .contains(
            tuple(talks, Place.TALKING, Optional.of(leg)),
            tuple(waits, Place.QUEUED, Optional.empty()));
    assertThat(compared.legs()).contains(leg);
    assertThat(compared.alone()).doesNotContain(leg);
    rig.phone(TWO, Manner.ANSWERS);
    assertThat(talking(waits, TWO)).as("what was known is known").isNotNull();
  }

  @Test
  void afterALostLinkThePbxSaysWhatLives() {
    rig.phone(ONE, Manner.ANSWERS);
    CallId talks = held("+886223000017");
    LegId leg = talking(talks, ONE);
    CallId waits = held("+886223000018");
    var chooses = new PhoneNumber("+886223000047");
    rig.call(chooses.value(), ' ', LONG);
    facts.await(PbxEvent.CallArrived.class, e -> e.from().equals(chooses));
    rig.dropLinks();
    facts.await(PbxEvent.Disconnected.class);
    var live = facts.await(PbxEvent.Synchronized.class, e -> e.calls().size() >= 3).calls();
    assertThat(live)
        .anySatisfy(
            call -> {
              assertThat(call.from()).isEqualTo(chooses);
              assertThat(call.place()).isEqualTo(Place.IN_SCRIPT);
              assertThat(call.queue()).as("what a channel does not have is empty").isEmpty();
              assertThat(call.ask()).isEmpty();
              assertThat(call.arrived()).isEmpty();
            })
        .anySatisfy(
            call -> {
              assertThat(call.call()).isEqualTo(talks);
              assertThat(call.place()).isEqualTo(Place.TALKING);
              assertThat(call.leg()).contains(leg);
              assertThat(call.agent()).isEqualTo("ann");
              assertThat(call.queue()).as("in which they were answered").isEqualTo("billing");
            })
        .anySatisfy(
            call -> {
              assertThat(call.call()).isEqualTo(waits);
              assertThat(call.place()).isEqualTo(Place.QUEUED);
              assertThat(call.queue()).isEqualTo("orders");
              assertThat(call.priority()).isEqualTo(3);
              assertThat(call.ask()).isEqualTo("mandarin >= 2");
              assertThat(call.language()).isEqualTo("zh-Hant");
              assertThat(call.arrived()).contains(Instant.ofEpochMilli(1_700_000_000_123L));
              assertThat(call.from()).isEqualTo(new PhoneNumber("+886223000018"));
            });
    pbx.send(new PbxCommand.HangUpLeg(leg));
    assertThat(ended(leg)).isEqualTo(LegEnd.HUNG_UP);
  }

  @Test
  void whatIsOverIsRememberedUntilItIsForgotten() {
    rig.phone(ONE, Manner.ANSWERS);
    rig.phone(TWO, Manner.ANSWERS_AND_HANGS_UP);
    rig.call("+886223000051", '2', Duration.ofMillis(2_500));
    CallId givesUp = whoIsHeld("+886223000051");
    awaitEnd(givesUp);
    rig.call("+886223000052", '2', Duration.ofSeconds(4));
    CallId hangsUp = whoIsHeld("+886223000052");
    talking(hangsUp, ONE);
    CallId isHungUp = held("+886223000053");
    talking(isHungUp, TWO);
    awaitEnd(hangsUp);
    awaitEnd(isHungUp);

    var ended = linkAnew().ended();
    assertThat(ended)
        .as("who gave up")
        .anySatisfy(
            call -> {
              assertThat(call.call()).isEqualTo(givesUp);
              assertThat(call.from()).isEqualTo(new PhoneNumber("+886223000051"));
              assertThat(call.dialed()).isEqualTo(new PhoneNumber("8001"));
              assertThat(call.queue()).isEqualTo("orders");
              assertThat(call.queued()).contains(Instant.ofEpochMilli(1_700_000_000_123L));
              assertThat(call.answered()).isEmpty();
              assertThat(call.arrived().orElseThrow())
                  .isBetween(call.ended().minusSeconds(10), call.ended());
              assertThat(call.ended()).isAfter(Instant.now().minusSeconds(60));
            });
    for (CallId talked : List.of(hangsUp, isHungUp)) {
      assertThat(ended)
          .as("whoever hangs up")
          .anySatisfy(
              call -> {
                assertThat(call.call()).isEqualTo(talked);
                assertThat(call.agent()).isEqualTo("ann");
                assertThat(call.answered().orElseThrow())
                    .isBetween(call.arrived().orElseThrow(), call.ended());
              });
    }
    for (CallId call : List.of(givesUp, hangsUp, isHungUp)) {
      pbx.send(new PbxCommand.Forget(call));
    }
    // Actions are taken in their order, so what comes after them has come after them.
    rig.phone("PJSIP/1004", Manner.ANSWERS);
    CallId last = held("+886223000054");
    LegId leg = talking(last, "PJSIP/1004");
    pbx.send(new PbxCommand.HangUpLeg(leg));
    awaitEnd(last);
    ended(leg);
    assertThat(linkAnew().ended())
        .extracting(PbxEvent.EndedCall::call)
        .doesNotContain(givesUp, hangsUp, isHungUp);
  }

  /// Such as a phone whose ring was taken back while nobody heard that it was answered.
  @Test
  void whoTalksIsWithWhomTheyTalkAlsoWhereAnotherPhoneRingsForThem() {
    rig.phone(ONE, Manner.ANSWERS);
    rig.phone(TWO, Manner.RINGS);
    CallId call = held("+886223000055");
    LegId leg = talking(call, ONE);
    LegId rings = ring(call, TWO, LONG);
    facts.await(PbxEvent.LegRinging.class, e -> e.leg().equals(rings));
    PbxEvent.Synchronized news = linkAnew();
    assertThat(news.calls())
        .filteredOn(live -> live.call().equals(call))
        .extracting(PbxEvent.LiveCall::place, PbxEvent.LiveCall::leg)
        .containsExactly(tuple(Place.TALKING, Optional.of(leg)));
    assertThat(news.alone()).contains(rings);
    pbx.send(new PbxCommand.CancelRing(call, rings));
    ended(rings);
    pbx.send(new PbxCommand.HangUpLeg(leg));
    ended(leg);
  }

  /// A PBX writes both numbers into what it tells us as they came.
  @Test
  void aCallerWhoWritesEventsIntoANumberChangesNothing() {
    rig.phone(ONE, Manner.RINGS);
    CallId waits = held("+886223000061");
    String gone = "1\r\n\r\nEvent: DeviceStateChange\r\nDevice: PJSIP/1001\r\nState: UNAVAILABLE";
    String over = "1\r\n\r\nEvent: Hangup\r\nUniqueid: %s\r\nCause: 16\r\n\r\n".formatted(waits);
    String phantom =
        "1\r\n\r\nEvent: VarSet\r\nUniqueid: 9\r\nVariable: SR_CALL\r\nValue: 9\r\n\r\n";
    String another = "1\r\nUniqueid: %s".formatted(waits);
    rig.call("+886223000062", "800" + gone, LONG);
    for (String attack : List.of(gone, over, phantom, another)) rig.call(attack, "8001", LONG);
    Set<CallId> attackers = new HashSet<>();
    while (attackers.size() < 4) {
      var arrived =
          facts.await(
              PbxEvent.CallArrived.class,
              e -> !e.call().equals(waits) && !attackers.contains(e.call()));
      assertThat(arrived.from().hidden()).as("what is no number is none").isTrue();
      attackers.add(arrived.call());
    }
    nothingHasChanged();
    // Nor of what the PBX lists when the link is begun anew.
    var live = linkAnew().calls();
    facts.await(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.AVAILABLE));
    assertThat(live).extracting(PbxEvent.LiveCall::call).contains(waits);
    assertThat(live)
        .filteredOn(call -> call.from().hidden())
        .extracting(PbxEvent.LiveCall::call)
        .containsExactlyInAnyOrderElementsOf(attackers);
    nothingHasChanged();
    attackers.add(waits);
    for (CallId call : attackers) {
      pbx.send(new PbxCommand.HangUpCall(call));
      awaitEnd(call);
    }
  }

  private void nothingHasChanged() {
    assertThat(facts.count(PbxEvent.PhoneChanged.class, e -> is(e, ONE, PhoneState.UNREACHABLE)))
        .isZero();
    assertThat(facts.count(PbxEvent.CallEnded.class, _ -> true)).isZero();
  }

  private PbxEvent.Synchronized linkAnew() {
    facts.forget();
    rig.dropLinks();
    facts.await(PbxEvent.Disconnected.class);
    return facts.await(PbxEvent.Synchronized.class);
  }

  // ── Between the music ───────────────────────────────────────────────────────────────────────

  private static final List<String> SAID = List.of("vm-msginstruct", "digits/3");

  @Test
  void aHeldCallerHearsWhatIsSaidAndTheirKeyIsAFact() {
    String from = "+886223000041";
    rig.callThatPressesWhileHeld(from, '2', '5', LONG);
    CallId call = whoIsHeld(from);
    pbx.send(new PbxCommand.Say(call, SAID));
    var key = facts.await(PbxEvent.KeyPressed.class, e -> e.call().equals(call));
    assertThat(key.key()).isEqualTo('5');
    assertThat(facts.count(PbxEvent.KeyPressed.class, e -> e.key() == '2'))
        .as("keys in a script are the script's alone")
        .isZero();
  }

  @Test
  void aHeldCallerHearsAnotherMusicAtOnceAndGoesOnHearingIt() throws Exception {
    try (var music = new HeardMusic(rig.listening())) {
      CallId call = held("+886223000048");
      music.await(call, "default");
      pbx.send(new PbxCommand.Music(call, "jazz"));
      music.await(call, "jazz");
      pbx.send(new PbxCommand.Say(call, List.of("digits/3")));
      music.awaitSilence(call);
      music.await(call, "jazz");
      pbx.send(new PbxCommand.Music(call, ""));
      music.await(call, "default");
    }
  }

  @Test
  void anAnnouncementMakesNoAgentWait() {
    rig.phone(ONE, Manner.ANSWERS);
    CallId call = held("+886223000042");
    pbx.send(new PbxCommand.Say(call, SAID));
    talking(call, ONE);
  }

  @Test
  void aHeldCallerIsSentToAScriptAndComesBackToTheirPlace() {
    CallId call = held("+886223000043");
    facts.forget();
    pbx.send(new PbxCommand.RunScript(call, "callback", true));
    var visit = visits.await(IvrGate.Visit.class, v -> v.script().equals("callback"));
    assertThat(visit.why()).isEqualTo(IvrGate.Why.OFFERED);
    assertThat(visit.call()).isEqualTo(call);
    facts.await(PbxEvent.CallQueued.class, e -> e.call().equals(call));
    assertThat(facts.count(PbxEvent.CallEnded.class, e -> e.call().equals(call))).isZero();
  }

  @Test
  void whenTheAgentHasHungUpTheCallerIsAskedForTheirOpinion() {
    rig.phone(ONE, Manner.ANSWERS_AND_HANGS_UP);
    String from = "+886223000044";
    rig.callThatPressesAfterTheTalk(from, '2', '4', LONG);
    CallId call = whoIsHeld(from);
    var leg = LegId.ofOffer(OFFERS.incrementAndGet());
    pbx.send(new PbxCommand.RingAgent(call, leg, ONE, "ann", new PhoneNumber(""), LONG, "survey"));
    facts.await(PbxEvent.LegEnded.class, e -> e.leg().equals(leg));
    var visit = visits.await(IvrGate.Visit.class, v -> v.script().equals("survey"));
    assertThat(visit.why()).isEqualTo(IvrGate.Why.SENT);
    heard.await(Heard.Key.class, e -> e.key() == '4');
    facts.await(PbxEvent.CallEnded.class, e -> e.call().equals(call));
  }

  @Test
  void aMessageIsRecordedIntoAFile() {
    String from = "+886223000045";
    rig.callThatSpeaks(from, '2', LONG);
    CallId call = whoIsHeld(from);
    pbx.send(new PbxCommand.RunScript(call, "message", false));
    var recorded = heard.await(Heard.Recorded.class, _ -> true).recording();
    assertThat(recorded).isNotNull();
    assertThat(recorded.length()).isBetween(Duration.ofMillis(800), Duration.ofSeconds(6));
    assertThat(rig.onThisMachine(recorded.file())).isRegularFile().isNotEmptyFile();
  }

  /// A step twice, a script again in the same call, and once more after the server was started
  /// anew.
  @Test
  void everyRecordingOfACallIsAFileOfItsOwn() throws Exception {
    String from = "+886223000047";
    rig.callThatSpeaks(from, '2', LONG);
    CallId call = whoIsHeld(from);
    pbx.send(new PbxCommand.RunScript(call, "two-messages", true));
    awaitHeldAgain(call, 1);
    pbx.send(new PbxCommand.RunScript(call, "a-message", false));
    awaitHeldAgain(call, 2);
    rig.phone(ONE, Manner.ANSWERS_AND_HANGS_UP);
    var leg = LegId.ofOffer(OFFERS.incrementAndGet());
    pbx.send(
        new PbxCommand.RingAgent(call, leg, ONE, "ann", new PhoneNumber(""), LONG, "a-message"));
    awaitHeldAgain(call, 3);
    agi.close(LONG);
    takeCallers();
    pbx.send(new PbxCommand.RunScript(call, "a-message", true));
    awaitHeldAgain(call, 4);
    var files =
        heard.all().stream()
            .filter(Heard.Recorded.class::isInstance)
            .map(one -> ((Heard.Recorded) one).recording().file())
            .toList();
    assertThat(files).hasSize(5).doesNotHaveDuplicates();
    assertThat(files)
        .allSatisfy(file -> assertThat(rig.onThisMachine(file)).isRegularFile().isNotEmptyFile());
  }

  private void awaitHeldAgain(CallId call, int times) {
    var before = new AtomicInteger(times);
    facts.await(
        PbxEvent.CallQueued.class, e -> e.call().equals(call) && before.getAndDecrement() == 0);
  }

  @Test
  void aNumberThatIsNotReachedBringsTheCallerBackToTheScript() {
    rig.phone("PJSIP/1003", Manner.RINGS);
    String from = "+886223000046";
    rig.call(from, '9', LONG);
    var visit =
        visits.await(
            IvrGate.Visit.class,
            v -> v.from().value().equals(from) && v.why() == IvrGate.Why.NOT_CONNECTED);
    facts.await(PbxEvent.CallEnded.class, e -> e.call().equals(visit.call()));
  }

  /// Whoever has called us waits again.
  @Test
  void whatWasDialedOutForACallerEndsAfterItsTimeAndNotTheCaller() {
    rig.phone(ONE, Manner.ANSWERS);
    CallId call = held("+886223000047");
    pbx.send(new PbxCommand.Dial(call, "100", ONE, Duration.ofSeconds(5), limit(1)));
    var again =
        visits.await(
            IvrGate.Visit.class,
            visit -> visit.call().equals(call) && visit.why() == IvrGate.Why.NOT_CONNECTED);
    assertThat(again.from().value()).isEqualTo("+886223000047");
    awaitEnd(call);
  }

  private static TalkLimit limit(int seconds) {
    return new TalkLimit(Duration.ofSeconds(seconds), Duration.ZERO);
  }

  /// The warning before it is heard on the real one alone (`DialOnAsteriskTest`).
  @Test
  void aCallThatAnAgentHasMadeEndsAfterItsTime() {
    rig.phone(ONE, Manner.ANSWERS);
    String outside = "PJSIP/1003";
    rig.phone(outside, Manner.ANSWERS);
    CallId call = PbxCommand.MakeCall.call(PbxId.MAIN, Instant.now());
    pbx.send(
        new PbxCommand.MakeCall(
            call,
            new PhoneNumber("+886912345678"),
            new PhoneNumber(""),
            outside,
            Duration.ofSeconds(5),
            new TalkLimit(Duration.ofSeconds(2), Duration.ofSeconds(1)),
            "ann",
            "billing"));
    facts.await(PbxEvent.CallQueued.class, e -> e.call().equals(call));
    ring(call, ONE, LONG);
    facts.await(PbxEvent.NumberReached.class, e -> e.call().equals(call));
    awaitEnd(call);
  }

  private CallId whoIsHeld(String from) {
    CallId call =
        facts.await(PbxEvent.CallArrived.class, e -> e.from().value().equals(from)).call();
    facts.await(PbxEvent.CallQueued.class, e -> e.call().equals(call));
    return call;
  }
}
