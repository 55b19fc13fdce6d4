package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Policy;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Routing;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.customer.CallSeen;
import org.switchroom.cti.customer.ContactRecord;
import org.switchroom.cti.customer.SurveyAnswer;
import org.switchroom.cti.customer.TaskClosed;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.LegEnd;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.task.Task;
import org.switchroom.cti.testkit.Outcomes;
import org.switchroom.ivr.Outcome;
import org.switchroom.ivr.SayingReader;
import org.switchroom.ivr.speech.Language;

/// What becomes of those who wait: what they hear, where they are sent, who goes first; and of the
/// work that they leave.
class WaitingTest {
  private static final QueueId SALES = new QueueId("sales");
  private static final QueueId MESSAGES = new QueueId("messages");
  private static final AgentId ANN = new AgentId("ann");
  private static final AgentId BEN = new AgentId("ben");

  private final List<Effect> effects = new ArrayList<>();
  private final List<Refusal> answers = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-05T01:00:00Z");
  private Center center;
  private int calls;

  private Center open(Queue sales, Announcements announcements, String after, Routing routing) {
    var queue = new QueueSettings(sales, "Sales", List.of(), after, announcements);
    var messages =
        new QueueSettings(
            Queue.of(MESSAGES, SkillExpression.ANY).withChannel(Channel.TASK),
            "Messages",
            List.of(),
            "",
            Announcements.NONE);
    var settings =
        new CenterSettings(
            List.of(queue, messages),
            List.of(agent("ann", 1001, Map.of("sales", 5)), agent("ben", 1002, BEN_SKILLS)),
            routing,
            SALES,
            Map.of("gold", 10),
            ZoneOffset.UTC,
            Map.of(),
            new Dialing("PJSIP/{number}@trunk", List.of("+886")),
            Standing.NONE);
    center = new Center(settings, now, effects::add, _ -> {});
    pbx(new PbxEvent.Synchronized(now, List.of()));
    pbx(new PbxEvent.PhoneChanged(now, "PJSIP/1001", PhoneState.AVAILABLE));
    pbx(new PbxEvent.PhoneChanged(now, "PJSIP/1002", PhoneState.AVAILABLE));
    return center;
  }

  private static final Map<String, Integer> BEN_SKILLS = Map.of("sales", 5, "mandarin", 5);

  private static AgentSettings agent(String name, int phone, Map<String, Integer> skills) {
    var capacity = new Capacity(Map.of(Channel.VOICE, 1, Channel.TASK, 1), 1);
    return new AgentSettings(
        new AgentProfile(new AgentId(name), new Skills(skills), capacity, phone, List.of()),
        name,
        "PJSIP/" + phone);
  }

  private void openPlainly() {
    open(sales(), Announcements.NONE, "", Routing.DEFAULT);
  }

  private static Queue sales(Overflow... overflow) {
    return Queue.of(SALES, SkillExpression.parse("sales")).withOverflow(List.of(overflow));
  }

  private static Overflow after(Duration waited, Overflow.Target.Kind kind, String argument) {
    return new Overflow(
        new Overflow.Trigger.Waited(waited), new Overflow.Target.Away(kind, argument));
  }

  private void pbx(PbxEvent event) {
    center.on(new CenterEvent.FromPbx(event));
  }

  private void desk(DeskRequest request) {
    center.on(new CenterEvent.FromDesk(request));
  }

  private void ready(AgentId agent) {
    desk(new DeskRequest.LogIn(now, agent, answers::add));
    desk(new DeskRequest.GoReady(now, agent, answers::add));
  }

  private void seconds(int count) {
    for (int i = 0; i < count; i++) {
      now = now.plusSeconds(1);
      center.on(new CenterEvent.TimePassed(now));
    }
  }

  private CallId caller() {
    return caller(Outcomes.queued("sales"));
  }

