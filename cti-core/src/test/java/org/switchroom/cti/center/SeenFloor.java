package org.switchroom.cti.center;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.ContactEvent.ContactClosed;
import org.switchroom.cti.event.ContactEvent.ContactOffered;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.screens.AgentView;
import org.switchroom.cti.screens.ParkedView;
import org.switchroom.cti.screens.QueueView;
import org.switchroom.cti.screens.ScreenPop;
import org.switchroom.cti.screens.TaskView;
import org.switchroom.cti.screens.WaitersView;
import org.switchroom.cti.testkit.RecordedScreens;

/// What a test sees of its floor: what came out of the engine, and how everything stands.
abstract class SeenFloor {
  TestPlan plan;
  Engine engine = new Engine();
  RecordedScreens screens = new RecordedScreens();
  final List<Turn> turns = new ArrayList<>();
  final List<Effect> effects = new ArrayList<>();
  final List<String> subjects = new ArrayList<>();
  final List<String> named = new ArrayList<>();

  SeenFloor(TestPlan plan) {
    this.plan = plan;
  }

  // ── What came out ───────────────────────────────────────────────────────────────────────────

  List<Turn> turns() {
    return turns;
  }

  List<Event> allEvents() {
    return turns.stream().flatMap(turn -> turn.events().stream()).toList();
  }

