package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.agent.InHand.Stage;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.event.CallEvent.CallJoined;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
import org.switchroom.cti.event.ContactEvent.ContactReset;
import org.switchroom.cti.event.ContactEvent.FallbackTalked;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;

/// A contact goes on with the caller's next call when the PBX has lost the first.
class CutOffTest {
  private static final TestPlan PLAN =
      TestPlan.of("sales", "billing").agents("ann", "ben").after("sales", "survey");

  @Test
  void whoWaitedAndCallsAgainIsNotAskedAgainAndKeepsTheirAge() {
    var floor = PLAN.open();
    CallId first = floor.caller(Script.to("billing").priority(3));
    Instant since = floor.contact(first).stay().orElseThrow().since();
    CallId later = floor.after(60).caller("billing");
    floor.after(60).pbxDies().after(20).connect().forget();
    CallId again = floor.callsAgain(first);
    assertThat(floor.commands()).contains(new PbxCommand.TakeBack(again));
    floor.holds(again);
    Contact contact = floor.contact(again);
    assertThat(contact.id()).isEqualTo(TestFloor.contactOf(first));
    assertThat(contact.call()).contains(again);
    var queued = floor.last(ContactQueued.class);
    assertThat(queued.queue().value()).isEqualTo("billing");
    assertThat(queued.since()).isEqualTo(since);
    assertThat(queued.request().priority()).isEqualTo(3);
    assertThat(queued.stay()).isEqualTo(2);
    floor.holds(floor.callsAgain(later));
    floor.ready("ann");
    assertThat(floor.lastRing().call()).isEqualTo(again);
  }

  @Test
  void whoWasOnTheWayToAQueueIsToo() {
    var floor = PLAN.open();
    CallId first = floor.arrives();
    floor.begins(first).ends(first, Script.to("billing"));
    Instant chosen = floor.now;
    floor.after(1).pbxDies().connect();
    CallId again = floor.holds(floor.after(30).callsAgain(first));
    assertThat(floor.contact(again).id()).isEqualTo(TestFloor.contactOf(first));
    assertThat(floor.last(ContactQueued.class).queue().value()).isEqualTo("billing");
    assertThat(floor.last(ContactQueued.class).since()).isEqualTo(chosen);
  }

  @Test
  void whomAScriptHadAllTheSameIsWhereTheyHaveSaidNow() {
    var floor = PLAN.open();
    CallId first = floor.caller("billing");
    Instant since = floor.contact(first).stay().orElseThrow().since();
    floor.pbxDies().connect();
    CallId again = floor.callsAgain(first);
    floor.begins(again).ends(again, Script.to("sales"));
    floor.holds(again);
    assertThat(floor.last(ContactQueued.class).queue().value()).isEqualTo("sales");
    assertThat(floor.last(ContactQueued.class).since()).isEqualTo(since);
  }

  @Test
  void whoHadNotSaidWhatTheyWantIsAsked() {
    var floor = PLAN.open();
    CallId first = floor.arrives();
    floor.begins(first).pbxDies().connect();
    assertThat(floor.outcomes(first)).containsExactly(ContactOutcome.PBX_FAULT);
    CallId again = floor.callsAgain(first);
    assertThat(floor.contact(again).id()).isEqualTo(TestFloor.contactOf(again));
  }