  private CallId caller(Outcome outcome) {
    var call = new CallId("call-" + ++calls);
    pbx(new PbxEvent.CallArrived(now, call, new PhoneNumber("+88622300" + calls), number()));
    center.on(new CenterEvent.ScriptFinished(now, call, outcome));
    pbx(new PbxEvent.CallQueued(now, call));
    return call;
  }

  private static PhoneNumber number() {
    return new PhoneNumber("8001");
  }

  private <E extends Effect> List<E> all(Class<E> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<PbxCommand> commands() {
    return all(Effect.Command.class).stream().map(Effect.Command::command).toList();
  }

  private Effect.PopThenRing lastRing() {
    return all(Effect.PopThenRing.class).getLast();
  }

  private ContactRecord lastRecord() {
    return all(Effect.Record.class).stream()
        .map(Effect.Record::record)
        .filter(ContactRecord.class::isInstance)
        .map(ContactRecord.class::cast)
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  // ── Out of the queues ───────────────────────────────────────────────────────────────────────

  @Test
  void whoWaitsTooLongLeavesAMessage() {
    open(
        sales(after(Duration.ofSeconds(5), Overflow.Target.Kind.VOICEMAIL, "")),
        Announcements.NONE,
        "",
        Routing.DEFAULT);
    CallId call = caller();
    seconds(4);
    assertThat(commands()).isEmpty();
    seconds(2);
    assertThat(commands()).containsExactly(new PbxCommand.RunScript(call, "voicemail", false));
    ready(ANN);
    assertThat(all(Effect.PopThenRing.class)).as("they wait no more").isEmpty();
    center.on(
        new CenterEvent.ScriptFinished(now, call, new Outcome.HungUp(Outcomes.walk(), false)));
    pbx(new PbxEvent.CallEnded(now, call));
    assertThat(lastRecord().outcome()).isEqualTo(ContactRecord.Outcome.DIVERTED);
    assertThat(lastRecord().queue()).isEqualTo("sales");
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
                "+886 2 2345",
                new PbxCommand.Dial(call, "PJSIP/+88622345@trunk", Duration.ofSeconds(30))),
            new Way(Overflow.Target.Kind.NUMBER, "+1900", new PbxCommand.HangUpCall(call)),
            new Way(Overflow.Target.Kind.HANG_UP, "", new PbxCommand.HangUpCall(call)));
    for (Way way : ways) {
      effects.clear();
      calls = 0;
      open(
          sales(after(Duration.ofSeconds(1), way.kind(), way.argument())),
          Announcements.NONE,
          "",
          Routing.DEFAULT);
      caller();
      seconds(2);
      assertThat(commands()).as(way.toString()).containsExactly(way.command());
    }
  }

  @Test
  void whoseNumberDoesNotAnswerWaitsAgainWithTheirAge() {
    open(
        sales(after(Duration.ofSeconds(3), Overflow.Target.Kind.NUMBER, "+88622")),
        Announcements.NONE,
        "",
        Routing.DEFAULT);
    CallId call = caller();
    Instant since = now;
    seconds(4);
    assertThat(commands()).hasSize(1);
    pbx(new PbxEvent.CallQueued(now, call));
    ready(ANN);
    assertThat(lastRing().pop().waitingSince()).isEqualTo(since);
  }

  @Test
  void nobodyIsSentOutForEver() {
    open(
        sales(after(Duration.ofSeconds(1), Overflow.Target.Kind.SCRIPT, "loop")),
        Announcements.NONE,
        "",
        Routing.DEFAULT);
    CallId call = caller();
    for (int i = 0; i < 7; i++) {
      seconds(2);
      pbx(new PbxEvent.CallQueued(now, call));
    }
    assertThat(commands()).contains(new PbxCommand.HangUpCall(call));
  }

  // ── What they ask for ───────────────────────────────────────────────────────────────────────

