package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Decision;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.agent.InHand.Stage;
import org.switchroom.cti.event.CallEvent.CallDiverted;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactMoved;
import org.switchroom.cti.event.ContactEvent.ContactReset;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.screens.TaskView;
import org.switchroom.ivr.SayingReader;

/// Queues and agents come, go and change while calls wait: nobody is lost, and nobody loses their
/// age.
class ReloadTest {
  private static final TestPlan PLAN =
      TestPlan.of("sales", "billing")
          .agents("ann", "ben")
          .says("billing", callbackByKey())
          .after("billing", "survey");

  private static Announcements callbackByKey() {
    var offers = new LinkedHashMap<Character, Announcements.Offer>();
    offers.put('1', new Announcements.Offer("callback", SayingReader.shipped("callback")));
    return Announcements.NONE
        .withFirst(Duration.ofSeconds(10))
        .withEvery(Duration.ofSeconds(30))
        .withLeast(Duration.ofSeconds(5))
        .withPosition(Optional.of(SayingReader.shipped("position")))
        .withOffers(offers);
  }

  // ── A queue goes, wherever its callers are ──────────────────────────────────────────────────

  /// Where a caller of the queue is when it goes, and what happens to them afterwards, so that they
  /// wait again.
  private record Where(
      String name, Function<TestFloor, CallId> before, Function<TestFloor, TestFloor> after) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static CallId onlyCall(TestFloor floor) {
    return floor.pbx.calls().getFirst();
  }

  static Stream<Where> places() {
    return Stream.of(
        new Where(
            "in the script that chose it",
            floor -> {
              CallId call = floor.arrives();
              floor.begins(call).ends(call, Script.to("billing"));
              return call;
            },
            floor -> {
              floor.holds(onlyCall(floor));
              return floor;
            }),
        new Where(
            "in a script that will choose it",
            floor -> {
              CallId call = floor.arrives();
              floor.begins(call);
              return call;
            },
            floor -> {
              floor.ends(onlyCall(floor), Script.to("billing"));
              floor.holds(onlyCall(floor));
              return floor;
            }),
        new Where("waiting", floor -> floor.caller("billing"), floor -> floor),
        new Where(
            "offered",
            floor -> {
              floor.ready("ben");
              CallId call = floor.caller("billing");
              floor.rings("ben");
              return call;
            },
            floor -> {
              floor.ends("ben", LegEnd.NO_ANSWER);
              return floor;
            }),
        new Where(
            "offered, and the ring is lost with the link",
            floor -> {
              floor.ready("ben");
              return floor.caller("billing");
            },
            floor -> {
              LegId leg = floor.leg("ben");
              floor.desk("ben").takesBreak("lunch");
              floor.linkIsLost();
              floor.happens(new PbxEvent.LegEnded(floor.now, leg, LegEnd.UNREACHABLE));
              // Not so soon that the phone would be rung once more.
              return floor.after(16).connect();
            }),
        new Where(
            "talking, and the agent's phone dies",
            floor -> {
              floor.ready("ben");
              CallId call = floor.caller("billing");
              floor.answers("ben");
              return call;
            },
            floor -> {
              floor.hangsUp("ben");
              floor.desk("ben").takesBreak("lunch");
              floor.holds(onlyCall(floor));
              return floor;
            }),
        new Where(
            "away by a key",
            floor -> {
              CallId call = floor.caller("billing");
              floor.presses(call, '1').begins(call);
              return call;
            },
            floor -> {
              floor.ends(onlyCall(floor), Script.over("ended"));
              floor.holds(onlyCall(floor));
              return floor;
            }),
        new Where(
            "in the script after the talk",
            floor -> {
              floor.ready("ben");
              CallId call = floor.caller("billing");
              floor.answers("ben");
              floor.hangsUp("ben");
              floor.desk("ben").takesBreak("lunch");
              floor.begins(call);
              return call;
            },
            floor -> {
              floor.ends(onlyCall(floor), Script.to("billing"));
              floor.holds(onlyCall(floor));
              return floor;
            }));
  }

  @ParameterizedTest
  @MethodSource("places")
  void aQueueGoesAndNobodyIsLost(Where where) {
    var floor = PLAN.open();
    CallId call = where.before().apply(floor);
    floor.after(5).reload(plan -> plan.without("billing"));
    where.after().apply(floor);
    assertThat(floor.contact(call).queue()).contains(new QueueId("sales"));
    floor.ready("ann");
    assertThat(floor.lastRing().agent()).isEqualTo("ann");
    assertThat(floor.lastRing().call()).isEqualTo(call);
    floor.answers("ann");
    assertThat(floor.state("ann")).isEqualTo("talking");
  }

