package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Policy;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.plan.Staffed;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.SurveyAnswered;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.screens.TaskView;
import org.switchroom.ivr.SayingReader;

/// What becomes of those who wait: what they hear, where they are sent, who goes first; and of the
/// work that they leave.
class WaitingTest {
  private static final TestPlan SALES =
      TestPlan.of("sales")
          .tasks("messages")
          .agent("ann", "sales")
          .agent("ben", "sales mandarin")
          .tier("gold", 10);

  private static TestPlan after(int seconds, Overflow.Target.Kind kind, String argument) {
    var rule =
        new Overflow(
            new Overflow.Trigger.Waited(Duration.ofSeconds(seconds)),
            new Overflow.Target.Away(kind, argument));
    return SALES.routes("sales", queue -> queue.withOverflow(List.of(rule)));
  }

  // ── Out of the queues ───────────────────────────────────────────────────────────────────────

  @Test
  void whoWaitsForNobodyButALostScreenLeaves() {
    var rule =
        new Overflow(
            new Overflow.Trigger.Unstaffed(true),
            new Overflow.Target.Away(Overflow.Target.Kind.VOICEMAIL, ""));
    var floor = SALES.routes("sales", queue -> queue.withOverflow(List.of(rule))).open();
    floor.desk("ann").opens().logsIn();
    floor.desk("ann").takesBreak("lunch");
    CallId call = floor.caller();
    floor.after(600);
    assertThat(floor.commands()).as("they come back from a break").isEmpty();
    floor.desk("ann").closes();
    floor.after(15);
    assertThat(floor.commands())
        .containsExactly(new PbxCommand.RunScript(call, "voicemail", false));
  }