  @Test
  void aScriptAsksForMoreThanTheQueueAndForSomebody() {
    openPlainly();
    ready(ANN);
    seconds(1);
    ready(BEN);
    CallId first = caller(Outcomes.asking("sales", "mandarin >= 3", ""));
    assertThat(lastRing().agent()).as("Ann has no Mandarin").isEqualTo(BEN);
    pbx(new PbxEvent.CallEnded(now, first));
    CallId second = caller(Outcomes.asking("sales", null, "ben"));
    assertThat(lastRing().agent()).as("Ann is free for longer").isEqualTo(BEN);
    assertThat(lastRing().ring().call()).isEqualTo(second);
  }

  @Test
  void aSupervisorLetsSomebodyGoFirstAndTakesItBack() {
    openPlainly();
    caller();
    seconds(1);
    CallId second = caller();
    desk(new DeskRequest.Raise(now, new AgentId("sam"), second, 50, answers::add));
    var saved = all(Effect.RecordFor.class).getLast();
    assertThat(((CallSeen) saved.record()).raised()).as("it outlives the server").isEqualTo(50);
    center.on(new CenterEvent.Stored(now, saved.agent(), second, saved.request(), null));
    assertThat(all(Effect.Answered.class).getLast().refusal()).isNull();
    var view = all(Effect.WaitersChanged.class).getLast().view();
    assertThat(view.waiters().getLast().raised()).isEqualTo(50);
    ready(ANN);
    assertThat(lastRing().ring().call()).isEqualTo(second);
    assertThat(lastRing().pop().waitingSince()).isEqualTo(now);
    desk(new DeskRequest.Raise(now, new AgentId("sam"), new CallId("gone"), 50, answers::add));
    assertThat(all(Effect.Answered.class).getLast().refusal()).isEqualTo(Refusal.NO_CALL);
  }

  @Test
  void thePolicyInTheShadowIsShown() {
    open(
        sales(),
        Announcements.NONE,
        "",
        new Routing(new Policy.LongestIdle(), List.of(), new Policy.Weighted(0, 0, 1, 0)));
    ready(ANN);
    caller();
    var view = all(Effect.ShadowChanged.class).getLast().view();
    assertThat(view.policy()).isEqualTo("weighted");
    assertThat(view.asked()).isEqualTo(1);
  }

  // ── What they hear ──────────────────────────────────────────────────────────────────────────

  private static Announcements announcements(int most, boolean onlyWhenDown) {
    var offers = new LinkedHashMap<Character, Announcements.Offer>();
    offers.put('1', new Announcements.Offer("callback", SayingReader.shipped("callback")));
    return new Announcements(
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        SayingReader.shipped("position"),
        2,
        SayingReader.shipped("more"),
        onlyWhenDown,
        SayingReader.shipped("expected-wait"),
        List.of(SayingReader.shipped("message")),
        Duration.ofSeconds(20),
        most,
        offers,
        List.of(Language.values()));
  }

  private List<String> heard(CallId call) {
    return all(Effect.Announce.class).stream()
        .filter(one -> one.call().equals(call))
        .map(
            one ->
                String.join(
                    "+",
                    one.said().stream()
                        .map(said -> said.saying().name().replace("waiting-", ""))
                        .toList()))
        .toList();
  }

  @Test
  void theyHearTheirPlaceThenAMessageInTheirTime() {
    open(sales(), announcements(0, false), "", Routing.DEFAULT);
    CallId call = caller();
    seconds(9);
    assertThat(heard(call)).isEmpty();
    seconds(1);
    assertThat(heard(call)).containsExactly("position+callback");
    seconds(10);
    assertThat(heard(call)).containsExactly("position+callback", "message");
    seconds(20);
    assertThat(heard(call)).containsExactly("position+callback", "message", "position+callback");
    var said = all(Effect.Announce.class).getFirst().said();
    assertThat(said.getFirst().variables()).containsEntry("position", 1);
    assertThat(said.getLast().variables()).containsEntry("key", "1");
  }

