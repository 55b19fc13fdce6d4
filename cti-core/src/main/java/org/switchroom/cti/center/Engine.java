package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.switchroom.acd.AgentMemory;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.Explainer;
import org.switchroom.acd.NotLoaded;
import org.switchroom.acd.RouterMemory;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.center.Deadlines.Deadline;
import org.switchroom.cti.center.Deadlines.Due;
import org.switchroom.cti.center.Deciding.Decided;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.contact.Stay;
import org.switchroom.cti.event.About;
import org.switchroom.cti.event.AgentEvent.AgentForgotten;
import org.switchroom.cti.event.AgentEvent.AgentMoved;
import org.switchroom.cti.event.AgentEvent.DeskLost;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PbxEvent;
import org.switchroom.cti.pbx.PbxEvent.EndedCall;
import org.switchroom.cti.pbx.PbxEvent.LiveCall;
import org.switchroom.cti.task.Task;

/// The one who decides: is given an input, and says what came of it, turn by turn.
///
/// ```
///   Input ─▶ rules (read the state) ─▶ events ─▶ State.apply, the router in it
///                ▲                                  │ its decisions
///                └──────────────────────────────────┘
///            end of the turn: events for the ledger, effects for afterwards
/// ```
///
/// It does no I/O, takes no lock and reads no clock. A turn in which anything throws must not leave
/// the process: what it has changed in memory is whole only with its last event.
public final class Engine {
  /// After so long those who are known are served, also without a PBX.
  private static final Duration RECONCILED_WITHIN = Duration.ofSeconds(5);

  /// The wall clock wavers by less, and [#on] is not told of both clocks in one moment.
  private static final Duration APART = Duration.ofSeconds(2);

  /// A run offers less often. Offers, and legs with them, are numbered by the epoch, so that those
  /// of a lost tail are never met.
  private static final long OFFERS_IN_A_RUN = 1_000_000_000L;

  /// Who takes the turns, one after the other.
  public interface Turns extends About {
    /// A turn begins that is about this: a call, an agent, a timer. False: it is set aside; who
    /// asked for it is told, and nothing else is done.
    boolean begins(String subject);

    /// It has led to something.
    ///
    /// @param turn whole; with no events where there are only effects
    void takes(Turn turn, List<Effect> effects);

    /// It is over, and nothing went wrong.
    void ends();
  }

  private final State state;
  private final Routing routing;
  private final Comparison comparison = new Comparison();

  /// Calls of which only their script has told, over its own line. A list that the PBX has made
  /// before they came does not say that they are over; the next one does.
  private final Set<CallId> untold = new HashSet<>();

  /// Calls that a script of this run leads, until the dialplan holds them: their sessions do not
  /// come over the PBX's line, and do not end with it.
  private final Set<CallId> led = new HashSet<>();

  private CenterPlan plan = new CenterPlan(NOTHING);

  /// Of the last turn: the next is never before.
  private Instant last = Instant.EPOCH;

  private Optional<Instant> reconcilesUntil = Optional.empty();

  /// Those that were due and are set aside, in this run.
  private final Set<Deadline> asideTimers = new HashSet<>();

  private static final CenterSettings NOTHING =
      new CenterSettings(List.of(), List.of(), new QueueId("none"), ZoneOffset.UTC, Map.of());

  /// One of which nothing is known.
  public Engine() {
    routing = new Routing();
    state = new State(routing);
  }

  /// Before the start: who is told why the router decides as it does.
  public void explain(Explainer explainer) {
    routing.explain(explainer);
  }

  /// Before the start: a turn of an earlier run, in its order.
  public void replay(Turn turn) {
    for (Event event : turn.events()) state.apply(event, turn.at());
    last = turn.at();
  }

  /// Before the first turn that is replayed: all that an earlier run knew at some turn.
  public void restore(Snapshot snapshot) {
    state.restore(snapshot);
    routing.restore(snapshot.router());
    last = snapshot.at();
  }

