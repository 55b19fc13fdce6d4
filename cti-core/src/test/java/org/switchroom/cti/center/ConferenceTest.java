package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.event.CallEvent.CallConferenced;
import org.switchroom.cti.event.CallEvent.ConsultationEnded;
import org.switchroom.cti.event.ConsultationEnd;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.pbx.PbxEvent.Place;
import org.switchroom.cti.pbx.Supervision;
import org.switchroom.cti.screens.AgentView;

/// Caller, agent and whoever is asked hear each other; whoever leaves, the caller stays with the
/// other.
class ConferenceTest {
  private final TestFloor floor =
      TestPlan.of("sales", "billing")
          .agent("ann", "sales")
          .agent("ben", "billing")
          .wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO)
          .open();

  private final Desk ann = floor.desk("ann");
  private final Desk ben = floor.desk("ben");
  private CallId call;
  private CallId own;
  private LegId leg;
  private LegId bens;

  @BeforeEach
  void annAsksBen() {
    floor.ready("ann");
    call = floor.caller("sales");
    leg = floor.answers("ann");
    floor.after(20);
    assertThat(ann.asksQueue(call, "billing", "wants a refund")).isEmpty();
    floor.putsOnHold(call);
    own = floor.engine.state().call(call).flatMap(Call::consultation).orElseThrow();
    floor.holds(own);
  }

  private void benAnswers() {
    floor.ready("ben");
    bens = floor.answers("ben");
  }

  private void conference() {
    benAnswers();
    assertThat(ann.conferences(call)).isEmpty();
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    floor.happens(new PbxEvent.CallConferenced(floor.now, call, own));
  }

  private boolean isConference() {
    return floor.engine.state().call(call).filter(Call::isConference).isPresent();
  }

  private List<PbxCommand> since(int sent) {
    return floor.commands().stream().skip(sent).toList();
  }

  private boolean showsConference(String agent) {
    AgentView view = floor.agent(agent);
    return view.contacts().stream().anyMatch(AgentView.InHandView::conference);
  }

  // ── Together ────────────────────────────────────────────────────────────────────────────────

  @Test
  void theAgentGoesToTheCallerAndWhoeverIsAskedFollows() {
    benAnswers();
    assertThat(ann.conferences(call)).isEmpty();
    assertThat(floor.commands())
        .endsWith(new PbxCommand.Retrieve(leg), new PbxCommand.Conference(call, own));
    assertThat(isConference()).as("the PBX has not said so").isFalse();
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    floor.happens(new PbxEvent.CallConferenced(floor.now, call, own));
    assertThat(floor.last(CallConferenced.class).agent()).isEqualTo(new AgentId("ann"));
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.state("ben")).isEqualTo("talking");
    assertThat(showsConference("ann")).isTrue();
    assertThat(showsConference("ben")).isTrue();
    floor.restarts();
    assertThat(isConference()).isTrue();
    int sent = floor.commands().size();
    assertThat(ann.conferences(call)).as("a second click").isEmpty();
    assertThat(since(sent)).isEmpty();
  }

  @Test
  void whoIsWithTheCallerAlreadyStaysThere() {
    benAnswers();
    ann.alternates(call);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    int sent = floor.commands().size();
    assertThat(ann.conferences(call)).isEmpty();
    assertThat(since(sent)).containsExactly(new PbxCommand.Conference(call, own));
  }

  @Test
  void whatCannotBeIsRefusedAndChangesNothing() {
    assertThat(ann.conferences(call)).contains(Refusal.NOT_ANSWERED);
    benAnswers();
    assertThat(ben.conferences(own)).contains(Refusal.NO_CONSULTATION);
    floor.putsOnHold(own);
    assertThat(asks().holds()).isTrue();
    assertThat(ann.conferences(call)).contains(Refusal.COLLEAGUE_HOLDS);
    floor.happens(new PbxEvent.LegConnected(floor.now, bens));
    assertThat(asks().holds()).isFalse();
    floor.leaves(own);
    assertThat(ann.conferences(call)).contains(Refusal.NO_CONSULTATION);
  }

  private AgentView.AsksView asks() {
    return floor.agent("ann").contacts().getFirst().asks().orElseThrow();
  }

  /// The music, or the next in line, would be heard by all.
  @Test
  void whoIsAskedCannotPutAConferenceOnHoldOrGiveItAway() {
    conference();
    assertThat(ben.holds(own)).contains(Refusal.CONFERENCE);
    assertThat(ben.givesToQueue(own, "sales")).contains(Refusal.CONFERENCE);
    assertThat(ben.asksQueue(own, "sales", "")).contains(Refusal.CONFERENCE);
    assertThat(ben.moves(own)).contains(Refusal.CONFERENCE);
  }

  @Test
  void whomTheColleaguePutsOnHoldInThisMomentTheyTakeOffIt() {
    benAnswers();
    ann.conferences(call);
    ben.holds(own);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    floor.putsOnHold(own);
    floor.happens(new PbxEvent.CallConferenced(floor.now, call, own));
    assertThat(floor.commands()).last().isEqualTo(new PbxCommand.Retrieve(bens));
  }

  /// The others go on talking.
  @Test
  void thePhonesOwnHoldIsNoneInAConference() {
    conference();
    floor.happens(new PbxEvent.PhoneHeld(floor.now, leg, true));
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(isConference()).isTrue();
  }

  /// The PBX would lose one of the two, and the agents would sit in silence.
  @Test
  void whatIsUnderWayIsNotOrderedAgainByASecondClick() {
    conference();
    int sent = floor.commands().size();
    assertThat(ann.alternates(call)).isEmpty();
    assertThat(ann.alternates(call)).isEmpty();
    assertThat(since(sent))
        .containsExactly(new PbxCommand.Hold(call, leg), new PbxCommand.BackToConsultation(own));
    assertThat(ann.conferences(call)).as("it is one still").isEmpty();
    floor.after(1);
    assertThat(ann.alternates(call)).isEmpty();
    assertThat(since(sent)).as("the PBX has not done it").hasSize(4);
    floor.putsOnHold(call);
    assertThat(ann.alternates(call)).as("another one").isEmpty();
    assertThat(since(sent)).last().isEqualTo(new PbxCommand.Retrieve(leg));
  }

  /// Whoever is asked would go to the caller, whom the agent is about to leave: all in silence.
  @Test
  void nothingElseIsBegunWhileSomebodyIsOnTheWay() {
    benAnswers();
    ann.alternates(call);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    int sent = floor.commands().size();
    assertThat(ann.alternates(call)).isEmpty();
    assertThat(ann.conferences(call)).contains(Refusal.UNDER_WAY);
    assertThat(since(sent)).hasSize(2);
    floor.putsOnHold(call);
    assertThat(ann.conferences(call)).isEmpty();
    assertThat(ann.alternates(call))
        .as("on the way to the caller, who is what they want")
        .isEmpty();
    assertThat(since(sent)).hasSize(4);
  }

  @Test
  void theAgentTakesItApartAndAsksOn() {
    conference();
    assertThat(ann.alternates(call)).isEmpty();
    assertThat(floor.commands())
        .endsWith(new PbxCommand.Hold(call, leg), new PbxCommand.BackToConsultation(own));
    floor.putsOnHold(call);
    assertThat(isConference()).isFalse();
    assertThat(showsConference("ben")).isFalse();
    assertThat(floor.state("ann")).isEqualTo("consulting");
  }

  // ── Whoever leaves ──────────────────────────────────────────────────────────────────────────

  private void benHasTheCaller(int sent) {
    assertThat(since(sent))
        .contains(
            new PbxCommand.Adopt(call, bens, "ben", ""),
            new PbxCommand.Retrieve(bens),
            new PbxCommand.HangUpLeg(leg));
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.state("ben")).isEqualTo("talking");
    assertThat(floor.pop("ben").contact()).isEqualTo(TestFloor.contactOf(call));
    floor.happens(new PbxEvent.LegConnected(floor.now, bens)).leaves(own);
    assertThat(showsConference("ben")).isFalse();
    floor.leaves(call);
    assertThat(floor.events(TalkEnded.class))
        .extracting(one -> one.agent().value(), one -> one.contact().value(), TalkEnded::end)
        .containsExactly(
            tuple("ann", call.value(), TalkEnd.TRANSFERRED),
            tuple("ben", own.value(), TalkEnd.TRANSFERRED),
            tuple("ben", call.value(), TalkEnd.CALLER_LEFT));
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
    assertThat(floor.outcomes(own)).containsExactly(ContactOutcome.CONSULTED);
    assertThat(floor.state("ben")).isEqualTo("wrap-up");
  }

  @Test
  void theAgentLeavesByTheDeskAndTheColleagueHasTheCaller() {
    conference();
    int sent = floor.commands().size();
    assertThat(ann.completesConsultation(call)).isEmpty();
    benHasTheCaller(sent);
  }

  @Test
  void theAgentHangsUpTheirPhoneAndTheColleagueHasTheCaller() {
    conference();
    int sent = floor.commands().size();
    floor.hangsUp("ann");
    benHasTheCaller(sent);
  }

  @Test
  void theColleagueLeavesAndTheAgentHasTheCaller() {
    conference();
    floor.hangsUp("ben");
    assertThat(floor.state("ben")).as("with nothing to write down").isEqualTo("ready");
    floor.leaves(own);
    assertThat(floor.last(ConsultationEnded.class).end()).isEqualTo(ConsultationEnd.OTHER_LEFT);
    assertThat(isConference()).isFalse();
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.pop("ann").contact()).isEqualTo(TestFloor.contactOf(call));
  }

  @Test
  void theAgentDropsTheColleague() {
    conference();
    int sent = floor.commands().size();
    assertThat(ann.cancelsConsultation(call)).isEmpty();
    assertThat(since(sent)).containsExactly(new PbxCommand.HangUpCall(own));
    assertThat(isConference()).isFalse();
    floor.leaves(own);
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.state("ben")).isEqualTo("ready");
  }

  @Test
  void aCallerWhoHangsUpEndsItForAll() {
    conference();
    floor.leaves(call);
    assertThat(floor.commands())
        .contains(new PbxCommand.HangUpCall(own), new PbxCommand.HangUpLeg(leg));
    floor.leaves(own);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.state("ben")).isEqualTo("ready");
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
  }

  // ── A supervisor ────────────────────────────────────────────────────────────────────────────

  @Test
  void aSupervisorListensAndWhispersAndDoesNotBargeInOrTakeOver() {
    conference();
    Desk sam = floor.desk(TestPlan.SUPERVISOR.value());
    assertThat(sam.supervises("ann", Supervision.BARGE)).contains(Refusal.BARGE_IN_CONFERENCE);
    assertThat(sam.supervises("ann", Supervision.LISTEN)).isEmpty();
    LegId sams = floor.pbx.supervisors().getFirst();
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, sams, Supervision.LISTEN));
    assertThat(sam.takesOver()).contains(Refusal.TAKE_OVER_CONFERENCE);
  }

  /// By the colleague's talk as by the agent's.
  @Test
  void norDoesOneWhoListensToTheColleague() {
    conference();
    Desk sam = floor.desk(TestPlan.SUPERVISOR.value());
    assertThat(sam.supervises("ben", Supervision.BARGE)).contains(Refusal.BARGE_IN_CONFERENCE);
    assertThat(sam.supervises("ben", Supervision.LISTEN)).isEmpty();
    LegId sams = floor.pbx.supervisors().getFirst();
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, sams, Supervision.LISTEN));
    assertThat(sam.takesOver()).contains(Refusal.TAKE_OVER_CONFERENCE);
  }

  @Test
  void whoHasBargedInOnTheColleagueWhispersThen() {
    benAnswers();
    floor.desk(TestPlan.SUPERVISOR.value()).supervises("ben", Supervision.BARGE);
    LegId sams = floor.pbx.supervisors().getFirst();
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, sams, Supervision.BARGE));
    ann.conferences(call);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    floor.happens(new PbxEvent.CallConferenced(floor.now, call, own));
    assertThat(floor.commands()).contains(new PbxCommand.SuperviseBy(sams, Supervision.WHISPER));
  }

  @Test
  void whoHasBargedInWhispersThen() {
    benAnswers();
    ann.alternates(call);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    floor.desk(TestPlan.SUPERVISOR.value()).supervises("ann", Supervision.BARGE);
    LegId sams = floor.pbx.supervisors().getFirst();
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, sams, Supervision.BARGE));
    ann.conferences(call);
    floor.happens(new PbxEvent.CallConferenced(floor.now, call, own));
    assertThat(floor.commands())
        .last()
        .isEqualTo(new PbxCommand.SuperviseBy(sams, Supervision.WHISPER));
  }

  // ── Not heard of ────────────────────────────────────────────────────────────────────────────

  /// It began, or the agent left it, while nobody listened.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatNobodyHasHeardOfIsSeenInTheList(boolean crash) {
    benAnswers();
    ann.conferences(call);
    floor.linkIsLost();
    if (crash) floor.crashes().starts();
    floor.pbx.happens(new PbxEvent.LegConnected(floor.now, leg));
    floor.pbx.happens(new PbxEvent.CallConferenced(floor.now, call, own));
    floor.after(2).connect();
    assertThat(isConference()).isTrue();
    assertThat(floor.state("ann")).isEqualTo("talking");
    floor.linkIsLost();
    if (crash) floor.crashes().starts();
    floor.pbx.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
    int sent = floor.commands().size();
    floor.after(2).connect();
    benHasTheCaller(sent, crash);
  }

  private void benHasTheCaller(int sent, boolean crash) {
    assertThat(since(sent))
        .as("after a crash: " + crash)
        .contains(new PbxCommand.Adopt(call, bens, "ben", ""), new PbxCommand.Retrieve(bens))
        .doesNotContain(new PbxCommand.HangUpCall(call));
    assertThat(floor.pop("ben").contact()).isEqualTo(TestFloor.contactOf(call));
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
  }

  /// The link was lost with what was sent on it.
  @Test
  void whoHasLeftAndWhomThePbxHasNotHeardOfLeavesOnceMore() {
    conference();
    PbxEvent.Synchronized before = floor.pbx.list(floor.now, call.pbx());
    ann.completesConsultation(call);
    floor.linkIsLost();
    int sent = floor.commands().size();
    floor.after(2).says(before);
    assertThat(since(sent))
        .containsSubsequence(
            new PbxCommand.Adopt(call, bens, "ben", ""),
            new PbxCommand.Retrieve(bens),
            new PbxCommand.HangUpLeg(leg));
    assertThat(floor.state("ben")).isEqualTo("talking");
  }

  /// And whose phone is over meanwhile.
  @Test
  void whoIsWithWhomTheyHaveAskedIsGivenToThemOnceMore() {
    conference();
    PbxEvent.Synchronized before = floor.pbx.list(floor.now, call.pbx());
    floor.hangsUp("ann");
    floor.linkIsLost();
    int sent = floor.commands().size();
    floor.after(2).says(withoutAnn(before));
    assertThat(since(sent)).contains(new PbxCommand.Retrieve(bens));
  }

  private PbxEvent.Synchronized withoutAnn(PbxEvent.Synchronized list) {
    List<LiveCall> calls =
        list.calls().stream().map(one -> one.call().equals(call) ? conferenced(one) : one).toList();
    return new PbxEvent.Synchronized(
        list.at(), list.pbx(), calls, list.ended(), list.alone(), list.supervisors());
  }

  private LiveCall conferenced(LiveCall one) {
    return new LiveCall(
        one.call(),
        one.from(),
        one.dialed(),
        Place.TALKING,
        one.queue(),
        one.arrived(),
        one.priority(),
        one.ask(),
        one.language(),
        Optional.empty(),
        "",
        "",
        one.name(),
        one.recording(),
        Optional.of(own));
  }

  @Test
  void whatIsNoConferenceAnyMoreIsSeenByTwoLists() {
    conference();
    floor.pbx.happens(new PbxEvent.CallHeld(floor.now, call));
    floor.pbx.happens(new PbxEvent.LegConnected(floor.now, leg));
    floor.compares();
    assertThat(isConference()).isTrue();
    floor.compares();
    assertThat(isConference()).isFalse();
    assertThat(floor.state("ann")).isEqualTo("talking");
  }
}
