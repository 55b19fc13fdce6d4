package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.event.CallEvent.CallEnded;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactEvent.ScriptResumed;
import org.switchroom.cti.event.ContactEvent.ScriptWalked;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.EndedCall;
import org.switchroom.cti.pbx.PhoneNumber;

/// A contact's way through queues and agents, each part of it in its place, and how it ends.
class StaysTest {
  private static final AgentId ANN = new AgentId("ann");
  private static final AgentId BEN = new AgentId("ben");
  private static final QueueId SALES = new QueueId("sales");
  private static final QueueId BILLING = new QueueId("billing");

  private static final TestPlan PLAN =
      TestPlan.of("sales", "billing")
          .agent("ann", "sales")
          .agent("ben", "billing")
          .after("sales", "more");

  /// A caller who was sold something, and goes on to the billing queue.
  private static CallId soldAndSentOn(TestFloor floor) {
    CallId call = floor.caller("sales");
    floor.after(5).answers("ann");
    floor.after(60).hangsUp("ann");
    floor.begins(call).after(3);
    floor.ends(call, Script.to("billing")).holds(call);
    return call;
  }

  @Test
  void twoTalksAreTwoStays() {
    var floor = PLAN.open().ready("ann");
    CallId call = soldAndSentOn(floor);
    floor.after(7).ready("ben").after(2).answers("ben");
    floor.after(30).leaves(call);
    assertThat(floor.events(ContactAnswered.class))
        .extracting(
            ContactAnswered::stay,
            ContactAnswered::queue,
            ContactAnswered::agent,
            ContactAnswered::waited,
            ContactAnswered::inTime)
        .containsExactly(
            tuple(1, SALES, ANN, Duration.ofSeconds(5), true),
            tuple(2, BILLING, BEN, Duration.ofSeconds(9), true));
    assertThat(floor.events(TalkEnded.class))
        .extracting(TalkEnded::stay, TalkEnded::agent, TalkEnded::end)
        .containsExactly(tuple(1, ANN, TalkEnd.AGENT_LEFT), tuple(2, BEN, TalkEnd.CALLER_LEFT));
    assertThat(floor.events(WrapUpDone.class)).hasSize(2);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
  }