  /// Takes one input.
  ///
  /// @param now what the clock says; the engine's own time never falls
  /// @param wall for opening hours and records
  public void on(Input input, Instant now, Instant wall, Turns turns) {
    Instant at = notBeforeLast(now);
    if (clockWasSet(now, wall)) turn("clock", at, wall, turns, Engine::tellClock);
    switch (input) {
      case Input.Start start -> start(start, at, wall, turns);
      case Input.FromPbx(PbxEvent.Synchronized list) -> synchronize(list, at, wall, turns);
      case Input.FromPbx(PbxEvent.Compared list) -> compare(list, at, wall, turns);
      case Input.CallersBlocked(var all) -> plan = plan.blocking(all);
      case Input.Configured(var settings) -> configure(settings, at, wall, turns);
      default -> {
        hear(input);
        String subject = Subjects.of(input, due(at).map(Due::timer), state);
        boolean done = turn(subject, at, wall, turns, d -> decide(input, d));
        if (!done) setAside(input, at, wall, turns);
      }
    }
  }

  private Instant notBeforeLast(Instant now) {
    return now.isBefore(last) ? last : now;
  }

  /// Whether the wall clock says otherwise than the router believes, so that any input, and be it a
  /// tick, is to bring it the news.
  public boolean clockWasSet(Instant now, Instant wall) {
    return routing.begun() && isNews(Duration.between(notBeforeLast(now), wall), routing);
  }

  private static boolean isNews(Duration ahead, Routing routing) {
    return ahead.minus(routing.router().wallAhead()).abs().compareTo(APART) > 0;
  }

  private static void tellClock(Deciding d) {
    if (isNews(d.wallAhead(), d.routing())) d.emit(new CenterEvent.WallClockSet(d.wallAhead()));
  }

  private void hear(Input input) {
    switch (input) {
      case Input.ScriptStarted(var call, _, _, _) when !state.isOver(call) -> led.add(call);
      case Input.ScriptFroze(var call) -> led.remove(call);
      case Input.FromPbx(PbxEvent.CallQueued(_, var call)) -> led.remove(call);
      case Input.FromPbx(PbxEvent.CallEnded(_, var call)) -> led.remove(call);
      default -> {}
    }
    switch (input) {
      case Input.ScriptStarted(var call, _, _, _) when state.call(call).isEmpty() ->
          untold.add(call);
      case Input.FromPbx(var fact) -> Subjects.callOf(fact, state).ifPresent(untold::remove);
      default -> {}
    }
  }

  /// Returns whether it was tried.
  private boolean turn(
      String subject, Instant at, Instant wall, Turns turns, Consumer<Deciding> rules) {
    if (!turns.begins(subject)) return false;
    var d = new Deciding(state, routing, plan, at, wall, turns, RoutingRules::on);
    rules.accept(d);
    Decided decided = d.end();
    // A turn in which nothing has changed is in no ledger, and its time neither.
    if (!decided.turn().events().isEmpty()) last = at;
    if (!decided.nothing()) {
      StateAudit.check(state, routing, decided.turn(), turns);
      turns.again();
      turns.takes(decided.turn(), decided.effects());
    }
    turns.ends();
    return true;
  }

  private void decide(Input input, Deciding d) {
    switch (input) {
      case Input.FromPbx(var fact) -> CallRules.on(fact, d);
      case Input.DeskCommand command -> DeskRules.on(command, d);
      case Input.CustomerWritten written -> DeskRules.written(written, d);
      case Input.DeskOpened(var agent) -> DeskRules.opened(agent, d);
      case Input.DeskClosed(var agent) -> DeskRules.closed(agent, d);
      case Input.ScriptFact fact -> ScriptRules.on(fact, d);
      case Input.Note(var who, var what, var about) ->
          d.emit(new CenterEvent.Noted(who, what, about));
      case Input.AskPlaces asked -> TransferRules.places(asked, d);
      case Input.Disk(var full) -> {
        if (full != state.diskFull()) d.emit(new CenterEvent.DiskFilled(full));
      }
      case Input.RecordingDisk(var broken) -> RecordingRules.disk(broken, d);
      case Input.Tick _ -> tick(d);
      case Input.Start _, Input.Configured _, Input.CallersBlocked _ ->
          throw new IllegalStateException("It is a turn of another kind: " + input);
    }
  }

  // ── What is set aside ───────────────────────────────────────────────────────────────────────