  @Test
  void whoTalkedIsAskedForByTheSameAgentFirst() {
    var floor = PLAN.wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO).open().ready("ann");
    CallId first = floor.caller("sales");
    floor.answers("ann");
    floor.ready("ben").after(30).pbxDies().after(5).connect();
    CallId again = floor.holds(floor.callsAgain(first));
    assertThat(floor.offers()).as("ann wraps up, and ben is not asked yet").hasSize(1);
    floor.desk("ann").completes(TestFloor.contactOf(first), "invoice", "cut off");
    assertThat(floor.lastRing().agent()).isEqualTo("ann");
    assertThat(floor.lastRing().call()).isEqualTo(again);
    assertThat(floor.contact(again).talks()).isOne();
    floor.answers("ann");
    floor.leaves(again);
    assertThat(floor.outcomes(first)).containsExactly(ContactOutcome.ANSWERED);
  }

  @Test
  void theAgentIsNotWaitedForForLong() {
    var floor = PLAN.wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO).open().ready("ann");
    CallId first = floor.caller("sales");
    floor.answers("ann");
    floor.ready("ben").after(30).pbxDies().after(5).connect();
    floor.holds(floor.callsAgain(first));
    floor.after((int) CutOffRules.AGENT_FIRST.toSeconds());
    assertThat(floor.lastRing().agent()).isEqualTo("ben");
  }

  @Test
  void whoeverTellsOfThemFirstTheScriptOrThePbx() {
    var floor = PLAN.open();
    CallId first = floor.caller("billing");
    floor.pbxDies().connect();
    var again = new CallId("again");
    floor.takes(
        new Input.ScriptStarted(
            again, floor.contact(first).arrival().from(), floor.contact(first).arrival().dialed()));
    assertThat(floor.commands()).contains(new PbxCommand.TakeBack(again));
    assertThat(floor.contact(again).id()).isEqualTo(TestFloor.contactOf(first));
  }

  @Test
  void itIsTheSameCallerAlsoAfterAnotherLossAndARestart() {
    var floor = PLAN.open();
    CallId first = floor.caller("billing");
    Instant since = floor.contact(first).stay().orElseThrow().since();
    floor.pbxDies().connect();
    CallId second = floor.holds(floor.callsAgain(first));
    floor.pbxDies().crashes().after(120).starts();
    floor.connect();
    CallId third = floor.holds(floor.callsAgain(second));
    assertThat(floor.contact(third).id()).isEqualTo(TestFloor.contactOf(first));
    assertThat(floor.contact(third).stay().orElseThrow().since()).isEqualTo(since);
    assertThat(floor.events(CallJoined.class)).hasSize(2);
    assertThat(floor.events(ContactReset.class)).isEmpty();
  }

  /// Else nobody who calls while the server is down would be known.
  @Test
  void theTimeToCallAgainDoesNotRunWhileTheServerIsDown() {
    var floor = PLAN.open();
    CallId first = floor.caller("billing");
    floor.pbxDies().connect().crashes().after(3_600).starts();
    floor.connect();
    CallId again = floor.holds(floor.callsAgain(first));
    assertThat(floor.contact(again).id()).isEqualTo(TestFloor.contactOf(first));
  }

  @Test
  void afterTenMinutesNobodyIsWaitedFor() {
    var floor = PLAN.open();
    CallId first = floor.caller("billing");
    floor.pbxDies().connect().after((int) CutOffRules.RETURNS_WITHIN.toSeconds() - 1);
    assertThat(floor.outcomes(first)).isEmpty();
    floor.after(1);
    assertThat(floor.outcomes(first)).containsExactly(ContactOutcome.PBX_FAULT);
    CallId again = floor.callsAgain(first);
    assertThat(floor.contact(again).id()).isEqualTo(TestFloor.contactOf(again));
    assertThat(floor.engine.state().contacts()).hasSize(1);
  }

  @Test
  void whoHangsUpThemselvesBeginsAnew() {
    var floor = PLAN.open();
    CallId first = floor.caller("billing");
    floor.leaves(first);
    CallId again = floor.callsAgain(first);
    assertThat(floor.contact(again).id()).isEqualTo(TestFloor.contactOf(again));
  }

  @Test
  void whoCallsAgainAndHangsUpHasGivenUp() {
    var floor = PLAN.open();
    CallId first = floor.caller("billing");
    floor.pbxDies().connect();
    CallId again = floor.callsAgain(first);
    floor.leaves(again);
    assertThat(floor.outcomes(first)).containsExactly(ContactOutcome.ABANDONED);
    assertThat(floor.engine.state().contacts()).isEmpty();
  }

  @Test
  void twoOfOneNumberAreTwo() {
    var floor = PLAN.open();
    CallId one = floor.caller("sales");
    CallId other = floor.callsAgain(one);
    floor.ends(other, Script.to("billing"));
    floor.holds(other);
    floor.pbxDies().connect();
    CallId first = floor.holds(floor.callsAgain(one));
    CallId second = floor.holds(floor.callsAgain(one));
    CallId third = floor.callsAgain(one);
    assertThat(floor.contact(first).id()).isEqualTo(TestFloor.contactOf(one));
    assertThat(floor.contact(second).id()).isEqualTo(TestFloor.contactOf(other));
    assertThat(floor.contact(third).id()).isEqualTo(TestFloor.contactOf(third));
  }

  /// Where an agent may have two calls at a time. There is one form for what is said of a contact,
  /// and it is of the wrap-up until that is done.
  @Test
  void whatIsSaidInAWrapUpStaysWithItWhenTheCallerIsBackBeforeItIsDone() {
    var floor =
        PLAN.voices("ann", 2).wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO).open().ready("ann");
    CallId first = floor.caller("sales");
    floor.answers("ann");
    floor.after(30).pbxDies().after(5).connect();
    Desk ann = floor.desk("ann");
    ann.types(first, "invoice", "cut off");
    CallId again = floor.holds(floor.callsAgain(first));
    assertThat(floor.stages("ann")).containsExactly(Stage.WRAP_UP, Stage.OFFERED);
    assertThat(floor.pop("ann").draft()).isEqualTo(new Draft("invoice", "cut off"));
    floor.answers("ann");
    ann.types(first, "invoice", "cut off, calls again");
    floor.restarts();
    floor.screensAreRight();
    assertThat(floor.session("ann").contacts())
        .extracting(one -> one.draft().note())
        .containsExactly("cut off, calls again", "");
    assertThat(ann.completes(first, "invoice", "done")).isEmpty();
    assertThat(floor.last(WrapUpDone.class).stay()).isOne();
    assertThat(floor.pop("ann").draft()).isEqualTo(Draft.NONE);
    floor.leaves(again);
    assertThat(ann.completes(first, "refund", "of the second")).isEmpty();
    assertThat(floor.last(WrapUpDone.class).stay()).isEqualTo(2);
    assertThat(floor.pops("ann")).isEmpty();
  }

  /// The server is down, the caller calls again, and the PBX itself has taken care of them.
  @Test
  void whoWasServedByTheFallbackQueueMeanwhileIsServed() {
    var floor = PLAN.open();
    CallId first = floor.caller("billing");
    floor.after(60).pbxDies().connect().crashes().after(30);
    CallId again = floor.callsAgain(first);
    Instant queued = floor.now;
    Instant answered = floor.after(10).now;
    floor.after(60).starts();
    floor.says(over(floor, again, queued, answered));
    assertThat(floor.last(FallbackTalked.class).contact()).isEqualTo(TestFloor.contactOf(first));
    assertThat(floor.outcomes(first)).containsExactly(ContactOutcome.FALLBACK_ANSWERED);
    assertThat(floor.events(CallJoined.class)).extracting(CallJoined::call).containsExactly(again);
    CallId third = floor.callsAgain(first);
    assertThat(floor.contact(third).id())
        .as("they want something else")
        .isEqualTo(TestFloor.contactOf(third));
  }

  /// As before, but the server came back while they talked.
  @Test
  void alsoWhereTheyTalkedStillWhenTheServerCameBack() {
    var floor = PLAN.open();
    CallId first = floor.caller("billing");
    floor.after(60).pbxDies().connect().crashes().after(30);
    CallId again = floor.callsAgain(first);
    Instant queued = floor.now;
    Instant answered = floor.after(10).now;
    floor.starts().saysOnly(elsewhere(floor, again));
    assertThat(floor.contact(again).id()).isEqualTo(TestFloor.contactOf(first));
    floor.after(60).linkIsLost().says(over(floor, again, queued, answered));
    assertThat(floor.outcomes(first)).containsExactly(ContactOutcome.FALLBACK_ANSWERED);
  }

  private static PbxEvent.LiveCall elsewhere(TestFloor floor, CallId call) {
    return floor.pbx.list(floor.now, call.pbx()).calls().stream()
        .filter(live -> live.call().equals(call))
        .map(
            live ->
                new PbxEvent.LiveCall(
                    call,
                    live.from(),
                    live.dialed(),
                    PbxEvent.Place.ELSEWHERE,
                    "",
                    Optional.empty(),
                    0,
                    "",
                    "",
                    Optional.empty(),
                    ""))
        .findFirst()
        .orElseThrow();
  }

  private static PbxEvent.Synchronized over(
      TestFloor floor, CallId call, Instant queued, Instant answered) {
    PbxEvent.LiveCall live = elsewhere(floor, call);
    var end =
        new PbxEvent.EndedCall(
            call,
            live.from(),
            live.dialed(),
            Optional.of(queued),
            "sales",
            Optional.of(queued),
            Optional.of(answered),
            "",
            "PJSIP/night",
            floor.now);
    return new PbxEvent.Synchronized(
        floor.now, call.pbx(), List.of(), List.of(end), List.of(), List.of());
  }
}
