package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.event.CallEvent.ConsultationBegan;
import org.switchroom.cti.event.ContactEvent.ContactOffered;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.Supervision;

/// A desk was told that something is being done, and the PBX has never heard of it: the server was
/// killed in this moment, or the link was lost. It is ordered once more, as long as it is new.
@ParameterizedClass
@EnumSource
class OrdersAgainTest {
  enum Lost {
    BY_A_KILL,
    WITH_THE_LINK
  }

  @Parameter Lost lost;

  private static final String SUP = TestPlan.SUPERVISOR.value();
  private static final String NUMBER = "0223456789";

  private final TestFloor floor =
      TestPlan.of("q")
          .agents("ann", "ben", "cat")
          .queue("q", queue -> queue.withRecording(RecordingPlan.ON_DEMAND))
          .wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO)
          .open();

  private CallId call;
  private LegId leg;

  private Desk ann() {
    return floor.desk("ann");
  }

  private void annTalks() {
    floor.ready("ann");
    call = floor.caller();
    leg = floor.answers("ann");
    floor.after(20);
  }

  private CallId annAsksBen() {
    annTalks();
    floor.ready("ben");
    assertThat(ann().asksColleague(call, "ben", "refund")).isEmpty();
    CallId own = floor.last(ConsultationBegan.class).own();
    floor.happens(new PbxEvent.CallHeld(floor.now, call));
    floor.holds(own);
    floor.answers("ben");
    return own;
  }

  private LegId supListens() {
    annTalks();
    assertThat(floor.desk(SUP).supervises("ann", Supervision.LISTEN)).isEmpty();
    LegId sups = ((PbxCommand.Supervise) floor.commands().getLast()).leg();
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, sups, Supervision.LISTEN));
    return sups;
  }

  private interface Asking {
    Optional<Refusal> asks();
  }

  /// It is asked, the PBX does not hear of it, and so much later there is a link again.
  private void isLost(Asking asking, int seconds) {
    floor.losesOrders();
    assertThat(asking.asks()).isEmpty();
    isBack(seconds);
  }

  private void isBack(int seconds) {
    switch (lost) {
      case BY_A_KILL -> floor.crashes().after(seconds).starts();
      case WITH_THE_LINK -> floor.linkIsLost().after(seconds);
    }
    floor.forget().connect();
  }

  private void isOrderedAgain(Asking asking, PbxCommand... commands) {
    isLost(asking, 3);
    assertThat(floor.commands()).containsExactlyInAnyOrder(commands);
  }

  // ── Talks ───────────────────────────────────────────────────────────────────────────────────

  @Test
  void aHold() {
    annTalks();
    isOrderedAgain(() -> ann().holds(call), new PbxCommand.Hold(call, leg));
    isBack(3);
    assertThat(floor.commands()).as("lost again").containsExactly(new PbxCommand.Hold(call, leg));
    floor.happens(new PbxEvent.CallHeld(floor.now, call));
    isBack(1);
    assertThat(floor.commands()).as("it is done").isEmpty();
    isOrderedAgain(() -> ann().retrieves(call), new PbxCommand.Retrieve(leg));
  }

  @Test
  void whatIsNotNewIsNotWantedAnyMore() {
    annTalks();
    isLost(() -> ann().holds(call), 16);
    assertThat(floor.commands()).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("talking");
  }

  @Test
  void whatTheListSaysIsSo() {
    annTalks();
    floor.losesOrders();
    ann().holds(call);
    floor.happensUnheard(new PbxEvent.CallHeld(floor.now, call));
    isBack(2);
    assertThat(floor.commands()).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("hold");
  }

  @Test
  void ofTwoTheLast() {
    annTalks();
    floor.losesOrders();
    ann().holds(call);
    ann().hangsUp(call);
    isBack(2);
    assertThat(floor.commands()).containsExactly(new PbxCommand.HangUpLeg(leg));
  }

  @Test
  void anAnswerAndADecline() {
    floor.ready("ann");
    call = floor.caller();
    leg = floor.rings("ann");
    isOrderedAgain(() -> ann().answers(call), new PbxCommand.Answer(leg));
    isOrderedAgain(() -> ann().declines(call), new PbxCommand.HangUpLeg(leg));
  }

  /// However often a caller is declined: nothing is kept of it.
  @Test
  void notOfAPhoneThatRingsNoMore() {
    floor.ready("ann", "ben");
    call = floor.caller();
    for (int i = 0; i < 5; i++) {
      String agent = floor.lastRing().agent();
      floor.rings(agent);
      assertThat(floor.desk(agent).declines(call)).isEmpty();
      floor.ends(agent, LegEnd.DECLINED);
      floor.desk(agent).isReady();
    }
    assertThat(floor.engine.state().call(call).orElseThrow().ordered()).isEmpty();
  }

  @Test
  void theEndOfAnAbusiveCall() {
    annTalks();
    isOrderedAgain(
        () -> ann().endsAbusive(call, "shouts"),
        new PbxCommand.Adopt(call, leg, "ann", Input.ABUSIVE),
        new PbxCommand.HangUpLeg(leg));
    assertThat(floor.agent("ann").contacts())
        .as("she has no part in it")
        .allMatch(one -> !one.state().equals("talking"));
  }

  @Test
  void aRecording() {
    annTalks();
    isLost(() -> ann().records(call), 3);
    assertThat(floor.commands()).hasSize(1).first().isInstanceOf(PbxCommand.StartRecording.class);
    isLost(() -> ann().pauses(call), 3);
    assertThat(floor.commands()).containsExactly(new PbxCommand.MuteRecording(call, true));
  }

  // ── Phones that ring ────────────────────────────────────────────────────────────────────────

  @Test
  void aRing() {
    floor.ready("ann", "ben");
    floor.losesOrders();
    call = floor.caller();
    var offered = floor.last(ContactOffered.class);
    isBack(3);
    assertThat(floor.lastRing().leg()).isEqualTo(offered.leg().orElseThrow());
    assertThat(floor.events(OfferEnded.class)).isEmpty();
    assertThat(floor.events(ContactOffered.class)).as("no other").isEmpty();
  }

  @Test
  void aRingThatIsNotNewIsAnothers() {
    floor.ready("ann");
    floor.losesOrders();
    call = floor.caller();
    LegId first = floor.last(ContactOffered.class).leg().orElseThrow();
    isBack(16);
    assertThat(floor.lastRing().leg()).isNotEqualTo(first);
  }

  @Test
  void whoeverIsToBeAskedFirst() {
    annTalks();
    floor.ready("cat", "ben");
    isLost(() -> ann().givesTo(call, "ben", "refund"), 3);
    floor.holds(call);
    assertThat(floor.lastRing().agent()).isEqualTo("ben");
    assertThat(floor.state("cat")).isEqualTo("ready");
  }

  @Test
  void whoPicksACallerUp() {
    annTalks();
    ann().parks(call, "");
    floor.holds(call);
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP)).ready("ben");
    isLost(() -> floor.desk("ben").picksUp(call), 3);
    assertThat(floor.lastRing().agent()).isEqualTo("ben");
    floor.answers("ben");
    assertThat(floor.state("ben")).isEqualTo("talking");
  }

  // ── Consultations ───────────────────────────────────────────────────────────────────────────

  @Test
  void aConsultation() {
    annTalks();
    floor.ready("ben");
    isLost(() -> ann().asksColleague(call, "ben", "refund"), 3);
    CallId own = ((PbxCommand.Consult) floor.commands().getLast()).call();
    assertThat(floor.commands())
        .containsExactly(new PbxCommand.Hold(call, leg), new PbxCommand.Consult(own, leg));
    floor.happens(new PbxEvent.CallHeld(floor.now, call)).losesOrders().holds(own);
    LegId bens = floor.last(ContactOffered.class).leg().orElseThrow();
    isBack(3);
    assertThat(floor.commands()).as("but a ring").isEmpty();
    assertThat(floor.lastRing().leg()).isEqualTo(bens);
  }

  @Test
  void betweenTheTwo() {
    CallId own = annAsksBen();
    isOrderedAgain(() -> ann().alternates(call), new PbxCommand.Retrieve(leg));
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    isOrderedAgain(() -> ann().conferences(call), new PbxCommand.Conference(call, own));
    isOrderedAgain(
        () -> ann().alternates(call),
        new PbxCommand.Hold(call, leg),
        new PbxCommand.BackToConsultation(own));
  }

  /// Of two orders the PBX has heard the first.
  @Test
  void whatWasToComeAfterwards() {
    CallId own = annAsksBen();
    floor.losesOrders();
    ann().conferences(call);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg));
    isBack(2);
    assertThat(floor.commands()).containsExactly(new PbxCommand.Conference(call, own));
    floor.happens(new PbxEvent.CallConferenced(floor.now, call, own)).losesOrders();
    ann().alternates(call);
    floor.happens(new PbxEvent.CallHeld(floor.now, call));
    isBack(2);
    assertThat(floor.commands()).containsExactly(new PbxCommand.BackToConsultation(own));
  }

  @Test
  void itsEnd() {
    CallId own = annAsksBen();
    isOrderedAgain(
        () -> ann().cancelsConsultation(call),
        new PbxCommand.HangUpCall(own),
        new PbxCommand.Retrieve(leg));
  }

  /// Whoever has answered outside would hear music until they have enough.
  @Test
  void thatWhoWasReachedOutsideHasTheCaller() {
    annTalks();
    assertThat(ann().asksNumber(call, NUMBER, "where is it")).isEmpty();
    CallId own = floor.last(ConsultationBegan.class).own();
    floor.happens(new PbxEvent.CallHeld(floor.now, call)).holds(own);
    floor.happens(new PbxEvent.NumberReached(floor.now, own));
    isOrderedAgain(
        () -> ann().completesConsultation(call),
        new PbxCommand.GiveToAsked(call, own),
        new PbxCommand.HangUpLeg(leg));
  }

  // ── Calls to somebody ───────────────────────────────────────────────────────────────────────

  @Test
  void aCallThatSomebodyMakes() {
    floor.ready("ann");
    isLost(() -> ann().dials(NUMBER), 3);
    assertThat(floor.commands()).hasSize(1);
    CallId made = ((PbxCommand.MakeCall) floor.commands().getFirst()).call();
    floor.losesOrders().holds(made);
    isBack(3);
    assertThat(floor.lastRing().leg()).isEqualTo(PbxCommand.MakeCall.leg(made));
  }

  /// The PBX has made it, and nobody has heard so.
  @Test
  void itsFirstRing() {
    floor.ready("ann");
    assertThat(ann().dials(NUMBER)).isEmpty();
    CallId made = ((PbxCommand.MakeCall) floor.commands().getFirst()).call();
    floor.happensUnheard(new PbxEvent.CallQueued(floor.now, made));
    isBack(3);
    assertThat(floor.lastRing().leg()).isEqualTo(PbxCommand.MakeCall.leg(made));
  }

  // ── Supervisors ─────────────────────────────────────────────────────────────────────────────

  @Test
  void aSupervisorsRing() {
    annTalks();
    isLost(() -> floor.desk(SUP).supervises("ann", Supervision.WHISPER), 3);
    var ring = (PbxCommand.Supervise) floor.commands().getLast();
    assertThat(ring.agents()).isEqualTo(leg);
    assertThat(floor.commands()).hasSize(1);
    isBack(16);
    assertThat(floor.commands()).as("it rings").isEmpty();
  }

  @Test
  void howTheyTakePart() {
    LegId sups = supListens();
    isOrderedAgain(
        () -> floor.desk(SUP).supervises("ann", Supervision.BARGE),
        new PbxCommand.SuperviseBy(sups, Supervision.BARGE));
    floor.happens(new PbxEvent.SupervisorConnected(floor.now, sups, Supervision.BARGE));
    isBack(1);
    assertThat(floor.commands()).isEmpty();
  }

  @Test
  void thatTheyTakeOver() {
    LegId sups = supListens();
    isOrderedAgain(
        () -> floor.desk(SUP).takesOver(), new PbxCommand.TakeOver(call, sups, leg, SUP));
    assertThat(floor.state("ann")).isEqualTo("talking");
  }
}