  /// What runs have failed at too often is not tried again: who asked is told, and a caller goes to
  /// where the PBX takes care of them.
  private void setAside(Input input, Instant at, Instant wall, Turns turns) {
    switch (input) {
      case Input.DeskCommand command -> refuse(command.id(), at, wall, turns);
      case Input.CustomerWritten written -> notWritten(written.command().id(), at, wall, turns);
      case Input.FromPbx(PbxEvent.CallQueued(_, var call)) ->
          setAside(call, true, Optional.empty(), at, wall, turns);
      case Input.FromPbx(PbxEvent.CallEnded(_, var call)) -> {
        setAside(call, false, Optional.empty(), at, wall, turns);
        does(new Effect.Send(new PbxCommand.Forget(call)), at, wall, turns);
      }
      case Input.FromPbx(PbxEvent.LegConnected(_, var leg)) ->
          state
              .callOn(leg)
              .ifPresent(call -> setAside(call.id(), false, Optional.of(leg), at, wall, turns));
      case Input.FromPbx(var fact) ->
          Subjects.callOf(fact, state)
              .flatMap(state::call)
              .ifPresent(
                  call -> setAside(call.id(), call.isHeld(), Optional.empty(), at, wall, turns));
      case Input.ScriptFact fact ->
          state
              .call(fact.call())
              .ifPresent(
                  call -> setAside(call.id(), call.isHeld(), Optional.empty(), at, wall, turns));
      case Input.AskPlaces asked ->
          does(new Effect.TellPlaces(asked.question(), Map.of()), at, wall, turns);
      case Input.Tick _ -> due(at).ifPresent(due -> setAside(due.timer(), at, wall, turns));
      case Input.Start _,
          Input.Configured _,
          Input.CallersBlocked _,
          Input.DeskOpened _,
          Input.DeskClosed _,
          Input.Note _,
          Input.Disk _,
          Input.RecordingDisk _ -> {}
    }
  }

  /// @param held whether the caller is where somebody must take care of them
  /// @param talks on which leg they talk, where we may not know it yet
  private void setAside(
      CallId id, boolean held, Optional<LegId> talks, Instant at, Instant wall, Turns turns) {
    state
        .call(id)
        .ifPresent(
            call ->
                turn(Subjects.aside(id), at, wall, turns, d -> CallRules.setAside(call, talks, d)));
    if (held) does(new Effect.Send(new PbxCommand.FallBack(id)), at, wall, turns);
  }

  /// Nothing comes of it any more; nobody is told of a script that does not begin.
  private void setAside(Deadline timer, Instant at, Instant wall, Turns turns) {
    asideTimers.add(timer);
    if (timer instanceof Deadline.ScriptStarts(var call)) {
      setAside(call, true, Optional.empty(), at, wall, turns);
    }
    // The PBX takes care of whom nobody would bring back.
    if (timer instanceof Deadline.ParkedCaller(var id)) {
      state
          .contact(id)
          .flatMap(Contact::call)
          .ifPresent(call -> setAside(call, true, Optional.empty(), at, wall, turns));
    }
  }

  /// Else each start would write them down again.
  private void notWritten(CommandId command, Instant at, Instant wall, Turns turns) {
    boolean told =
        state.asked().containsKey(command)
            && turn(
                Subjects.aside(command),
                at,
                wall,
                turns,
                d -> d.emit(new CenterEvent.CommandRefused(command, Refusal.SET_ASIDE)));
    if (!told) refuse(command, at, wall, turns);
  }

  private static void refuse(CommandId command, Instant at, Instant wall, Turns turns) {
    does(new Effect.Repeat(command, Optional.of(Refusal.SET_ASIDE)), at, wall, turns);
  }

  /// Nothing has changed.
  private static void does(Effect effect, Instant at, Instant wall, Turns turns) {
    turns.takes(new Turn(0, at, wall, List.of()), List.of(effect));
    turns.ends();
  }

  // ── Beginning ───────────────────────────────────────────────────────────────────────────────