  @Test
  void whoGivesUpTheSecondWaitHadTheirTalk() {
    var floor = PLAN.open().ready("ann");
    CallId call = soldAndSentOn(floor);
    floor.after(40).leaves(call);
    assertThat(floor.events(ContactAnswered.class))
        .extracting(ContactAnswered::agent)
        .containsExactly(ANN);
    assertThat(floor.events(ContactLeft.class))
        .extracting(ContactLeft::stay, ContactLeft::queue, ContactLeft::end, ContactLeft::waited)
        .containsExactly(tuple(2, BILLING, StayEnd.ABANDONED, Duration.ofSeconds(40)));
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ABANDONED);
    assertThat(floor.queue("billing").abandoned()).isOne();
    assertThat(floor.queue("sales").answered()).isOne();
  }

  @Test
  void theFirstAgentWrapsUpWhileTheSecondTalks() {
    var floor = PLAN.wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO).open().ready("ann", "ben");
    CallId call = soldAndSentOn(floor);
    floor.answers("ben");
    floor.desk("ann").types(call, "invoice", "sold");
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.state("ben")).isEqualTo("talking");
    assertThat(floor.pop("ben").draft().note()).as("each has a note of their own").isEmpty();
    assertThat(floor.desk("ann").completes(call, "invoice", "sold")).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.state("ben")).isEqualTo("talking");
    floor.leaves(call);
    assertThat(floor.desk("ben").completes(call, "refund", "")).isEmpty();
    assertThat(floor.events(WrapUpDone.class))
        .extracting(WrapUpDone::stay, WrapUpDone::agent, one -> one.draft().disposition())
        .containsExactly(tuple(1, ANN, "invoice"), tuple(2, BEN, "refund"));
    assertThat(floor.engine.state().contacts()).isEmpty();
  }

  @Test
  void oneAgentMayHaveBothStaysOfAContact() {
    var floor =
        TestPlan.of("sales")
            .agents("ann")
            .after("sales", "more")
            .wrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO)
            .open()
            .ready("ann");
    CallId call = floor.caller();
    floor.answers("ann");
    floor.hangsUp("ann");
    floor.begins(call).ends(call, Script.to("sales")).holds(call);
    assertThat(floor.desk("ann").completes(call, "invoice", "the first")).isEmpty();
    floor.answers("ann");
    floor.leaves(call);
    assertThat(floor.desk("ann").completes(call, "refund", "the second")).isEmpty();
    assertThat(floor.events(WrapUpDone.class))
        .extracting(WrapUpDone::stay, one -> one.draft().note())
        .containsExactly(tuple(1, "the first"), tuple(2, "the second"));
  }

  @Test
  void aTransferEndsTheTalkAndWhoComesBackWaitsAgain() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    floor.after(20).happens(new PbxEvent.CallTransferred(floor.now, leg, "900"));
    floor.hangsUp("ann");
    assertThat(floor.last(TalkEnded.class).end()).isEqualTo(TalkEnd.TRANSFERRED);
    assertThat(floor.last(TalkEnded.class).to()).isEqualTo("900");
    Instant back = floor.now.plusSeconds(30);
    floor.after(30).holds(call);
    assertThat(floor.last(ContactQueued.class).stay()).isEqualTo(2);
    assertThat(floor.last(ContactQueued.class).since()).isEqualTo(back);
    floor.after(10).leaves(call);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ABANDONED);
    assertThat(floor.last(ContactLeft.class).waited()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aTalkThatThePbxLosesIsItsFault() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller("sales");
    floor.answers("ann");
    floor.linkIsLost().after(5).saysOnly();
    assertThat(floor.last(TalkEnded.class).end()).isEqualTo(TalkEnd.PBX_FAULT);
    assertThat(floor.last(CallEnded.class).seen()).isFalse();
    floor.after(600);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.PBX_FAULT);
  }

  @Test
  void aWaitThatThePbxLosesIsItsFaultAndNobodyMissedIt() {
    var floor = PLAN.open().ready("ann");
    CallId rings = floor.caller("sales");
    floor.rings("ann");
    CallId waits = floor.caller("sales");
    CallId chooses = floor.arrives();
    floor.linkIsLost().after(5).saysOnly();
    assertThat(floor.events(ContactLeft.class))
        .extracting(ContactLeft::end)
        .containsExactly(StayEnd.PBX_FAULT, StayEnd.PBX_FAULT);
    assertThat(floor.last(OfferEnded.class).end()).isEqualTo(OfferEnd.LOST);
    assertThat(floor.state("ann")).isEqualTo("ready");
    assertThat(floor.outcomes(chooses)).containsExactly(ContactOutcome.PBX_FAULT);
    floor.after(600);
    for (CallId call : List.of(rings, waits, chooses)) {
      assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.PBX_FAULT);
    }
    assertThat(floor.queue("sales").abandoned()).as("nobody gave up").isZero();
  }

  @Test
  void theFallbackQueueMayHaveRungAnAgentOfOurs() {
    var floor = PLAN.wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO).open().ready("ann");
    floor.desk("ann").takesBreak("lunch");
    CallId call = floor.caller("sales");
    floor.crashes();
    Instant came = floor.now;
    Instant answered = floor.now.plusSeconds(20);
    Instant over = floor.now.plusSeconds(50);
    floor.after(60).starts();
    floor.says(
        new PbxEvent.Synchronized(
            floor.now,
            List.of(),
            List.of(
                new EndedCall(
                    call,
                    new PhoneNumber("+88622"),
                    new PhoneNumber("8001"),
                    Optional.of(came),
                    "sales",
                    Optional.of(came),
                    Optional.of(answered),
                    "",
                    floor.plan.phone("ann"),
                    over)),
            List.of()));
    assertThat(floor.events(ContactAnswered.class))
        .extracting(ContactAnswered::agent, ContactAnswered::answered, ContactAnswered::inTime)
        .containsExactly(tuple(ANN, answered, false));
    assertThat(floor.last(TalkEnded.class).ended()).isEqualTo(over);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    floor.desk("ann").completes(call, "invoice", "");
    assertThat(floor.agent("ann").reason()).as("as they were").isEqualTo("lunch");
  }

  @Test
  void whoHangsUpInTheGreetingWasNotServed() {
    var floor = PLAN.open();
    CallId hangsUp = floor.arrives();
    floor.begins(hangsUp).leaves(hangsUp);
    CallId served = floor.arrives();
    floor.begins(served).ends(served, Script.over("ended")).leaves(served);
    CallId hungUpTold = floor.arrives();
    floor.begins(hungUpTold).ends(hungUpTold, Script.over("hung-up")).leaves(hungUpTold);
    CallId sentOn = floor.arrives();
    floor.begins(sentOn).ends(sentOn, Script.over("transferred")).leaves(sentOn);
    assertThat(floor.outcomes(hangsUp)).containsExactly(ContactOutcome.LEFT_IN_SCRIPT);
    assertThat(floor.outcomes(served)).containsExactly(ContactOutcome.SELF_SERVED);
    assertThat(floor.outcomes(hungUpTold)).containsExactly(ContactOutcome.LEFT_IN_SCRIPT);
    assertThat(floor.outcomes(sentOn)).containsExactly(ContactOutcome.SELF_SERVED);
  }

  @Test
  void aScriptThatIsOverAfterItsCallIsInTheEventsAllTheSame() {
    var floor = PLAN.open();
    CallId call = floor.arrives();
    floor.begins(call).leaves(call).ends(call, Script.over("hung-up").pressing("menu", "2"));
    assertThat(floor.events(ScriptWalked.class))
        .extracting(ScriptWalked::ending, one -> one.trail().size())
        .containsExactly(tuple("hung-up", 1));
    assertThat(floor.outcomes(call)).hasSize(1);
    floor.ends(new CallId("never heard of"), Script.to("sales"));
    assertThat(floor.events(ScriptWalked.class)).as("of nobody").hasSize(1);
  }

  @Test
  void whereAScriptGoesOnAndInWhichLanguageOutlivesARestart() {
    var floor = PLAN.open();
    CallId call = floor.arrives();
    floor.begins(call);
    assertThat(resumed(floor, call)).as("in its first script").isEmpty();
    floor.ends(call, Script.over("transferred"));
    floor.restarts();
    assertThat(resumed(floor, call)).contains("en place");
    assertThat(resumed(floor, call)).as("once only").contains("en ");
    assertThat(resumed(floor, new CallId("never heard of"))).isEmpty();
  }

  @Test
  void whoHasHungUpMeanwhileIsToldNothingThatMatters() {
    var floor = PLAN.wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO).open().ready("ann");
    CallId call = floor.caller("sales");
    floor.answers("ann");
    floor.after(60).hangsUp("ann");
    floor.begins(call);
    floor.ends(call, Script.over("transferred")).leaves(call);
    assertThat(resumed(floor, call)).contains("en place");
    floor.restarts();
    assertThat(floor.desk("ann").completes(call, "invoice", "sold")).isEmpty();
    assertThat(resumed(floor, call)).isEmpty();
  }

  /// The server was away when the number did not answer, and the dialplan held them.
  @Test
  void whoWaitsAfterATransferDoesNotComeBackToItWhenTheirQueueDialsForThem() {
    var floor = PLAN.open();
    CallId call = floor.arrives();
    floor.begins(call);
    floor.ends(call, Script.over("transferred")).crashes().holds(call);
    floor.starts().connect();
    assertThat(floor.queue("sales").waiting()).isOne();
    assertThat(resumed(floor, call)).contains("en ");
  }

  /// What a script of a call is told that asks what those before it have left.
  private static Optional<String> resumed(TestFloor floor, CallId call) {
    Input.Origin origin = floor.origin(call, "resumes");
    floor.takes(new Input.ScriptResumes(origin));
    return floor.events(ScriptResumed.class).stream()
        .filter(one -> one.visit() == origin.visit())
        .map(ScriptResumed::answer)
        .findFirst();
  }

  @Test
  void whatAnAgentHoldsIsTheTalksHoldTime() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller("sales");
    LegId leg = floor.answers("ann");
    floor.after(10).putsOnHold(call).after(7);
    floor.happens(new PbxEvent.LegConnected(floor.now, leg)).after(10).putsOnHold(call).after(3);
    floor.leaves(call);
    assertThat(floor.last(TalkEnded.class).held()).isEqualTo(Duration.ofSeconds(10));
    assertThat(Optional.of(floor.last(TalkEnded.class).end())).contains(TalkEnd.CALLER_LEFT);
  }
}
