package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.ContactUnparked;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.ParkEnd;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.screens.ParkedView;
import org.switchroom.cti.screens.ScreenPop;

/// A caller is parked for whoever picks them up, and nobody is forgotten there.
class ParkTest {
  private static final Duration RETURN = Duration.ofMinutes(3);

  private TestFloor floor;
  private CallId call;
  private LegId leg;

  @BeforeEach
  void annTalks() {
    opens(
        TestPlan.of("q", "other")
            .agents("ann", "ben", "cat")
            .wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO));
  }

  private void opens(TestPlan plan) {
    floor = plan.open();
    floor.ready("ann");
    call = floor.caller();
    leg = floor.answers("ann");
    floor.after(20);
  }

  private void held() {
    floor.holds(call);
    floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.HUNG_UP));
  }

  private void annParks() {
    assertThat(floor.desk("ann").parks(call, "wants Ben")).isEmpty();
    held();
  }

  private List<CallId> seenBy(String agent) {
    return floor.parked(agent).callers().stream()
        .map(one -> new CallId(one.contact().value()))
        .toList();
  }

  private void isPicked(String agent) {
    assertThat(floor.desk(agent).picksUp(call)).isEmpty();
  }

  // ── Parked ──────────────────────────────────────────────────────────────────────────────────

  @Test
  void theAgentIsDoneAndThePbxHasTheCallerWhereTheyWait() {
    floor.desk("ann").types(call, "refund", "asked the warehouse");
    annParks();
    assertThat(floor.commands())
        .endsWith(new PbxCommand.TakeBack(call), new PbxCommand.HangUpLeg(leg));
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.last(TalkEnded.class).end()).isEqualTo(TalkEnd.PARKED);
    assertThat(floor.contact(call).state()).isInstanceOf(ContactState.Parked.class);
    assertThat(floor.queue().waiting()).as("it waits in no queue").isZero();
  }

  @Test
  void whoMayServeTheQueueSeesThemAndNobodyElse() {
    opens(
        TestPlan.of("q", "other")
            .agent("ann", "q")
            .agent("ben", "q")
            .agent("cat", "other")
            .wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO));
    floor.ready("ben", "cat");
    assertThat(floor.desk("ann").parks(call, "wants Ben")).isEmpty();
    assertThat(seenBy("ben")).as("not before the PBX has them").isEmpty();
    held();
    assertThat(floor.parked("ben").callers())
        .extracting(
            ParkedView.ParkedCaller::contact,
            ParkedView.ParkedCaller::by,
            ParkedView.ParkedCaller::why,
            ParkedView.ParkedCaller::since,
            ParkedView.ParkedCaller::until)
        .containsExactly(
            tuple(
                TestFloor.contactOf(call), "Ann", "wants Ben", floor.now, floor.now.plus(RETURN)));
    assertThat(seenBy("ann")).containsExactly(call);
    assertThat(seenBy("cat")).isEmpty();
    assertThat(floor.desk("cat").picksUp(call)).contains(Refusal.NOT_SERVED);
    floor.desk("ben").logsOut();
    assertThat(seenBy("ben")).isEmpty();
    floor.screensAreRight();
  }

  @Test
  void moreThanTwentyAreCounted() {
    opens(TestPlan.of("q").agents("ann"));
    for (int i = 0; i < 22; i++) {
      annParks();
      floor.desk("ann").isReady();
      call = floor.caller();
      leg = floor.answers("ann");
    }
    assertThat(floor.parked("ann").callers()).hasSize(ParkedView.MOST);
    assertThat(floor.parked("ann").more()).isEqualTo(2);
    floor.screensAreRight();
  }

  @Test
  void nobodyIsOfferedThemWhoeverIsFree() {
    annParks();
    floor.ready("ben", "cat");
    floor.after(RETURN.minusSeconds(1));
    assertThat(floor.offers()).hasSize(1);
    CallId next = floor.caller();
    assertThat(floor.contact(next).offers()).hasSize(1);
  }

  @Test
  void whoIsOnHoldCanBeParkedToo() {
    floor.putsOnHold(call);
    annParks();
    assertThat(floor.contact(call).parked()).isTrue();
  }

  @Test
  void whoHasNoTalkParksNobody() {
    assertThat(floor.desk("ben").parks(call, "")).contains(Refusal.NO_CALL);
    floor.linkIsLost();
    assertThat(floor.desk("ann").parks(call, "")).contains(Refusal.PBX_DOWN);
    assertThat(floor.state("ann")).isEqualTo("talking");
  }

  // ── Picked up ───────────────────────────────────────────────────────────────────────────────

  @Test
  void onePopComesBeforeTheRingAndTellsWhatIsKnown() {
    floor.desk("ann").types(call, "refund", "asked the warehouse");
    annParks();
    var parked = floor.now;
    floor.ready("ben");
    floor.after(30);
    isPicked("ben");
    assertThat(floor.pop("ben").handedOver())
        .contains(
            new ScreenPop.HandedOver(
                "Ann",
                "wants Ben",
                new Draft("refund", "asked the warehouse"),
                Optional.empty(),
                Optional.of(new ScreenPop.Parked(parked))));
    assertThat(seenBy("cat")).isEmpty();
    floor.answers("ben");
    assertThat(floor.state("ben")).isEqualTo("talking");
    floor.leaves(call);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
    assertThat(floor.last(ContactUnparked.class).end()).isEqualTo(ParkEnd.PICKED_UP);
  }

  @Test
  void itIsOneContactThatCountsOnceInTheQueue() {
    annParks();
    floor.ready("ben");
    floor.after(100);
    isPicked("ben");
    floor.answers("ben");
    floor.leaves(call);
    assertThat(floor.queue().offered()).isEqualTo(1);
    assertThat(floor.queue().answered()).isEqualTo(1);
    assertThat(floor.queue().serviceLevel()).contains(1.0);
    assertThat(floor.last(ContactAnswered.class).handedOver()).isTrue();
  }

  @Test
  void ofTwoWhoPickUpTheFirstHasThemAndTheOtherIsTold() {
    annParks();
    floor.ready("ben", "cat");
    isPicked("ben");
    assertThat(floor.desk("cat").picksUp(call)).contains(Refusal.PICKED_UP);
    assertThat(floor.desk("ben").picksUp(call)).as("a second click is no fault").isEmpty();
    floor.answers("ben");
    assertThat(floor.desk("cat").picksUp(call)).contains(Refusal.PICKED_UP);
    floor.leaves(call);
    assertThat(floor.desk("cat").picksUp(call)).contains(Refusal.NOT_PARKED);
  }

  @Test
  void whoIsOnABreakPicksUpAndIsOnItAgainAfterwards() {
    annParks();
    floor.ready("ben");
    floor.desk("ben").takesBreak("lunch");
    isPicked("ben");
    floor.answers("ben");
    floor.leaves(call);
    floor.desk("ben").completes(call, "", "");
    assertThat(floor.state("ben")).isEqualTo("not-ready");
    assertThat(floor.agent("ben").reason()).isEqualTo("lunch");
  }

  @Test
  void whoPicksUpIsNotGivenSomebodyWhoWaitsInTheirPlace() {
    annParks();
    floor.ready("ben");
    CallId first = floor.caller();
    floor.answers("ben");
    CallId waits = floor.caller();
    floor.leaves(first);
    assertThat(floor.state("ben")).isEqualTo("wrap-up");
    isPicked("ben");
    assertThat(floor.pop("ben").contact()).isEqualTo(TestFloor.contactOf(call));
    assertThat(floor.contact(waits).offers()).isEmpty();
  }

  @Test
  void whoHasACallOrNoPhoneOrIsNotThereCannot() {
    annParks();
    assertThat(floor.desk("cat").picksUp(call)).contains(Refusal.NOT_LOGGED_IN);
    floor.ready("ben");
    CallId other = floor.caller();
    assertThat(floor.desk("ben").picksUp(call)).contains(Refusal.IN_CALL);
    floor.answers("ben");
    assertThat(floor.desk("ben").picksUp(call)).contains(Refusal.IN_CALL);
    floor.leaves(other);
    floor.phone("ben", PhoneState.UNREACHABLE);
    assertThat(floor.desk("ben").picksUp(call)).contains(Refusal.PHONE_AWAY);
    floor.linkIsLost();
    assertThat(floor.desk("ben").picksUp(call)).contains(Refusal.PBX_DOWN);
  }

  @Test
  void whoMustSayWhatTheirCallWasAboutSaysSoFirst() {
    opens(TestPlan.of("q").agents("ann", "ben").wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO));
    annParks();
    assertThat(floor.desk("ann").picksUp(call)).contains(Refusal.DISPOSITION_NEEDED);
  }

  @Test
  void whoParkedThemMayHaveThemBack() {
    annParks();
    isPicked("ann");
    floor.answers("ann");
    assertThat(floor.state("ann")).isEqualTo("talking");
    assertThat(floor.contact(call).stays()).isEqualTo(2);
  }

  // ── Not answered ────────────────────────────────────────────────────────────────────────────

  @Test
  void whoDoesNotAnswerLeavesThemParkedAndHasMissedNothing() {
    annParks();
    var since = floor.now;
    floor.ready("ben", "cat");
    floor.after(40);
    isPicked("ben");
    floor.rings("ben");
    floor.ends("ben", LegEnd.NO_ANSWER);
    assertThat(floor.state("ben")).isEqualTo("ready");
    assertThat(floor.state("cat")).as("nobody else is asked").isEqualTo("ready");
    assertThat(floor.parked("cat").callers().getFirst().since()).isEqualTo(since);
    assertThat(floor.last(OfferEnded.class).end()).isEqualTo(OfferEnd.NO_ANSWER);
    isPicked("cat");
    floor.answers("cat");
    assertThat(floor.queue().offered()).isEqualTo(1);
  }

  /// The PBX says nothing of the phone that rings.
  @Test
  void whomTheRouterTakesBackIsParkedAndNobodyElseIsAsked() {
    annParks();
    floor.ready("ben", "cat");
    isPicked("ben");
    floor.rings("ben");
    floor.after(30);
    assertThat(floor.offers()).hasSize(2);
    assertThat(seenBy("cat")).containsExactly(call);
    assertThat(floor.state("cat")).isEqualTo("ready");
  }

  @Test
  void whoCallsSomebodyThemselvesInThisMomentLeavesThemParked() {
    annParks();
    floor.ready("ben", "cat");
    isPicked("ben");
    floor.phone("ben", PhoneState.RINGING_IN_USE);
    assertThat(seenBy("cat")).containsExactly(call);
  }

  @Test
  void whoDeclinesLeavesThemParked() {
    annParks();
    floor.ready("ben");
    floor.desk("ben").takesBreak("lunch");
    isPicked("ben");
    floor.rings("ben");
    floor.desk("ben").declines(call);
    floor.ends("ben", LegEnd.DECLINED);
    assertThat(floor.state("ben")).isEqualTo("not-ready");
    assertThat(seenBy("ann")).containsExactly(call);
  }

  // ── Back ────────────────────────────────────────────────────────────────────────────────────

  @Test
  void whomNobodyPicksUpIsBeforeAllOthersAndWhoParkedThemIsAskedFirst() {
    annParks();
    floor.desk("ann").completes(call, "", "");
    floor.desk("ann").isReady();
    CallId annHas = floor.caller();
    floor.answers("ann");
    CallId waits = floor.caller();
    floor.after(RETURN);
    assertThat(floor.last(ContactUnparked.class).end()).isEqualTo(ParkEnd.RETURNED);
    assertThat(seenBy("ann")).isEmpty();
    assertThat(floor.queue().waiting()).isEqualTo(2);
    floor.leaves(annHas);
    floor.desk("ann").isReady();
    floor.answers("ann");
    assertThat(floor.pop("ann").contact()).isEqualTo(TestFloor.contactOf(call));
    assertThat(floor.pop("ann").handedOver().orElseThrow().parked()).isPresent();
    assertThat(floor.contact(waits).waits()).isTrue();
  }

  @Test
  void whoeverIsFreeIsAskedWhereWhoParkedThemIsNot() {
    annParks();
    floor.desk("ann").completes(call, "", "");
    floor.desk("ann").takesBreak("lunch");
    floor.ready("ben");
    floor.after(RETURN);
    floor.answers("ben");
    assertThat(floor.pop("ben").contact()).isEqualTo(TestFloor.contactOf(call));
    assertThat(floor.queue().offered()).as("they have waited twice").isEqualTo(2);
  }

  @Test
  void whileAPhoneRingsForThemNobodyTakesThemBack() {
    annParks();
    floor.ready("ben", "cat");
    floor.after(RETURN.minusSeconds(5));
    isPicked("ben");
    floor.rings("ben");
    floor.after(10);
    assertThat(floor.state("ben")).isEqualTo("ringing");
    floor.ends("ben", LegEnd.NO_ANSWER);
    floor.after(0);
    assertThat(floor.last(ContactUnparked.class).end()).isEqualTo(ParkEnd.RETURNED);
    assertThat(floor.contact(call).waits()).isTrue();
  }

  @Test
  void aQueueThatIsClosedTakesNobodyBack() {
    annParks();
    floor.reload(plan -> plan.routes("q", q -> q.withHours(Optional.of(TestPlan.hours(0, 1)))));
    floor.after(600);
    assertThat(floor.contact(call).parked()).isTrue();
    floor.reload(plan -> plan.routes("q", q -> q.withHours(Optional.empty())));
    floor.after(10);
    assertThat(floor.contact(call).waits()).isTrue();
  }

  @Test
  void anotherConfigurationIsForWhoIsParkedToo() {
    annParks();
    floor.after(30);
    floor.reload(plan -> plan.queue("q", queue -> queue.withParkReturn(Duration.ofSeconds(40))));
    floor.after(9);
    assertThat(floor.contact(call).parked()).isTrue();
    floor.after(1);
    assertThat(floor.contact(call).waits()).isTrue();
  }

  // ── Over ────────────────────────────────────────────────────────────────────────────────────

  @Test
  void whoHangsUpIsOverAndNobodySeesThemAnyMore() {
    annParks();
    floor.leaves(call);
    assertThat(seenBy("ann")).isEmpty();
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ABANDONED);
    assertThat(floor.queue().abandoned()).as("they have waited in no queue").isZero();
    floor.after(600);
    assertThat(floor.liveCalls()).isZero();
  }

  @Test
  void whoHangsUpWhileAPhoneRingsForThemIsOver() {
    annParks();
    floor.ready("ben");
    isPicked("ben");
    floor.rings("ben");
    floor.leaves(call);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ABANDONED);
    assertThat(floor.events(ContactLeft.class)).hasSize(1);
    assertThat(floor.queue().offered()).isEqualTo(1);
    assertThat(floor.state("ben")).isEqualTo("ready");
  }

  @Test
  void whoIsSetAsideIsThePbxs() {
    annParks();
    floor.setsAside("timer ParkedCaller[contact=" + TestFloor.contactOf(call) + "]");
    floor.after(RETURN);
    assertThat(floor.commands()).contains(new PbxCommand.FallBack(call));
  }

  // ── Nobody is lost ──────────────────────────────────────────────────────────────────────────

  @Test
  void aRestartForgetsNobody() {
    annParks();
    floor.after(60);
    floor.restarts();
    assertThat(seenBy("ann")).containsExactly(call);
    floor.ready("ben");
    isPicked("ben");
    floor.rings("ben");
    floor.restarts();
    floor.ends("ben", LegEnd.NO_ANSWER);
    var until = floor.parked("ann").callers().getFirst().until();
    floor.after(Duration.between(floor.now, until).minusSeconds(1));
    assertThat(floor.contact(call).parked()).isTrue();
    floor.after(1);
    assertThat(floor.contact(call).waits()).isTrue();
  }

  @Test
  void whatThePbxHasNotHeardOfIsDoneOnceMore() {
    floor.putsOnHold(call);
    assertThat(floor.desk("ann").parks(call, "")).isEmpty();
    floor.restarts();
    assertThat(floor.commands()).filteredOn(new PbxCommand.TakeBack(call)::equals).hasSize(2);
    held();
    assertThat(seenBy("ann")).containsExactly(call);
  }

  @Test
  void whomThePbxHasNotYetIsTakenBackWhenItHasThem() {
    assertThat(floor.desk("ann").parks(call, "")).isEmpty();
    floor.linkIsLost();
    floor.after(600);
    assertThat(floor.contact(call).parked()).isTrue();
    floor.holds(call);
    floor.connect();
    floor.after(10);
    assertThat(floor.contact(call).waits()).isTrue();
  }

  @Test
  void whoFellBackIsTakenBack() {
    annParks();
    floor.happens(new PbxEvent.CallFellBack(floor.now, call));
    assertThat(floor.commands()).filteredOn(new PbxCommand.TakeBack(call)::equals).hasSize(2);
    floor.holds(call);
    assertThat(seenBy("ann")).containsExactly(call);
  }

  @Test
  void whoseQueueIsRemovedIsThereForThoseOfTheDefaultQueue() {
    opens(
        TestPlan.of("q", "other")
            .agent("ann", "q")
            .agent("ben", "other")
            .wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO));
    floor.ready("ben");
    annParks();
    assertThat(seenBy("ben")).isEmpty();
    floor.reload(plan -> plan.defaultQueue("other").without("q"));
    assertThat(seenBy("ben")).containsExactly(call);
    isPicked("ben");
    floor.answers("ben");
    assertThat(floor.state("ben")).isEqualTo("talking");
  }

  @Test
  void whoIsRemovedWhileTheirPhoneRingsLeavesThemParked() {
    annParks();
    floor.ready("ben", "cat");
    isPicked("ben");
    floor.rings("ben");
    floor.reload(plan -> plan.without("ben"));
    assertThat(seenBy("cat")).containsExactly(call);
    assertThat(floor.state("cat")).isEqualTo("ready");
  }

  @Test
  void whoIsRemovedOverARestartLeavesThemParked() {
    annParks();
    floor.ready("ben", "cat");
    isPicked("ben");
    floor.rings("ben");
    floor.crashes().starts(plan -> plan.without("ben")).connect();
    assertThat(seenBy("cat")).containsExactly(call);
  }

  @Test
  void whomThePbxLosesMayCallAgainAndIsWithTheQueue() {
    annParks();
    floor.pbxDies().connect(PbxId.MAIN);
    CallId again = floor.callsAgain(call);
    floor.holds(again);
    assertThat(floor.contact(call).waits()).isTrue();
  }
}