  /// Nothing that is timed happens before the PBX has spoken, or does not.
  private void start(Input.Start start, Instant at, Instant wall, Turns turns) {
    Instant lived = start.alive().filter(last::isBefore).filter(at::isAfter).orElse(last);
    boolean fresh = last.equals(Instant.EPOCH);
    Duration down = fresh ? Duration.ZERO : Duration.between(lived, at);
    plan = new CenterPlan(start.settings());
    reconcilesUntil = Optional.of(at.plus(RECONCILED_WITHIN));
    turn(
        "start",
        at,
        wall,
        turns,
        d -> {
          d.emit(new CenterEvent.EngineStarted(start.epoch(), down));
          RouterMemory fitting = Repair.of(d).before();
          List<NotLoaded> left =
              routing.begin(at, plan, fitting, start.epoch() * OFFERS_IN_A_RUN, down);
          tellClock(d);
          if (start.kept().lastNumber() > state.lastNumber()) {
            d.emit(new CenterEvent.NumberTaken(start.kept().lastNumber()));
          }
          d.together(() -> settle(left, d));
          Repair.work(d);
          DeskRules.writeAgain(d);
          d.emit(taken(start.settings()));
          moved(d);
        });
    if (!fresh) return;
    for (Task task : start.kept().openTasks()) {
      turn(Subjects.task(task), at, wall, turns, d -> ScriptRules.open(task, d));
    }
  }

  /// Those whom the other configuration has moved.
  private void moved(Deciding d) {
    for (AgentMemory agent : routing.memory().agents()) {
      AgentState now = routing.router().stateOf(agent.agent());
      boolean same =
          state
              .agent(agent.agent())
              .filter(one -> one.state().equals(now) && one.pending().equals(agent.pending()))
              .isPresent();
      if (!same) d.emit(new AgentMoved(agent.agent(), now, agent.pending()));
    }
  }

  private static CenterEvent.ConfigurationTaken taken(CenterSettings settings) {
    return new CenterEvent.ConfigurationTaken(
        settings.queues().stream().map(QueueSettings::id).toList(),
        settings.agents().stream().map(AgentSettings::id).toList(),
        settings.defaultQueue());
  }

  /// What the configuration has no place for any more since the last run.
  private void settle(List<NotLoaded> left, Deciding d) {
    for (NotLoaded one : left) {
      if (one instanceof NotLoaded.OfInHand(var agent, var inHand))
        dropped(agent, inHand.contact(), d);
    }
    for (NotLoaded one : left) {
      if (one instanceof NotLoaded.OfContact(var memory)) {
        state
            .contact(Stay.contact(memory.contact()))
            .filter(Contact::waits)
            .ifPresent(
                contact -> {
                  if (contact.picker().isPresent()) {
                    ContactRules.parkAgain(contact, OfferEnd.AGENT_LEFT, d);
                    return;
                  }
                  for (ContactState.Offer offer : contact.offers()) {
                    ContactRules.takeBack(contact, offer, OfferEnd.AGENT_LEFT, d);
                  }
                  Contact now = state.contact(contact.id()).orElseThrow();
                  ContactRules.queueAgain(now, now.stay().orElseThrow(), d);
                });
      }
    }
    forgetStrangers(d);
  }

  /// Those who are not configured, and have nothing to finish.
  private void forgetStrangers(Deciding d) {
    for (AgentSession agent : List.copyOf(state.agents())) {
      boolean there = plan.has(agent.id()) || routing.router().knows(agent.id());
      if (!there && agent.contacts().isEmpty()) d.emit(new AgentForgotten(agent.id()));
    }
  }

  private void dropped(AgentId agent, ContactId routed, Deciding d) {
    Optional<Contact> contact = state.contact(Stay.contact(routed));
    for (ContactState.Offer offer : contact.map(Contact::offers).orElse(List.of())) {
      if (!offer.agent().equals(agent)) continue;
      if (ContactRules.parksAgain(contact.get(), offer, OfferEnd.AGENT_LEFT, d)) continue;
      ContactRules.takeBack(contact.get(), offer, OfferEnd.AGENT_LEFT, d);
    }
  }