  @Test
  void whoWaitsTooLongLeavesAMessage() {
    var floor = after(5, Overflow.Target.Kind.VOICEMAIL, "").open();
    CallId call = floor.caller();
    floor.after(4);
    assertThat(floor.commands()).isEmpty();
    floor.after(2);
    assertThat(floor.commands())
        .containsExactly(new PbxCommand.RunScript(call, "voicemail", false));
    floor.ready("ann");
    assertThat(floor.rings()).as("they wait no more").isEmpty();
    floor.begins(call).ends(call, Script.over("ended")).leaves(call);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.DIVERTED);
    assertThat(floor.events(ContactLeft.class))
        .containsExactly(
            new ContactLeft(
                TestFloor.contactOf(call),
                1,
                new QueueId("sales"),
                StayEnd.OVERFLOWED,
                Duration.ofSeconds(5),
                true));
  }

  @Test
  void anOverflowCanLeadToAScriptACallbackANumberOrTheEnd() {
    record Way(Overflow.Target.Kind kind, String argument, PbxCommand command) {}
    var call = new CallId("call-1");
    var ways =
        List.of(
            new Way(
                Overflow.Target.Kind.SCRIPT,
                "night",
                new PbxCommand.RunScript(call, "night", false)),
            new Way(
                Overflow.Target.Kind.CALLBACK,
                "",
                new PbxCommand.RunScript(call, "callback", false)),
            new Way(
                Overflow.Target.Kind.NUMBER,
                "(02) 2345-6789",
                new PbxCommand.Dial(
                    call,
                    "+886223456789",
                    "PJSIP/+886223456789@trunk",
                    Duration.ofSeconds(30),
                    Dialing.Limits.DEFAULT.given())),
            new Way(Overflow.Target.Kind.HANG_UP, "", new PbxCommand.HangUpCall(call)));
    for (Way way : ways) {
      var floor = after(1, way.kind(), way.argument()).open();
      floor.caller();
      floor.after(2);
      assertThat(floor.commands()).as(way.toString()).containsExactly(way.command());
    }
  }

  @Test
  void whoseNumberDoesNotAnswerWaitsAgainWithTheirAge() {
    var floor = after(3, Overflow.Target.Kind.NUMBER, "+886223450000").open();
    CallId call = floor.caller();
    Instant since = floor.now;
    floor.after(4);
    assertThat(floor.commands()).hasSize(1);
    floor.holds(call);
    floor.ready("ann");
    assertThat(floor.pop("ann").waitingSince()).isEqualTo(since);
  }

  @Test
  void whoseNumberIsBusyKeepsTheirOwnPlaceAndItIsTriedOnceMore() {
    var rule =
        new Overflow(
            new Overflow.Trigger.Waited(Duration.ofSeconds(3)),
            new Overflow.Target.Away(Overflow.Target.Kind.NUMBER, "+886223450000"));
    var floor =
        SALES
            .queue("general", queue -> queue)
            .defaultQueue("general")
            .routes("sales", queue -> queue.withOverflow(List.of(rule)))
            .open();
    CallId call = floor.caller(Script.to("sales").asking("mandarin >= 3"));
    Instant since = floor.now;
    floor.after(4).holds(call);
    floor.ready("ann");
    assertThat(floor.rings()).as("Ann has no Mandarin").isEmpty();
    floor.after(2);
    assertThat(floor.commands()).as("it waits as long again").hasSize(1);
    floor.after(2).holds(call);
    assertThat(floor.commands()).hasSize(2);
    floor.ready("ben");
    assertThat(floor.pop("ben").queue()).isEqualTo(new QueueId("sales"));
    assertThat(floor.pop("ben").waitingSince()).isEqualTo(since);
  }

  @Test
  void nobodyIsSentOutForEver() {
    var floor = after(1, Overflow.Target.Kind.SCRIPT, "loop").open();
    CallId call = floor.caller();
    for (int i = 0; i < 7; i++) {
      floor.after(2).holds(call);
    }
    assertThat(floor.commands()).contains(new PbxCommand.HangUpCall(call));
  }

  // ── What they ask for ───────────────────────────────────────────────────────────────────────

  @Test
  void aScriptAsksForMoreThanTheQueueAndForSomebody() {
    var floor = SALES.open().ready("ann").after(1).ready("ben");
    CallId first = floor.caller(Script.to("sales").asking("mandarin >= 3"));
    assertThat(floor.lastRing().agent()).as("Ann has no Mandarin").isEqualTo("ben");
    floor.leaves(first);
    CallId second = floor.caller(Script.to("sales").preferring("ben", Duration.ofSeconds(30)));
    assertThat(floor.lastRing().agent()).as("Ann is free for longer").isEqualTo("ben");
    assertThat(floor.lastRing().call()).isEqualTo(second);
  }

  @Test
  void whatCannotBeReadAsksForNothing() {
    var floor = SALES.open().ready("ann");
    floor.caller(Script.to("sales").asking("mandarin >=> 3"));
    floor.leaves(floor.lastRing().call());
    floor.caller(Script.to("sales").preferring("nobody", Duration.ofHours(1)));
    floor.leaves(floor.lastRing().call());
    floor.caller(Script.to("no such queue"));
    assertThat(floor.rings()).hasSize(3);
  }

  @Test
  void aSupervisorLetsSomebodyGoFirstAndTakesItBack() {
    var floor = SALES.open();
    CallId first = floor.caller();
    floor.after(1);
    CallId second = floor.caller();
    assertThat(floor.desk("sam").boosts(second, 50)).isEmpty();
    assertThat(floor.waiters("sales").waiters().getLast().boost()).isEqualTo(50);
    floor.restarts();
    assertThat(floor.waiters("sales").waiters().getLast().boost())
        .as("it outlives the server")
        .isEqualTo(50);
    floor.ready("ann");
    assertThat(floor.lastRing().call()).isEqualTo(second);
    floor.leaves(second);
    assertThat(floor.lastRing().call()).isEqualTo(first);
    assertThat(floor.desk("sam").boosts(new CallId("gone"), 50)).contains(Refusal.NO_CALL);
  }

  @Test
  void aSupervisorTakesItBack() {
    var floor = SALES.open();
    CallId first = floor.caller();
    floor.after(1);
    CallId second = floor.caller();
    floor.desk("sam").boosts(second, 50);
    floor.desk("sam").boosts(second, 0);
    floor.ready("ann");
    assertThat(floor.lastRing().call()).isEqualTo(first);
  }

  @Test
  void thePolicyInTheShadowIsShown() {
    var floor =
        SALES
            .routing(
                new RoutingPlan(
                    new Policy.LongestIdle(),
                    List.of(),
                    Optional.of(new Policy.Weighted(0, 0, 1, 0)),
                    Staffed.DEFAULT))
            .open()
            .ready("ann");
    floor.caller();
    var view = floor.screens().shadow.orElseThrow();
    assertThat(view.policy()).isEqualTo("weighted");
    assertThat(view.asked()).isEqualTo(1);
  }

  // ── What they hear ──────────────────────────────────────────────────────────────────────────

  private static Announcements announcements(int most, boolean onlyWhenDown) {
    var offers = new LinkedHashMap<Character, Announcements.Offer>();
    offers.put('1', new Announcements.Offer("callback", SayingReader.shipped("callback")));
    return Announcements.NONE
        .withFirst(Duration.ofSeconds(10))
        .withEvery(Duration.ofSeconds(30))
        .withLeast(Duration.ofSeconds(5))
        .withPosition(Optional.of(SayingReader.shipped("position")))
        .withPositionLimit(2)
        .withMore(Optional.of(SayingReader.shipped("more")))
        .withOnlyWhenDown(onlyWhenDown)
        .withExpected(Optional.of(SayingReader.shipped("expected-wait")))
        .withMessages(List.of(SayingReader.shipped("message")))
        .withMessagesEvery(Duration.ofSeconds(20))
        .withMost(most)
        .withOffers(offers);
  }

  private static final TestPlan SAYING = SALES.says("sales", announcements(0, false));

  @Test
  void theyHearTheirPlaceThenAMessageInTheirTime() {
    var floor = SAYING.open();
    CallId call = floor.caller();
    floor.after(9);
    assertThat(floor.heard(call)).isEmpty();
    floor.after(1);
    assertThat(floor.heard(call)).containsExactly("position+callback");
    floor.after(10);
    assertThat(floor.heard(call)).containsExactly("position+callback", "message");
    floor.after(20);
    assertThat(floor.heard(call))
        .containsExactly("position+callback", "message", "position+callback");
    var said = floor.effects(Effect.Announce.class).getFirst().said();
    assertThat(said.getFirst().variables()).containsEntry("position", 1);
    assertThat(said.getLast().variables()).containsEntry("key", "1");
  }

  @Test
  void alsoOverARestart() {
    var floor = SAYING.open();
    CallId call = floor.caller();
    floor.after(12).restarts().after(8);
    assertThat(floor.heard(call)).containsExactly("position+callback", "message");
  }

  @Test
  void neitherThePlaceNorTheTimeEverClimbs() {
    var floor = SAYING.open();
    CallId first = floor.caller();
    floor.after(1).caller();
    floor.after(1);
    CallId third = floor.caller();
    floor.after(10);
    assertThat(floor.heard(third)).as("beyond the limit of two").containsExactly("more+callback");
    floor.desk("sam").boosts(third, 5);
    floor.leaves(first).after(60);
    floor.desk("sam").boosts(third, 0);
    floor.after(60);
    assertThat(places(floor, third)).isSortedAccordingTo(Comparator.reverseOrder()).endsWith(1);
  }

  private static List<Integer> places(TestFloor floor, CallId call) {
    return floor.effects(Effect.Announce.class).stream()
        .filter(one -> one.call().equals(call))
        .flatMap(one -> one.said().stream())
        .map(said -> said.variables().get("position"))
        .filter(Objects::nonNull)
        .map(place -> (Integer) place)
        .toList();
  }

  @Test
  void thePlaceIsTheOneInWhichTheyAreServed() {
    var floor = SAYING.open();
    CallId first = floor.caller();
    floor.after(1).caller();
    floor.after(1);
    CallId gold = floor.caller();
    floor.desk("sam").boosts(gold, 5);
    floor.after(10);
    assertThat(places(floor, gold)).containsExactly(1);
    assertThat(places(floor, first)).containsExactly(2);
    floor.ready("ann");
    assertThat(floor.lastRing().call()).isEqualTo(gold);
  }

  private static List<Long> minutes(TestFloor floor, CallId call) {
    return floor.effects(Effect.Announce.class).stream()
        .filter(one -> one.call().equals(call))
        .flatMap(one -> one.said().stream())
        .map(said -> said.variables().get("minutes"))
        .filter(Objects::nonNull)
        .map(minutes -> (Long) minutes)
        .toList();
  }

  /// Three minutes each, as long as nothing else is known.
  @Test
  void theExpectedWaitGoesByThePlaceAndTheAgentsAndIsSaidOnlyWhileSomebodyServes() {
    var floor = SAYING.open().ready("ann");
    CallId talks = floor.caller();
    floor.answers("ann");
    CallId first = floor.caller();
    floor.after(1);
    CallId second = floor.caller();
    floor.restarts().after(10);
    assertThat(minutes(floor, first)).containsExactly(3L);
    assertThat(minutes(floor, second)).containsExactly(6L);
    floor.desk("ann").takesBreak("lunch");
    floor.after(40);
    assertThat(places(floor, second)).hasSize(2);
    assertThat(minutes(floor, second)).as("nobody serves them").containsExactly(6L);
    floor.leaves(talks).ready("ben");
    assertThat(floor.lastRing().call()).isEqualTo(first);
    floor.answers("ben");
    floor.after(60);
    assertThat(minutes(floor, second))
        .as("a talk of 51 s counts by now")
        .containsExactly(6L, 2L, 2L);
  }

  @Test
  void thePlaceIsSaidOnlyWhenItWentDownAndNoMoreOftenThanAllowed() {
    var floor = SALES.says("sales", announcements(3, true)).open();
    CallId call = floor.caller();
    floor.after(300);
    assertThat(floor.heard(call)).hasSize(3).filteredOn(one -> one.contains("position")).hasSize(1);
  }

  @Test
  void whoIsBeingOfferedIsNotTalkedTo() {
    var floor = SAYING.open().ready("ann");
    CallId call = floor.caller();
    floor.after(15);
    assertThat(floor.heard(call)).isEmpty();
    floor.ends("ann", LegEnd.DECLINED);
    floor.after(4);
    assertThat(floor.heard(call)).isNotEmpty();
  }

  @Test
  void aKeyTakesUpAnOfferAndWhoDeclinesItHasKeptTheirPlace() {
    var floor = SAYING.open();
    CallId first = floor.caller();
    Instant since = floor.now;
    floor.after(5).caller();
    floor.presses(first, '7');
    assertThat(floor.commands()).isEmpty();
    floor.presses(first, '1');
    assertThat(floor.commands()).containsExactly(new PbxCommand.RunScript(first, "callback", true));
    floor.begins(first).ends(first, Script.over("ended")).holds(first);
    floor.ready("ann");
    assertThat(floor.lastRing().call()).isEqualTo(first);
    assertThat(floor.pop("ann").waitingSince()).isEqualTo(since);
  }

  @Test
  void aKeyWhileThePhoneRingsTakesTheRingBack() {
    var floor = SAYING.open().ready("ann");
    CallId call = floor.caller();
    LegId leg = floor.leg("ann");
    floor.presses(call, '1');
    assertThat(floor.commands())
        .containsExactlyInAnyOrder(
            new PbxCommand.CancelRing(call, leg), new PbxCommand.RunScript(call, "callback", true));
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void aKeyThatComesTwiceSendsThemOnce() {
    var floor = SAYING.open();
    CallId call = floor.caller();
    floor.presses(call, '1').presses(call, '1');
    assertThat(floor.commands()).hasSize(1);
  }

  // ── After the talk ──────────────────────────────────────────────────────────────────────────

  @Test
  void aScoreBelongsToTheAgentTheQueueAndTheCustomer() {
    var floor = SALES.after("sales", "survey").open().ready("ann");
    CallId call = floor.caller();
    assertThat(floor.lastRing().after()).isEqualTo("survey");
    floor.answers("ann");
    floor.hangsUp("ann");
    floor.begins(call);
    Input.Origin origin = floor.origin(call, "1");
    floor.takes(new Input.Scored(origin, "satisfaction", 4, 5));
    assertThat(floor.events(SurveyAnswered.class))
        .containsExactly(
            new SurveyAnswered(
                TestFloor.contactOf(call),
                Optional.of(new QueueId("sales")),
                Optional.of(new AgentId("ann")),
                "satisfaction",
                4,
                5));
    assertThat(floor.queue().satisfaction()).contains(0.75);
    floor.takes(new Input.Scored(origin, "satisfaction", 4, 5));
    assertThat(floor.events(SurveyAnswered.class)).as("however often it is told").hasSize(1);
    floor.leaves(call);
    assertThat(floor.outcomes(call)).containsExactly(ContactOutcome.ANSWERED);
  }

  // ── Tasks ───────────────────────────────────────────────────────────────────────────────────

  @Test
  void aMessageIsOfferedTakenAndClosed() {
    var floor = SALES.open();
    CallId call = floor.arrives();
    ContactId task = floor.message(call, "messages");
    floor.leaves(call);
    assertThat(floor.queue("messages").waiting()).isEqualTo(1);
    floor.ready("ann");
    assertThat(floor.tasks("ann"))
        .extracting(TaskView::state)
        .containsExactly(TaskView.Progress.OFFERED);
    assertThat(floor.rings()).as("no phone rings for it").isEmpty();
    assertThat(floor.desk("ann").answers(task)).isEmpty();
    assertThat(floor.tasks("ann"))
        .extracting(TaskView::state)
        .containsExactly(TaskView.Progress.WORKING);
    assertThat(floor.state("ann")).isEqualTo("working");
    floor.caller();
    assertThat(floor.rings()).as("she has her hands full").isEmpty();
    floor.after(60);
    assertThat(floor.desk("ann").completes(task, "", "called back")).isEmpty();
    assertThat(floor.tasks("ann")).isEmpty();
    assertThat(floor.last(TalkEnded.class).end()).isEqualTo(TalkEnd.DONE);
    assertThat(floor.last(ContactClosed.class))
        .isEqualTo(new ContactClosed(task, ContactOutcome.DONE, floor.now));
    assertThat(floor.rings()).as("the next call").hasSize(1);
  }

  @Test
  void aTaskThatIsDeclinedOrNotTakenGoesToTheNextAgent() {
    var floor = SALES.open().ready("ann").after(1).ready("ben");
    ContactId task = floor.message(floor.arrives(), "messages");
    assertThat(floor.tasks("ann")).hasSize(1);
    assertThat(floor.desk("ann").declines(task)).isEmpty();
    assertThat(floor.tasks("ann")).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("not-ready");
    assertThat(floor.tasks("ben")).hasSize(1);
    floor.after(30);
    assertThat(floor.tasks("ben")).as("he did not look").isEmpty();
    assertThat(floor.desk("ben").answers(task)).contains(Refusal.NO_CALL);
    floor.ready("ann");
    assertThat(floor.tasks("ann")).hasSize(1);
  }

  @Test
  void aTaskIsThereOnceHoweverOftenItIsTold() {
    var floor = SALES.open();
    Input.Origin origin = floor.origin(floor.arrives(), "1");
    floor.takes(TestFloor.voicemail(origin, "messages"));
    String number = floor.scriptAnswer(origin);
    floor.restarts();
    floor.takes(TestFloor.voicemail(origin, "messages"));
    assertThat(floor.queue("messages").waiting()).isEqualTo(1);
    assertThat(floor.scriptAnswer(origin)).isEqualTo(number);
  }
}