  @Test
  void neitherThePlaceNorTheTimeEverClimbs() {
    open(sales(), announcements(0, false), "", Routing.DEFAULT);
    CallId first = caller();
    seconds(1);
    caller();
    seconds(1);
    CallId third = caller();
    seconds(10);
    assertThat(heard(third)).as("beyond the limit of two").containsExactly("more+callback");
    desk(new DeskRequest.Raise(now, new AgentId("sam"), third, 5, answers::add));
    pbx(new PbxEvent.CallEnded(now, first));
    seconds(60);
    var places =
        all(Effect.Announce.class).stream()
            .filter(one -> one.call().equals(third))
            .flatMap(one -> one.said().stream())
            .map(said -> said.variables().get("position"))
            .filter(Objects::nonNull)
            .map(place -> (Integer) place)
            .toList();
    assertThat(places).isSortedAccordingTo(Comparator.reverseOrder()).endsWith(2);
  }

  @Test
  void thePlaceIsSaidOnlyWhenItWentDownAndNoMoreOftenThanAllowed() {
    open(sales(), announcements(3, true), "", Routing.DEFAULT);
    CallId call = caller();
    seconds(300);
    assertThat(heard(call)).hasSize(3).filteredOn(one -> one.contains("position")).hasSize(1);
  }

  @Test
  void whoIsBeingOfferedIsNotTalkedTo() {
    open(sales(), announcements(0, false), "", Routing.DEFAULT);
    ready(ANN);
    CallId call = caller();
    seconds(15);
    assertThat(heard(call)).isEmpty();
    pbx(new PbxEvent.LegEnded(now, lastRing().ring().leg(), LegEnd.DECLINED));
    seconds(4);
    assertThat(heard(call)).isNotEmpty();
  }

  @Test
  void aKeyTakesUpAnOfferAndWhoDeclinesItHasKeptTheirPlace() {
    open(sales(), announcements(0, false), "", Routing.DEFAULT);
    CallId first = caller();
    Instant since = now;
    seconds(5);
    caller();
    pbx(new PbxEvent.KeyPressed(now, first, '7'));
    assertThat(commands()).isEmpty();
    pbx(new PbxEvent.KeyPressed(now, first, '1'));
    assertThat(commands()).containsExactly(new PbxCommand.RunScript(first, "callback", true));
    center.on(new CenterEvent.ScriptFinished(now, first, new Outcome.Returned(Outcomes.walk())));
    pbx(new PbxEvent.CallQueued(now, first));
    ready(ANN);
    assertThat(lastRing().ring().call()).isEqualTo(first);
    assertThat(lastRing().pop().waitingSince()).isEqualTo(since);
  }

  @Test
  void aKeyWhileThePhoneRingsTakesTheRingBack() {
    open(sales(), announcements(0, false), "", Routing.DEFAULT);
    ready(ANN);
    CallId call = caller();
    LegId leg = lastRing().ring().leg();
    pbx(new PbxEvent.KeyPressed(now, call, '1'));
    assertThat(commands())
        .containsExactlyInAnyOrder(
            new PbxCommand.CancelRing(call, leg), new PbxCommand.RunScript(call, "callback", true));
  }

  // ── After the talk ──────────────────────────────────────────────────────────────────────────