  @ParameterizedTest
  @MethodSource("places")
  void alsoWhileTheServerIsDown(Where where) {
    var floor = PLAN.open();
    CallId call = where.before().apply(floor);
    floor.after(5).crashes().starts(plan -> plan.without("billing")).connect();
    where.after().apply(floor);
    floor.desk("ben").takesBreak("lunch");
    floor.ready("ann");
    assertThat(floor.lastRing().agent()).isEqualTo("ann");
    assertThat(floor.lastRing().call()).isEqualTo(call);
    assertThat(floor.contact(call).queue()).contains(new QueueId("sales"));
  }

  /// A queue of calls that is one of work now is another queue, also over a restart.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void soItIsWhereAQueueHasAnotherChannelNow(boolean rings) {
    var floor = PLAN.open();
    if (rings) floor.ready("ann");
    CallId call = floor.caller("billing");
    Instant came = floor.now;
    floor.after(5).crashes().starts(plan -> plan.tasks("billing")).connect();
    if (!rings) floor.ready("ann");
    assertThat(floor.contact(call).queue()).contains(new QueueId("sales"));
    assertThat(floor.lastRing().call()).isEqualTo(call);
    assertThat(floor.pop("ann").waitingSince()).isEqualTo(came);
    assertThat(floor.tasks("ann")).isEmpty();
  }

  @Test
  void whoWaitsKeepsTheirAge() {
    var floor = PLAN.open();
    floor.caller("billing");
    Instant came = floor.now;
    floor.after(30).caller("sales");
    floor.reload(plan -> plan.without("billing"));
    assertThat(floor.events(ContactMoved.class))
        .extracting(ContactMoved::cause)
        .containsExactly(Decision.Cause.QUEUE_REMOVED);
    floor.ready("ann");
    assertThat(floor.pop("ann").waitingSince()).isEqualTo(came);
    assertThat(floor.pop("ann").queue()).isEqualTo(new QueueId("sales"));
  }

  @Test
  void theDefaultQueueMayGoToo() {
    var floor = PLAN.open();
    CallId call = floor.caller("sales");
    floor.reload(plan -> plan.without("sales"));
    floor.ready("ann");
    assertThat(floor.lastRing().call()).isEqualTo(call);
    assertThat(floor.pop("ann").queue()).isEqualTo(new QueueId("billing"));
  }

  @Test
  void aQueueThatComesBackIsAnother() {
    var floor = PLAN.open();
    CallId call = floor.caller("billing");
    floor.reload(plan -> plan.without("billing"));
    floor.reload(_ -> PLAN);
    assertThat(floor.contact(call).queue()).as("they stay").contains(new QueueId("sales"));
    CallId second = floor.caller("billing");
    assertThat(floor.contact(second).queue()).contains(new QueueId("billing"));
  }

  @Test
  void aTalkOfAQueueThatGoesIsWrappedUp() {
    var floor = PLAN.wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO).open().ready("ann");
    CallId call = floor.caller("billing");
    floor.answers("ann");
    floor.reload(plan -> plan.without("billing"));
    floor.leaves(call);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    floor.desk("ann").completes(call, "", "");
    assertThat(floor.desk("ann").isReady()).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  // ── Work ────────────────────────────────────────────────────────────────────────────────────

  private static final TestPlan WORK =
      TestPlan.of("sales").tasks("messages").tasks("letters").agents("ann");

  @Test
  void workOfAQueueThatGoesGoesToAnotherQueueOfWork() {
    var floor = WORK.open();
    ContactId waits = floor.message(floor.arrives(), "messages");
    floor.reload(plan -> plan.without("messages"));
    assertThat(floor.queue("letters").waiting()).isOne();
    floor.ready("ann");
    assertThat(floor.tasks("ann"))
        .extracting(TaskView::contact, TaskView::queueTitle)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(waits, "Letters"));
  }

  @Test
  void workThatIsOfferedWhenItsQueueGoesReservesNobodyForEver() {
    var floor = WORK.open().ready("ann");
    ContactId task = floor.message(floor.arrives(), "messages");
    floor.reload(plan -> plan.without("messages"));
    assertThat(floor.desk("ann").answers(task)).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("working");
    assertThat(floor.desk("ann").completes(task, "", "done")).isEmpty();
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void soIsWorkThatNobodyLooksAt() {
    var floor = WORK.open().ready("ann");
    floor.message(floor.arrives(), "messages");
    floor.reload(plan -> plan.without("messages")).after(30);
    assertThat(floor.agent("ann").reason()).isEqualTo("no-answer");
    assertThat(floor.queue("letters").waiting()).isOne();
    floor.ready("ann");
    assertThat(floor.tasks("ann")).hasSize(1);
  }

  @Test
  void workGoesOnOverARestartWithoutItsQueue() {
    var floor = WORK.open();
    ContactId waits = floor.message(floor.arrives(), "messages");
    floor.ready("ann");
    assertThat(floor.desk("ann").answers(waits)).isEmpty();
    ContactId second = floor.message(floor.arrives(), "messages");
    floor.crashes().starts(plan -> plan.without("messages")).connect();
    assertThat(floor.state("ann")).isEqualTo("working");
    floor.desk("ann").opens();
    assertThat(floor.tasks("ann")).extracting(TaskView::contact).containsExactly(waits);
    assertThat(floor.desk("ann").completes(waits, "", "done")).isEmpty();
    assertThat(floor.tasks("ann")).extracting(TaskView::contact).containsExactly(second);
  }

  @Test
  void workWithoutAnyQueueOfWorkIsNotLost() {
    var floor = WORK.open();
    floor.message(floor.arrives(), "messages");
    floor.reload(plan -> plan.without("messages").without("letters"));
    assertThat(floor.engine.state().contacts()).extracting(one -> one.waits()).contains(true);
    floor.reload(_ -> WORK);
    assertThat(floor.engine.state().contacts()).extracting(one -> one.waits()).contains(true);
  }

  /// A restart changes nothing about it.
  @Test
  void workThatCameIntoTheDefaultQueueStaysThereOverARestart() {
    var floor = WORK.open();
    floor.message(floor.arrives(), "messages");
    floor.reload(plan -> plan.without("messages").without("letters"));
    floor.reload(_ -> WORK);
    floor.crashes().starts(plan -> plan).connect();
    assertThat(floor.events(ContactReset.class)).isEmpty();
    assertThat(floor.queue("sales").waiting()).isOne();
  }

  /// What would send a caller out of the default queue.
  static Stream<Arguments> waysOut() {
    var script = new Overflow.Target.Away(Overflow.Target.Kind.SCRIPT, "night");
    var hangUp = new Overflow.Target.Away(Overflow.Target.Kind.HANG_UP, "");
    var number = new Overflow.Target.Away(Overflow.Target.Kind.NUMBER, "900");
    return Stream.of(
        arguments(new Overflow.Trigger.Waited(Duration.ofSeconds(90)), script),
        arguments(new Overflow.Trigger.Waited(Duration.ofSeconds(90)), number),
        arguments(new Overflow.Trigger.Full(0), hangUp),
        arguments(new Overflow.Trigger.Closed(true), script),
        arguments(new Overflow.Trigger.Unstaffed(true), hangUp));
  }

  @ParameterizedTest
  @MethodSource("waysOut")
  void workThatWaitsInAQueueForCallsIsSentNowhere(
      Overflow.Trigger when, Overflow.Target.Away where) {
    TestPlan plan =
        WORK.routes(
            "sales",
            queue ->
                queue
                    .withHours(Optional.of(TestPlan.hours(8, 20)))
                    .withOverflow(List.of(new Overflow(when, where))));
    var floor = plan.open();
    ContactId first = floor.message(floor.arrives(), "messages");
    floor.after(60).reload(_ -> plan.without("messages").without("letters"));
    ContactId second = floor.message(floor.arrives(), "messages");
    floor.after(Duration.ofHours(12)).restarts();
    floor.reload(_ -> plan.without("messages").without("letters").agents("ann", "ben"));
    assertThat(floor.queue("sales").waiting()).isEqualTo(2);
    floor.ready("ann");
    assertThat(floor.desk("ann").answers(first)).isEmpty();
    assertThat(floor.last(ContactAnswered.class).waited())
        .as("it keeps its age")
        .isEqualTo(Duration.ofHours(12).plusSeconds(60));
    assertThat(floor.desk("ann").completes(first, "", "")).isEmpty();
    assertThat(floor.desk("ann").answers(second)).isEmpty();
    assertThat(floor.desk("ann").completes(second, "", "")).isEmpty();
    assertThat(floor.events(CallDiverted.class)).isEmpty();
  }

  // ── Agents ──────────────────────────────────────────────────────────────────────────────────

  @Test
  void aRingOfAnAgentWhoIsRemovedIsTakenBackAndTheCallerGoesToTheNext() {
    var floor = PLAN.open().ready("ann").after(1).ready("ben");
    CallId call = floor.caller("sales");
    LegId leg = floor.rings("ann");
    floor.reload(plan -> plan.without("ann"));
    assertThat(floor.commands()).containsExactly(new PbxCommand.CancelRing(call, leg));
    assertThat(floor.last(OfferEnded.class).end()).isEqualTo(OfferEnd.AGENT_LEFT);
    assertThat(floor.lastRing().agent()).isEqualTo("ben");
    assertThat(floor.engine.state().agent(new AgentId("ann"))).isEmpty();
  }

  @Test
  void anAgentWhoIsRemovedWhileTalkingFinishesAndCanBeTakenBack() {
    var floor = PLAN.wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO).open().ready("ann");
    floor.desk("ann").opens();
    CallId call = floor.caller("sales");
    floor.answers("ann");
    floor.reload(plan -> plan.without("ann"));
    floor.leaves(call);
    assertThat(floor.state("ann")).isEqualTo("wrap-up");
    assertThat(floor.desk("ann").completes(call, "invoice", "")).isEmpty();
    assertThat(floor.engine.state().agent(new AgentId("ann"))).as("gone").isEmpty();
    floor.reload(_ -> PLAN);
    floor.ready("ann");
    CallId next = floor.caller("sales");
    assertThat(floor.lastRing().call()).isEqualTo(next);
  }

  @Test
  void anAgentWhoComesBackBeforeTheyHaveFinishedStays() {
    var floor = PLAN.wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO).open().ready("ann");
    CallId call = floor.caller("sales");
    floor.answers("ann");
    floor.reload(plan -> plan.without("ann"));
    floor.reload(_ -> PLAN.wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO));
    floor.leaves(call);
    floor.desk("ann").completes(call, "invoice", "");
    assertThat(floor.engine.state().agent(new AgentId("ann"))).isPresent();
    floor.ready("ann");
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void anAgentWhoTalksAndIsRemovedWhileTheServerIsDownFinishes() {
    var floor = PLAN.wrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO).open().ready("ann");
    floor.desk("ann").opens();
    CallId call = floor.caller("sales");
    floor.answers("ann");
    floor.crashes().starts(plan -> plan.without("ann")).connect();
    assertThat(floor.stages("ann")).containsExactly(Stage.TALKING);
    floor.leaves(call);
    assertThat(floor.desk("ann").completes(call, "invoice", "")).isEmpty();
    assertThat(floor.engine.state().agent(new AgentId("ann"))).isEmpty();
    assertThat(floor.engine.state().contacts()).isEmpty();
  }

  @Test
  void anAgentWhoIsRemovedWhileTheirPhoneIsAnsweredUnseenKeepsTheCaller() {
    var floor = PLAN.open().ready("ann", "ben");
    CallId call = floor.caller("sales");
    String agent = floor.lastRing().agent();
    String other = agent.equals("ann") ? "ben" : "ann";
    floor.crashes().answers(agent);
    floor.starts(plan -> plan.without(agent)).forget().connect();
    assertThat(floor.rings()).as("they talk: nobody else is rung for them").isEmpty();
    assertThat(floor.contact(call).waits()).isFalse();
    assertThat(floor.state(other)).isEqualTo("ready");
    floor.happens(new PbxEvent.LegEnded(floor.now, floor.pbx.legs().getFirst(), LegEnd.HUNG_UP));
    floor.leaves(call);
    assertThat(floor.engine.state().contacts()).isEmpty();
    assertThat(floor.engine.state().agent(new AgentId(agent))).isEmpty();
  }

  @Test
  void anAgentWhoComesBackWhileTheyTalkUnknownToTheRouterIsAsTheRouterHasThem() {
    var floor = PLAN.open().ready("ann");
    CallId call = floor.caller("sales");
    floor.linkIsLost().answers("ann");
    floor.reload(plan -> plan.without("ann"));
    floor.after(5).connect().after(5).reload(_ -> PLAN);
    assertThat(floor.stages("ann")).containsExactly(Stage.TALKING);
    floor.leaves(call);
    floor.ready("ann");
    assertThat(floor.state("ann")).isEqualTo("ready");
  }

  @Test
  void twoAgentsSwapTheirPhones() {
    var floor = PLAN.open().ready("ann", "ben");
    floor.reload(
        plan ->
            plan.agent(
                    new AgentSettings(plan.agents().get("ann").profile(), "Ann", PLAN.phone("ben")))
                .agent(
                    new AgentSettings(
                        plan.agents().get("ben").profile(), "Ben", PLAN.phone("ann"))));
    floor.caller("sales");
    assertThat(floor.rings()).hasSize(1);
    assertThat(floor.lastRing().phone())
        .isEqualTo(PLAN.phone(floor.lastRing().agent().equals("ann") ? "ben" : "ann"));
    floor.caller("sales");
    assertThat(floor.rings()).hasSize(2);
  }

  // ── Rules change ────────────────────────────────────────────────────────────────────────────

  @Test
  void whoMayTakeThemNowDoes() {
    var floor = TestPlan.of("sales").agent("ann", "").open().ready("ann");
    CallId call = floor.caller();
    assertThat(floor.rings()).isEmpty();
    floor.reload(plan -> plan.agent("ann", "sales"));
    assertThat(floor.lastRing().call()).isEqualTo(call);
  }

  @Test
  void whatIsSaidToWhoWaitsIsTheNewQueuesMatter() {
    var floor = PLAN.open();
    CallId call = floor.caller("billing");
    floor.after(5).reload(plan -> plan.without("billing")).after(60);
    assertThat(floor.heard(call)).as("sales says nothing").isEmpty();
  }

  /// A plan in which sales sends callers to a script when something is so.
  private static TestPlan leaves(TestPlan plan, Overflow.Trigger when) {
    var away = new Overflow.Target.Away(Overflow.Target.Kind.SCRIPT, "night");
    return plan.routes(
        "sales",
        queue ->
            queue
                .withHours(Optional.of(TestPlan.hours(8, 20)))
                .withOverflow(List.of(new Overflow(when, away))));
  }

  @Test
  void aWaitThatIsMadeShorterIsOverAtOnceForWhoHasWaitedThatLong() {
    var floor = leaves(PLAN, new Overflow.Trigger.Waited(Duration.ofMinutes(10))).open();
    CallId call = floor.caller("sales");
    floor.after(120).reload(_ -> leaves(PLAN, new Overflow.Trigger.Waited(Duration.ofMinutes(1))));
    assertThat(floor.commands())
        .extracting(one -> one instanceof PbxCommand.RunScript run ? run.call() : null)
        .contains(call);
  }

  @Test
  void hoursThatAreMadeShorterCloseAtOnce() {
    TestPlan plan = leaves(PLAN, new Overflow.Trigger.Closed(true));
    var floor = plan.open();
    CallId call = floor.caller("sales");
    floor
        .after(60)
        .reload(
            _ -> plan.routes("sales", queue -> queue.withHours(Optional.of(TestPlan.hours(7, 9)))));
    assertThat(floor.commands())
        .extracting(one -> one instanceof PbxCommand.RunScript run ? run.call() : null)
        .contains(call);
  }

  @Test
  void whoRingsWhenItClosesAndIsNotAnsweredLeaves() {
    var floor = leaves(PLAN, new Overflow.Trigger.Closed(true)).open();
    floor.after(Duration.ofHours(11).minusSeconds(10)).ready("ann");
    CallId call = floor.caller("sales");
    floor.rings("ann");
    floor.after(15);
    assertThat(floor.commands()).as("it rings on").isEmpty();
    floor.desk("ben").takesBreak("lunch");
    floor.ends("ann", LegEnd.NO_ANSWER);
    assertThat(floor.commands())
        .extracting(one -> one instanceof PbxCommand.RunScript run ? run.call() : null)
        .contains(call);
  }

  @Test
  void aScriptAfterTheTalkThatQueuesAgainIsRungAtOnce() {
    var floor = PLAN.after("sales", "again").open().ready("ann");
    CallId call = floor.caller("sales");
    floor.answers("ann");
    floor.hangsUp("ann");
    floor.ready("ben");
    floor.begins(call).ends(call, Script.to("sales"));
    floor.holds(call);
    assertThat(floor.lastRing().call()).isEqualTo(call);
  }
}