  /// Everything as it is to be from now on, while calls wait.
  private void configure(CenterSettings settings, Instant at, Instant wall, Turns turns) {
    CenterPlan before = plan;
    plan = plan.on(settings);
    routing.configure(plan);
    turn(
        "configuration",
        at,
        wall,
        turns,
        d -> {
          d.emit(taken(settings));
          d.emit(new Noted("server", Deed.TOOK_CONFIGURATION, "from its file"));
          HoldRules.configured(before, d);
          ParkRules.configured(before, d);
          forgetStrangers(d);
          moved(d);
        });
  }

  // ── What the PBX has ────────────────────────────────────────────────────────────────────────

  /// One turn a call, so that one that cannot be taken up keeps nobody else from it.
  private void synchronize(PbxEvent.Synchronized list, Instant at, Instant wall, Turns turns) {
    comparison.begin(list.pbx());
    var ended = new LinkedHashMap<CallId, EndedCall>();
    list.ended().forEach(call -> ended.put(call.call(), call));
    var alive = new HashSet<CallId>();
    var legs = new HashSet<LegId>();
    for (LiveCall live : list.calls()) {
      alive.add(live.call());
      live.leg().ifPresent(legs::add);
    }
    list.supervisors().forEach(one -> legs.add(one.leg()));
    untold.removeIf(call -> alive.contains(call) || state.call(call).isEmpty());
    for (Call known : List.copyOf(state.calls())) {
      CallId id = known.id();
      if (alive.contains(id) || !id.pbx().equals(list.pbx())) continue;
      if (untold.remove(id) && !ended.containsKey(id)) continue;
      var end = Optional.ofNullable(ended.get(id));
      boolean taken =
          turn(Subjects.call(id), at, wall, turns, d -> Reconciliation.missing(known, end, d));
      if (taken) ended.remove(id);
      else setAside(id, false, Optional.empty(), at, wall, turns);
    }
    led.removeIf(call -> state.call(call).isEmpty());
    var living = new Living(alive, legs, true);
    for (LiveCall live : list.calls()) {
      String subject = Subjects.call(live.call());
      boolean isLed = live.place() == PbxEvent.Place.IN_SCRIPT && led.contains(live.call());
      if (!isLed) led.remove(live.call());
      boolean taken =
          turn(subject, at, wall, turns, d -> Reconciliation.live(live, living, isLed, d));
      if (!taken) setAside(live, at, wall, turns);
    }
    for (EndedCall end : ended.values()) {
      CallId id = end.call();
      if (alive.contains(id)) continue;
      boolean taken =
          turn(Subjects.call(id), at, wall, turns, d -> Reconciliation.remembered(end, d));
      if (!taken) does(new Effect.Send(new PbxCommand.Forget(id)), at, wall, turns);
    }
    for (LegId leg : list.alone()) {
      turn(Subjects.leg(leg), at, wall, turns, d -> Reconciliation.alone(leg, d));
    }
    turn(
        "pbx " + list.pbx(),
        at,
        wall,
        turns,
        d -> {
          SupervisionRules.live(list.pbx(), list.supervisors(), d);
          d.emit(new CenterEvent.PbxConnected(list.pbx()));
          if (reconcilesUntil.isPresent() && allHaveSpoken()) reconciled(d);
        });
  }

  /// What events have not told, or have told wrongly, whatever the reason.
  private void compare(PbxEvent.Compared list, Instant at, Instant wall, Turns turns) {
    if (reconcilesUntil.isPresent() || !state.connected(list.pbx())) return;
    for (Comparison.Difference one : comparison.confirmed(list, state)) {
      turn(
          one.subject(),
          at,
          wall,
          turns,
          d -> {
            d.emit(new CenterEvent.Noted("pbx " + list.pbx(), Deed.DIFFERENCE, one.text()));
            switch (one) {
              case Comparison.Gone(var call) ->
                  Reconciliation.gone(state.call(call).orElseThrow(), Optional.empty(), d);
              case Comparison.Otherwise(var call, _) ->
                  list.calls().stream()
                      .filter(live -> live.call().equals(call))
                      .forEach(live -> Reconciliation.live(live, living(list), false, d));
              case Comparison.Alone(var leg) -> Reconciliation.alone(leg, d);
            }
          });
    }
  }