  @Test
  void aScoreBelongsToTheAgentTheQueueAndTheCustomer() {
    open(sales(), Announcements.NONE, "survey", Routing.DEFAULT);
    ready(ANN);
    CallId call = caller();
    assertThat(lastRing().ring().after()).isEqualTo("survey");
    LegId leg = lastRing().ring().leg();
    pbx(new PbxEvent.LegConnected(now, leg));
    pbx(new PbxEvent.LegEnded(now, leg, LegEnd.HUNG_UP));
    center.on(new CenterEvent.Scored(now, call, "satisfaction", 4, 5));
    var answer =
        all(Effect.Record.class).stream()
            .map(Effect.Record::record)
            .filter(SurveyAnswer.class::isInstance)
            .map(SurveyAnswer.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(answer.agent()).isEqualTo("ann");
    assertThat(answer.queue()).isEqualTo("sales");
    assertThat(all(Effect.QueueChanged.class).getLast().view().satisfaction()).isEqualTo(0.75);
    pbx(new PbxEvent.CallEnded(now, call));
    assertThat(lastRecord().outcome()).isEqualTo(ContactRecord.Outcome.ANSWERED);
  }

  // ── Tasks ───────────────────────────────────────────────────────────────────────────────────

  private Task task(String id) {
    return new Task(
        id,
        Task.Kind.VOICEMAIL,
        MESSAGES,
        7L,
        "Alice",
        "+886223",
        "/r/1.wav",
        12,
        new CallId("call-0"),
        now);
  }

  private List<TaskView> tasksOf(AgentId agent) {
    return all(Effect.TasksChanged.class).stream()
        .filter(one -> one.agent().equals(agent))
        .map(Effect.TasksChanged::tasks)
        .reduce((_, last) -> last)
        .orElse(List.of());
  }

  @Test
  void aMessageIsOfferedTakenAndClosedWhenThatIsDurable() {
    openPlainly();
    center.on(new CenterEvent.TaskArrived(now, task("t1")));
    assertThat(all(Effect.QueueChanged.class).getLast().view().waiting()).isEqualTo(1);
    ready(ANN);
    assertThat(tasksOf(ANN)).extracting(TaskView::state).containsExactly("offered");
    assertThat(all(Effect.PopThenRing.class)).as("no phone rings for it").isEmpty();
    desk(new DeskRequest.AcceptTask(now, ANN, "t1", answers::add));
    assertThat(tasksOf(ANN)).extracting(TaskView::state).containsExactly("working");
    assertThat(state(ANN)).isEqualTo("working");
    caller();
    assertThat(all(Effect.PopThenRing.class)).as("she has her hands full").isEmpty();
    desk(new DeskRequest.CloseTask(now, ANN, "t1", "called back", answers::add));
    var record = all(Effect.RecordFor.class).getLast();
    assertThat(record.record()).isInstanceOf(TaskClosed.class);
    assertThat(tasksOf(ANN)).as("not durable yet").hasSize(1);
    center.on(new CenterEvent.Stored(now, ANN, record.call(), record.request(), null));
    assertThat(tasksOf(ANN)).isEmpty();
    assertThat(all(Effect.PopThenRing.class)).as("the next call").hasSize(1);
  }

  private String state(AgentId agent) {
    return all(Effect.AgentChanged.class).stream()
        .map(Effect.AgentChanged::view)
        .filter(view -> view.agent().equals(agent))
        .reduce((_, last) -> last)
        .orElseThrow()
        .state();
  }

  @Test
  void aTaskThatIsDeclinedOrNotTakenGoesToTheNextAgent() {
    openPlainly();
    ready(ANN);
    seconds(1);
    ready(BEN);
    center.on(new CenterEvent.TaskArrived(now, task("t1")));
    assertThat(tasksOf(ANN)).hasSize(1);
    desk(new DeskRequest.DeclineTask(now, ANN, "t1", answers::add));
    assertThat(tasksOf(ANN)).isEmpty();
    assertThat(state(ANN)).isEqualTo("not-ready");
    assertThat(tasksOf(BEN)).hasSize(1);
    seconds(30);
    assertThat(tasksOf(BEN)).as("he did not look").isEmpty();
    desk(new DeskRequest.AcceptTask(now, BEN, "t1", answers::add));
    assertThat(all(Effect.Answered.class).getLast().refusal()).isEqualTo(Refusal.NO_TASK);
    ready(ANN);
    assertThat(tasksOf(ANN)).hasSize(1);
  }

  @Test
  void aTaskIsThereOnceHoweverOftenItIsTold() {
    openPlainly();
    center.on(new CenterEvent.TaskArrived(now, task("t1")));
    center.on(new CenterEvent.TaskArrived(now, task("t1")));
    assertThat(all(Effect.QueueChanged.class).getLast().view().waiting()).isEqualTo(1);
  }
}
