package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.event.CallEvent.CallMade;
import org.switchroom.cti.event.CallEvent.ConsultationEnded;
import org.switchroom.cti.event.ConsultationEnd;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.DialProgress;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.KeyedDigits;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxEvent.NotReached;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.pbx.Supervision;
import org.switchroom.cti.pbx.TalkLimit;
import org.switchroom.cti.screens.AgentView;

/// Agents call numbers outside, and ask them beside a caller.
class OutboundTest {
  private static final String NUMBER = "0223456789";
  private static final String DIALED = "+886223456789";

  private TestFloor floor;

  @BeforeEach
  void opens() {
    opens(TestPlan.of("q").agents("ann", "ben").wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO));
  }

  private void opens(TestPlan plan) {
    floor = plan.open();
    floor.ready("ann");
  }

  /// Ann calls somebody, and the PBX holds their side.
  private CallId dials() {
    assertThat(floor.desk("ann").dials(NUMBER)).isEmpty();
    CallId call = floor.last(CallMade.class).call();
    floor.holds(call);
    return call;
  }

  private static LegId leg(CallId call) {
    return PbxCommand.MakeCall.leg(call);
  }

  private CallId rings() {
    CallId call = dials();
    floor.happens(new PbxEvent.LegConnected(floor.now, leg(call)));
    return call;
  }

  private CallId talks() {
    CallId call = rings();
    floor.happens(new PbxEvent.NumberReached(floor.now, call));
    return call;
  }

  private DialProgress progress(CallId call) {
    return floor.contact(call).outbound().orElseThrow().progress();
  }

  private AgentView ann() {
    return floor.agent("ann");
  }

  // ── On the way ──────────────────────────────────────────────────────────────────────────────

  @Test
  void whoAnswersTheirPhoneBeforeItRingsIsAnsweredWhenItDoes() {
    CallId call = dials();
    assertThat(floor.desk("ann").answers(call)).isEmpty();
    floor.forget().happens(new PbxEvent.LegRinging(floor.now, leg(call)));
    assertThat(floor.commands()).containsExactly(new PbxCommand.Answer(leg(call)));
  }

  @Test
  void theAgentsPhoneIsRungFirstAndThenTheNumberIsCalled() {
    assertThat(floor.desk("ann").dials(NUMBER)).isEmpty();
    CallId call = floor.last(CallMade.class).call();
    var made = (PbxCommand.MakeCall) floor.commands().getLast();
    assertThat(made.dial()).isEqualTo("PJSIP/" + DIALED + "@trunk");
    assertThat(made.number().value()).isEqualTo(DIALED);
    floor.holds(call);
    PbxCommand.RingAgent ring = floor.lastRing();
    assertThat(ring.leg()).isEqualTo(leg(call));
    assertThat(ring.from().value()).isEqualTo(DIALED);
    assertThat(progress(call)).isEqualTo(DialProgress.PROMPTING);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg(call)));
    assertThat(progress(call)).isEqualTo(DialProgress.RINGING);
    floor.happens(new PbxEvent.NumberReached(floor.now, call));
    assertThat(progress(call)).isEqualTo(DialProgress.REACHED);
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(ann().contacts().getFirst().dials().orElseThrow().progress())
        .isEqualTo(DialProgress.REACHED);
    floor.screensAreRight();
  }

  /// Whoever was called knows the number that they had called.
  @Test
  void whoIsCalledForTheSakeOfAContactSeesTheNumberByWhichItCame() {
    assertThat(floor.desk("ann").dials(NUMBER)).isEmpty();
    assertThat(madeLast().shown().value()).as("for nobody's sake").isEmpty();
    floor.desk("ann").hangsUp(floor.last(CallMade.class).call());
    floor.leaves(floor.last(CallMade.class).call());
    ContactId callback = floor.message(floor.arrives(), "q");
    assertThat(floor.desk("ann").answers(callback)).isEmpty();
    assertThat(floor.desk("ann").dials(NUMBER, "task-1")).isEmpty();
    assertThat(madeLast().shown().value()).as("what ann has not got").isEmpty();
    floor.desk("ann").hangsUp(floor.last(CallMade.class).call());
    floor.leaves(floor.last(CallMade.class).call());
    floor.restarts().connect();
    assertThat(floor.desk("ann").dials(NUMBER, callback.value())).isEmpty();
    assertThat(madeLast().shown()).isEqualTo(TestFloor.MAIN_LINE);
    floor.screensAreRight();
  }

  /// Also when the caller is gone, and their record is still there.
  @Test
  void whoIsCalledOnceMoreFromTheWrapUpSeesTheNumberThatTheyHadCalled() {
    CallId call = floor.caller();
    floor.answers("ann");
    floor.leaves(call);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.desk("ann").dials(NUMBER, floor.contact(call).id().value())).isEmpty();
    assertThat(madeLast().shown()).isEqualTo(TestFloor.MAIN_LINE);
  }

  /// What was said holds, whatever the configuration says meanwhile; a restart changes nothing.
  @Test
  void theAgentIsToldBeforeACallEndsThatTheyHaveMade() {
    CallId call = rings();
    var made =
        floor.commands().stream()
            .filter(PbxCommand.MakeCall.class::isInstance)
            .map(PbxCommand.MakeCall.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(made.limit()).isEqualTo(new TalkLimit(Duration.ofHours(2), Duration.ofMinutes(1)));
    assertThat(dialsView().ends()).as("nobody is reached").isEmpty();
    floor.happens(new PbxEvent.NumberReached(floor.now, call));
    Instant reached = floor.now;
    floor.restarts().connect();
    assertThat(dialsView().ends()).contains(reached.plus(Duration.ofHours(2)));
    assertThat(dialsView().warns()).contains(reached.plus(Duration.ofMinutes(119)));
    floor.screensAreRight();
  }

  private AgentView.DialsView dialsView() {
    return ann().contacts().getFirst().dials().orElseThrow();
  }

  private PbxCommand.MakeCall madeLast() {
    return (PbxCommand.MakeCall) floor.commands().getLast();
  }

  @Test
  void thePhoneIsRungOnce() {
    CallId call = dials();
    int rung = rung();
    floor.holds(call);
    floor.linkIsLost().connect();
    assertThat(rung()).isEqualTo(rung);
    assertThat(progress(call)).isEqualTo(DialProgress.PROMPTING);
  }

  private int rung() {
    return floor.rings().size();
  }

  @Test
  void whoCallsIsOfferedNobody() {
    dials();
    CallId waits = floor.caller();
    assertThat(floor.contact(waits).state()).isInstanceOf(ContactState.Queued.class);
    assertThat(floor.queue().waiting()).as("nobody waits who is called").isEqualTo(1);
  }

  @Test
  void whoIsNotReadyIsNotReadyAfterwards() {
    floor.desk("ann").takesBreak("lunch");
    CallId call = talks();
    floor.leaves(call);
    floor.desk("ann").completes(call, "", "");
    assertThat(floor.state("ann")).isEqualTo("not-ready");
  }

  @Test
  void aTalkIsATalkAndThenWrappedUp() {
    CallId call = talks();
    assertThat(floor.desk("ann").holds(call)).isEmpty();
    floor.happens(new PbxEvent.CallHeld(floor.now, call));
    assertThat(floor.state("ann")).isEqualTo("hold");
    floor.desk("ann").retrieves(call);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg(call)));
    floor.leaves(call);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.last(ContactClosed.class).outcome()).isEqualTo(ContactOutcome.ANSWERED);
    assertThat(floor.desk("ann").completes(call, "refund", "promised")).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void whoIsCalledCanBeGivenAwayLikeACaller() {
    CallId call = talks();
    floor.ready("ben");
    assertThat(floor.desk("ann").givesTo(call, "ben", "wants Ben")).isEmpty();
    floor.holds(call);
    floor.happens(new PbxEvent.LegEnded(floor.now, leg(call), LegEnd.HUNG_UP));
    floor.answers("ben");
    assertThat(floor.state("ben")).isEqualTo("talking");
  }

  // ── Nobody is reached ───────────────────────────────────────────────────────────────────────

  @Test
  void whoDoesNotPickUpTheirOwnPhoneCallsNobody() {
    CallId call = dials();
    floor.happens(new PbxEvent.LegEnded(floor.now, leg(call), LegEnd.NO_ANSWER));
    assertThat(floor.commands()).contains(new PbxCommand.HangUpCall(call));
    floor.leaves(call);
    assertThat(floor.state("ann")).as("no wrap-up of nothing").isEqualTo("ready");
    assertThat(floor.last(ContactClosed.class).outcome()).isEqualTo(ContactOutcome.NOT_REACHED);
  }

  @Test
  void aBusyNumberIsSaidAndWrappedUp() {
    CallId call = rings();
    floor.happens(new PbxEvent.NumberNotReached(floor.now, call, NotReached.BUSY));
    assertThat(ann().contacts().getFirst().dials().orElseThrow().progress())
        .isEqualTo(DialProgress.BUSY);
    floor.leaves(call);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.last(ContactClosed.class).outcome()).isEqualTo(ContactOutcome.NOT_REACHED);
  }

  @Test
  void nothingElseCanBeDoneBeforeSomebodyAnswers() {
    CallId call = dials();
    assertThat(floor.desk("ann").holds(call)).contains(Refusal.NOT_REACHED);
    assertThat(floor.desk("ann").keys(call, "1")).contains(Refusal.NOT_REACHED);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg(call)));
    assertThat(floor.desk("ann").givesToQueue(call, "q")).contains(Refusal.NOT_REACHED);
    assertThat(floor.desk("ann").parks(call, "")).contains(Refusal.NOT_REACHED);
    assertThat(floor.desk("ann").asksColleague(call, "ben", "")).contains(Refusal.NOT_REACHED);
    assertThat(floor.desk("ann").hangsUp(call)).isEmpty();
  }

  @Test
  void whoHangsUpBeforeThePhoneRingsCallsNobody() {
    assertThat(floor.desk("ann").dials(NUMBER)).isEmpty();
    CallId call = floor.last(CallMade.class).call();
    assertThat(floor.desk("ann").hangsUp(call)).isEmpty();
    floor.holds(call);
    assertThat(rung()).isZero();
    assertThat(floor.commands().getLast()).isEqualTo(new PbxCommand.HangUpCall(call));
    floor.leaves(call);
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void theCallEndsWhileTheAgentsPhoneRings() {
    CallId call = dials();
    floor.leaves(call);
    assertThat(floor.commands()).contains(new PbxCommand.HangUpLeg(leg(call)));
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  // ── Who may ─────────────────────────────────────────────────────────────────────────────────

  @Test
  void whatMayNotBeDialedIsRefusedWithItsReason() {
    assertThat(floor.desk("ann").dials("+33612345678").orElseThrow().code())
        .isEqualTo("dial-not-allowed");
    assertThat(floor.desk("ann").dials("12")).isPresent();
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void whoIsInACallOrHasNoPhoneCallsNobody() {
    assertThat(floor.desk("ben").dials(NUMBER)).contains(Refusal.NOT_LOGGED_IN);
    dials();
    assertThat(floor.desk("ann").dials(NUMBER)).contains(Refusal.IN_CALL);
    floor.ready("ben").phone("ben", PhoneState.UNREACHABLE);
    assertThat(floor.desk("ben").dials(NUMBER)).contains(Refusal.PHONE_AWAY);
  }

  @Test
  void anAgentCallsOneAtATimeAndTheLimitIsFreeAfterwards() {
    CallId call = talks();
    floor.leaves(call);
    floor.desk("ann").completes(call, "", "");
    assertThat(floor.desk("ann").dials(NUMBER)).isEmpty();
  }

  // ── Kills ───────────────────────────────────────────────────────────────────────────────────

  @Test
  void aKillWhileItRingsLosesNothing() {
    CallId call = rings();
    floor.crashes().happens(new PbxEvent.NumberReached(floor.now, call));
    floor.starts().connect();
    assertThat(progress(call)).isEqualTo(DialProgress.REACHED);
    assertThat(floor.state("ann")).isEqualTo("talking");
    floor.screensAreRight();
  }

  @Test
  void aLongKillBeforeThePhoneRingsCallsNobody() {
    assertThat(floor.desk("ann").dials(NUMBER)).isEmpty();
    CallId call = floor.last(CallMade.class).call();
    floor.crashes().happens(new PbxEvent.CallQueued(floor.now, call)).after(16);
    floor.starts().connect();
    assertThat(floor.commands()).contains(new PbxCommand.HangUpCall(call));
    floor.leaves(call);
    assertThat(floor.engine.state().agent(new AgentId("ann")).orElseThrow().contacts()).isEmpty();
  }

  // ── Asking a number outside ─────────────────────────────────────────────────────────────────

  private CallId asks(CallId call) {
    assertThat(floor.desk("ann").asksNumber(call, NUMBER, "where is it")).isEmpty();
    floor.happens(new PbxEvent.CallHeld(floor.now, call));
    CallId own =
        floor.commands().stream()
            .filter(PbxCommand.Consult.class::isInstance)
            .map(command -> ((PbxCommand.Consult) command).call())
            .toList()
            .getLast();
    floor.holds(own);
    return own;
  }

  private AgentView.AsksView asked() {
    return ann().contacts().getFirst().asks().orElseThrow();
  }

  @Test
  void aNumberOutsideIsAskedAndHasTheCaller() {
    CallId call = floor.caller();
    LegId leg = floor.answers("ann");
    CallId own = asks(call);
    assertThat(floor.commands().getLast())
        .isInstanceOfSatisfying(
            PbxCommand.Dial.class,
            dial -> assertThat(dial.shown()).isEqualTo(TestFloor.MAIN_LINE.value()));
    assertThat(asked().whom()).isEqualTo(DIALED);
    assertThat(asked().progress()).isEqualTo(AgentView.AsksView.Progress.RINGING);
    floor.happens(new PbxEvent.NumberReached(floor.now, own));
    assertThat(asked().progress()).isEqualTo(AgentView.AsksView.Progress.TALKING);
    assertThat(floor.desk("ann").completesConsultation(call)).isEmpty();
    assertThat(floor.commands())
        .endsWith(new PbxCommand.GiveToAsked(call, own), new PbxCommand.HangUpLeg(leg));
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    floor.leaves(call).leaves(own);
    assertThat(floor.events(ContactClosed.class))
        .extracting(ContactClosed::outcome)
        .containsExactly(ContactOutcome.TRANSFERRED, ContactOutcome.CONSULTED);
    floor.screensAreRight();
  }

  @Test
  void whoCompletesBeforeAnybodyAnswersHasTheNumberCalledForTheCaller() {
    CallId call = floor.caller();
    LegId leg = floor.answers("ann");
    CallId own = asks(call);
    assertThat(floor.desk("ann").completesConsultation(call)).isEmpty();
    List<PbxCommand> told = floor.commands();
    assertThat(told).contains(new PbxCommand.HangUpCall(own));
    assertThat(told.get(told.size() - 2)).isInstanceOf(PbxCommand.Dial.class);
    assertThat(told.getLast()).isEqualTo(new PbxCommand.HangUpLeg(leg));
  }

  @Test
  void aNumberThatDoesNotAnswerLeavesTheCallerOnHold() {
    CallId call = floor.caller();
    floor.answers("ann");
    CallId own = asks(call);
    floor.happens(new PbxEvent.NumberNotReached(floor.now, own, NotReached.NO_ANSWER));
    assertThat(asked().progress()).isEqualTo(AgentView.AsksView.Progress.NOT_REACHED);
    floor.leaves(own);
    assertThat(floor.last(ConsultationEnded.class).end()).isEqualTo(ConsultationEnd.OTHER_LEFT);
    assertThat(floor.state("ann")).isEqualTo("hold");
  }

  @Test
  void whoeverTheAgentIsWithHearsTheirKeys() {
    CallId call = floor.caller();
    LegId leg = floor.answers("ann");
    CallId own = asks(call);
    assertThat(floor.desk("ann").keys(call, "1")).contains(Refusal.ON_HOLD);
    floor.happens(new PbxEvent.NumberReached(floor.now, own));
    assertThat(asked().outside()).isTrue();
    var toNumber = new PbxCommand.GenerateDigits(own, new KeyedDigits("2"), true);
    assertThat(keyed(call, "2")).containsExactly(toNumber);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    var toCaller = new PbxCommand.GenerateDigits(call, new KeyedDigits("2"), false);
    assertThat(keyed(call, "2")).containsExactly(toCaller);
    assertThat(floor.desk("ann").conferences(call)).isEmpty();
    floor.happens(new PbxEvent.CallConferenced(floor.now, call, own));
    assertThat(keyed(call, "2")).containsExactly(toCaller, toNumber);
  }

  private List<PbxCommand> keyed(CallId call, String digits) {
    floor.forget();
    assertThat(floor.desk("ann").keys(call, digits)).isEmpty();
    return floor.commands();
  }

  @Test
  void aConferenceIsOfWhoHasAnswered() {
    CallId call = floor.caller();
    floor.answers("ann");
    CallId own = asks(call);
    assertThat(floor.desk("ann").conferences(call)).contains(Refusal.NOT_ANSWERED);
    floor.happens(new PbxEvent.NumberReached(floor.now, own));
    assertThat(floor.desk("ann").conferences(call)).isEmpty();
    floor.happens(new PbxEvent.CallConferenced(floor.now, call, own));
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.desk("ann").cancelsConsultation(call)).isEmpty();
    assertThat(floor.commands()).contains(new PbxCommand.HangUpCall(own));
  }

  // ── What fresh eyes have found ──────────────────────────────────────────────────────────────

  /// As with the link up: whoever is asked has the caller, whatever the agent's phone does.
  @Test
  void whoHangsUpWhileNobodyHearsItHasGivenTheCallerToTheNumber() {
    CallId call = floor.caller();
    LegId leg = floor.answers("ann");
    CallId own = asks(call);
    floor.happens(new PbxEvent.NumberReached(floor.now, own));
    floor.crashes().happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    floor.starts().connect();
    assertThat(floor.commands()).contains(new PbxCommand.GiveToAsked(call, own));
    assertThat(floor.commands())
        .doesNotContain(new PbxCommand.HangUpCall(call), new PbxCommand.HangUpCall(own));
  }

  @Test
  void theNumberThatIsCalledForTheCallerCountsAsCalled() {
    CallId call = floor.caller();
    floor.answers("ann");
    asks(call);
    floor.desk("ann").completesConsultation(call);
    assertThat(floor.engine.state().outgoing().live()).extracting(one -> one.call()).contains(call);
  }

  /// The call in which they are is not one more.
  @Test
  void whoHasCalledSomebodyCanAskANumberBesideThem() {
    CallId call = talks();
    assertThat(floor.desk("ann").asksNumber(call, "0233334444", "")).isEmpty();
  }

  @Test
  void whoHasNotAnsweredBeforeIsNotMadeReadyByCalling() {
    floor.caller();
    floor.ends("ann", LegEnd.NO_ANSWER);
    assertThat(floor.state("ann")).isEqualTo("not-ready");
    CallId call = dials();
    floor.happens(new PbxEvent.LegEnded(floor.now, leg(call), LegEnd.NO_ANSWER));
    floor.leaves(call);
    assertThat(floor.state("ann")).isEqualTo("not-ready");
  }

  @Test
  void aPhoneThatOnlyRingsHasNoTalkToListenTo() {
    dials();
    assertThat(floor.desk(TestPlan.SUPERVISOR.value()).supervises("ann", Supervision.LISTEN))
        .contains(Refusal.NO_TALK);
  }

  @Test
  void itIsHeardAfterALostLinkThatThePhoneWasAnswered() {
    CallId call = dials();
    floor.linkIsLost();
    floor.happensUnheard(new PbxEvent.LegConnected(floor.now, leg(call)));
    floor.connect();
    assertThat(progress(call)).isEqualTo(DialProgress.RINGING);
  }
}