  private static Living living(PbxEvent.Compared list) {
    Set<CallId> calls = list.calls().stream().map(LiveCall::call).collect(Collectors.toSet());
    return new Living(calls, list.legs(), false);
  }

  private void setAside(LiveCall live, Instant at, Instant wall, Turns turns) {
    boolean held =
        switch (live.place()) {
          case QUEUED, HELD -> true;
          case IN_SCRIPT, TALKING, DIALING, FALLBACK, ELSEWHERE -> false;
        };
    Optional<LegId> talks = live.place() == PbxEvent.Place.TALKING ? live.leg() : Optional.empty();
    setAside(live.call(), held, talks, at, wall, turns);
  }

  /// Those PBXs that have calls of ours.
  private boolean allHaveSpoken() {
    return state.calls().stream().allMatch(call -> state.connected(call.id().pbx()));
  }

  private void reconciled(Deciding d) {
    reconcilesUntil = Optional.empty();
    d.emit(new CenterEvent.Reconciled());
  }

  // ── Time ────────────────────────────────────────────────────────────────────────────────────

  /// When [Input.Tick] is due next; empty: nothing is timed.
  public Optional<Instant> nextDeadline() {
    if (!routing.begun()) return Optional.empty();
    if (reconcilesUntil.isPresent()) return reconcilesUntil;
    Optional<Instant> routers = routing.router().nextDeadline();
    Optional<Instant> ours = state.nextDue(asideTimers).map(Due::at);
    if (routers.isEmpty() || ours.isEmpty()) return routers.or(() -> ours);
    return routers.get().isBefore(ours.get()) ? routers : ours;
  }

  /// Which timer of ours a tick is about; empty: none, or one of the router's.
  private Optional<Due> due(Instant at) {
    if (!routing.begun() || reconcilesUntil.isPresent()) return Optional.empty();
    Optional<Instant> routers = routing.router().nextDeadline();
    return state
        .nextDue(asideTimers)
        .filter(due -> !due.at().isAfter(at))
        .filter(due -> routers.filter(first -> first.isBefore(due.at())).isEmpty());
  }

  /// One timer a turn; the next is due at once.
  private void tick(Deciding d) {
    if (reconcilesUntil.isPresent()) {
      if (!reconcilesUntil.get().isAfter(d.at())) reconciled(d);
      return;
    }
    Optional<Due> ours = due(d.at());
    Optional<Instant> routers = routing.router().nextDeadline();
    if (ours.isPresent()) {
      due(ours.get().timer(), d);
    } else if (routers.filter(at -> !at.isAfter(d.at())).isPresent()) {
      d.emit(new CenterEvent.TimePassed());
    }
  }

  private void due(Deadline timer, Deciding d) {
    switch (timer) {
      case Deadline.ScriptStarts(var id) ->
          ScriptRules.scriptFroze(state.call(id).orElseThrow(), d);
      case Deadline.DeskReturns(var agent) -> {
        d.emit(new DeskLost(agent));
        d.state().agent(agent).ifPresent(one -> ContactRules.nobodyWrapsUp(one, d));
      }
      case Deadline.CallerReturns(var contact) ->
          ContactRules.close(
              state.contact(contact).orElseThrow(), ContactOutcome.PBX_FAULT, d.at(), d);
      case Deadline.HeldCaller(var id) -> HoldRules.due(state.call(id).orElseThrow(), d);
      case Deadline.ParkedCaller(var id) -> ParkRules.due(state.contact(id).orElseThrow(), d);
      case Deadline.RecordingResumes(var id) -> RecordingRules.due(state.call(id).orElseThrow(), d);
      case Deadline.Announcement(var contact) ->
          AnnouncementRules.say(state.contact(contact).orElseThrow(), d);
    }
  }

  // ── Looking ─────────────────────────────────────────────────────────────────────────────────

  public State state() {
    return state;
  }

  /// When the last turn was; 1970: there was none.
  public Instant last() {
    return last;
  }

  /// What the router alone remembers.
  public RouterMemory routerMemory() {
    return routing.memory();
  }

  /// All that it knows after the last turn.
  public Snapshot snapshot() {
    return state.snapshot(last, routing.memory());
  }

  Routing routing() {
    return routing;
  }
}