  <E extends Event> List<E> events(Class<E> kind) {
    return allEvents().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <E extends Event> E last(Class<E> kind) {
    return events(kind).getLast();
  }

  List<Effect> effects() {
    return effects;
  }

  <E extends Effect> List<E> effects(Class<E> kind) {
    return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// What the PBX was told, but rings.
  List<PbxCommand> commands() {
    return effects(Effect.Send.class).stream()
        .map(Effect.Send::command)
        .filter(command -> !(command instanceof PbxCommand.RingAgent))
        .toList();
  }

  List<PbxCommand.RingAgent> rings() {
    return effects(Effect.Send.class).stream()
        .map(Effect.Send::command)
        .filter(PbxCommand.RingAgent.class::isInstance)
        .map(PbxCommand.RingAgent.class::cast)
        .toList();
  }

  PbxCommand.RingAgent lastRing() {
    return rings().getLast();
  }

  PbxCommand.RingAgent lastRing(String agent) {
    return rings().stream()
        .filter(ring -> ring.agent().equals(agent))
        .reduce((_, last) -> last)
        .orElseThrow(() -> new AssertionError("No phone rings for " + agent + "."));
  }

  /// How a call's contact was closed, each time that it was.
  List<ContactOutcome> outcomes(CallId call) {
    return events(ContactClosed.class).stream()
        .filter(one -> one.contact().value().equals(call.value()))
        .map(ContactClosed::outcome)
        .toList();
  }

  List<ContactOffered> offers() {
    return events(ContactOffered.class);
  }

  /// What a script asked for was answered.
  String scriptAnswer(Input.Origin origin) {
    return events(CenterEvent.ScriptAnswered.class).stream()
        .filter(one -> one.call().equals(origin.call()) && one.visit() == origin.visit())
        .filter(one -> one.step().equals(origin.step()))
        .map(CenterEvent.ScriptAnswered::answer)
        .reduce((_, last) -> last)
        .orElseThrow(() -> new AssertionError(origin + " is not answered."));
  }

  /// What a waiting caller has heard, each announcement as the names of its sayings.
  List<String> heard(CallId call) {
    return effects(Effect.Announce.class).stream()
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

  /// What this command was answered last.
  Optional<Refusal> answer(CommandId id) {
    return lastAnswer(id)
        .orElseThrow(() -> new AssertionError("Command " + id + " is not answered."));
  }

  boolean isAnswered(CommandId id) {
    return lastAnswer(id).isPresent();
  }

  private Optional<Optional<Refusal>> lastAnswer(CommandId id) {
    Optional<Optional<Refusal>> repeated =
        effects.stream()
            .filter(one -> one instanceof Effect.Repeat repeat && repeat.command().equals(id))
            .map(one -> ((Effect.Repeat) one).refusal())
            .reduce((_, last) -> last);
    if (repeated.isPresent()) return repeated;
    return allEvents().stream()
        .flatMap(
            event ->
                switch (event) {
                  case CenterEvent.CommandDone(var done) when done.equals(id) ->
                      Optional.of(Optional.<Refusal>empty()).stream();
                  case CenterEvent.CommandRefused(var refused, var why) when refused.equals(id) ->
                      Optional.of(Optional.of(why)).stream();
                  default -> Optional.<Optional<Refusal>>empty().stream();
                })
        .reduce((_, last) -> last);
  }

  /// With whom turns have gone on.
  List<String> named() {
    return named;
  }

  /// What happens about each turn.
  List<String> subjects() {
    return subjects;
  }

  // ── How it stands ───────────────────────────────────────────────────────────────────────────

  static ContactId contactOf(CallId call) {
    return new ContactId(call.value());
  }

  Contact contact(CallId call) {
    State state = engine.state();
    return state
        .call(call)
        .map(Call::contact)
        .or(() -> Optional.of(contactOf(call)))
        .flatMap(state::contact)
        .orElseThrow(() -> new AssertionError("Nothing is known of " + call + "."));
  }

  boolean knows(CallId call) {
    return engine.state().call(call).isPresent();
  }

  int liveCalls() {
    return engine.state().calls().size();
  }

  AgentSession session(String agent) {
    return engine.state().agent(new AgentId(agent)).orElseThrow();
  }

  /// The agent's latest leg: where it is over the last that was rung for them.
  LegId leg(String agent) {
    return session(agent).contacts().stream()
        .flatMap(one -> one.leg().stream())
        .reduce((_, last) -> last)
        .orElseGet(() -> lastRing(agent).leg());
  }

  /// What the agent has in hand, the latest last.
  List<InHand.Stage> stages(String agent) {
    return session(agent).contacts().stream().map(InHand::stage).toList();
  }

  /// The contact of the agent's talk; one that is not there where there is none.
  ContactId talkOf(String agent) {
    return engine.state().agent(new AgentId(agent)).stream()
        .flatMap(session -> session.contacts().stream())
        .filter(one -> one.stage() == InHand.Stage.TALKING || one.stage() == InHand.Stage.HELD)
        .map(InHand::contact)
        .findFirst()
        .orElse(new ContactId("none"));
  }

  /// In whose talk a supervisor takes part; one that is not there where it is none's.
  ContactId supervisedBy(String supervisor) {
    return engine.state().calls().stream()
        .filter(call -> call.supervisors().stream().anyMatch(one -> one.who().equals(supervisor)))
        .map(Call::contact)
        .findFirst()
        .orElse(new ContactId("none"));
  }

  AgentView agent(String agent) {
    AgentView view = screens.agents.get(new AgentId(agent));
    if (view == null) throw new AssertionError("Nothing is shown of " + agent + ".");
    return view;
  }

  /// In the words of screens.
  String state(String agent) {
    return agent(agent).state().word();
  }

  QueueView queue(String queue) {
    return screens.queues.get(new QueueId(queue));
  }

  QueueView queue() {
    return queue(plan.defaultQueue());
  }

  WaitersView waiters(String queue) {
    return screens.waiters.get(new QueueId(queue));
  }

  /// What is on the agent's screen, the latest last.
  List<ScreenPop> pops(String agent) {
    return List.copyOf(screens.pops.getOrDefault(new AgentId(agent), Map.of()).values());
  }

  ScreenPop pop(String agent) {
    List<ScreenPop> all = pops(agent);
    if (all.isEmpty()) throw new AssertionError("Nothing is on the screen of " + agent + ".");
    return all.getLast();
  }

  List<TaskView> tasks(String agent) {
    return screens.tasks.getOrDefault(new AgentId(agent), List.of());
  }

  /// Whom the agent may pick up.
  ParkedView parked(String agent) {
    return screens.parked.getOrDefault(new AgentId(agent), ParkedView.NOBODY);
  }

  RecordedScreens screens() {
    return screens;
  }
}
