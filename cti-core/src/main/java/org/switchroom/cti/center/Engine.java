package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.switchroom.acd.AgentMemory;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.NotLoaded;
import org.switchroom.acd.RouterMemory;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.center.Deadlines.Timer;
import org.switchroom.cti.center.Deciding.Decided;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.ContactState;
import org.switchroom.cti.contact.Stay;
import org.switchroom.cti.event.AgentEvent.AgentForgotten;
import org.switchroom.cti.event.AgentEvent.AgentMoved;
import org.switchroom.cti.event.AgentEvent.DeskLost;
import org.switchroom.cti.event.CenterEvent;
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

  /// A run offers less often. Offers, and legs with them, are numbered by the epoch, so that those
  /// of a lost tail are never met.
  private static final long OFFERS_IN_A_RUN = 1_000_000_000L;

  /// Who takes the turns, one after the other.
  public interface Turns {
    /// A turn begins that is about this: a call, an agent, a timer. False: it is set aside, and
    /// nothing is done.
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
  private CenterPlan plan = new CenterPlan(NOTHING);

  /// Of the last turn: the next is never before.
  private Instant last = Instant.EPOCH;

  private Optional<Instant> reconcilesUntil = Optional.empty();

  private static final CenterSettings NOTHING =
      new CenterSettings(List.of(), List.of(), new QueueId("none"), ZoneOffset.UTC, Map.of());

  /// One of which nothing is known.
  ///
  /// @param witness is given every fact before the router is
  public Engine(RouterWitness witness) {
    routing = new Routing(witness);
    state = new State(routing);
  }

  /// Before the start: a turn of an earlier run, in its order.
  public void replay(Turn turn) {
    for (Event event : turn.events()) state.apply(event, turn.at());
    last = turn.at();
  }

  /// Before the first turn that is replayed: all that an earlier run knew at some turn.
  public void restore(Snapshot snapshot) {
    snapshot.into(state, routing);
    last = snapshot.at();
  }

  /// Takes one input.
  ///
  /// @param now what the clock says; the engine's own time never falls
  /// @param wall for opening hours and records
  public void on(Input input, Instant now, Instant wall, Turns turns) {
    Instant at = now.isBefore(last) ? last : now;
    switch (input) {
      case Input.Start start -> start(start, at, wall, turns);
      case Input.FromPbx(PbxEvent.Synchronized list) -> synchronize(list, at, wall, turns);
      case Input.Configured(var settings) -> configure(settings, at, wall, turns);
      default -> {
        boolean done = turn(subject(input), at, wall, turns, d -> decide(input, d));
        if (!done) setAside(input, at, wall, turns);
      }
    }
  }

  /// What has brought the process down twice is not tried again: who asked is told, and a caller
  /// goes to where the PBX takes care of them.
  private void setAside(Input input, Instant at, Instant wall, Turns turns) {
    Optional<Effect> effect =
        switch (input) {
          case Input.DeskCommand command ->
              Optional.of(new Effect.Repeat(command.id(), Optional.of(Refusal.SET_ASIDE)));
          case Input.FromPbx(PbxEvent.CallQueued(_, var call)) ->
              Optional.of(new Effect.Send(new PbxCommand.FallBack(call)));
          default -> Optional.empty();
        };
    effect.ifPresent(one -> turns.takes(new Turn(0, at, wall, List.of()), List.of(one)));
  }

  /// Returns whether it was tried.
  private boolean turn(
      String subject, Instant at, Instant wall, Turns turns, Consumer<Deciding> rules) {
    if (!turns.begins(subject)) return false;
    var d = new Deciding(state, routing, plan, at, wall);
    rules.accept(d);
    Decided decided = d.end();
    // A turn in which nothing has changed is in no ledger, and its time neither.
    if (!decided.turn().events().isEmpty()) last = at;
    if (!decided.nothing()) {
      StateAudit.check(state, routing, decided.turn());
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
      case Input.Disk(var full) -> {
        if (full != state.diskFull()) d.emit(new CenterEvent.DiskFilled(full));
      }
      case Input.Tick _ -> tick(d);
      case Input.Start _, Input.Configured _ ->
          throw new IllegalStateException("It is a turn of another kind: " + input);
    }
  }

  /// What a fault in this turn would be a fault with.
  private String subject(Input input) {
    return switch (input) {
      case Input.FromPbx(var fact) -> subject(fact);
      case Input.DeskCommand command -> "command " + command.id();
      case Input.CustomerWritten written -> "command " + written.command().id();
      case Input.DeskOpened(var agent) -> "desk " + agent;
      case Input.DeskClosed(var agent) -> "desk " + agent;
      case Input.ScriptFact fact -> "call " + fact.call();
      case Input.Configured _ -> "configuration";
      case Input.Note _ -> "note";
      case Input.Disk _ -> "disk";
      case Input.Tick _ ->
          state.nextDue().map(due -> "timer " + due.timer()).orElse("timer of the router");
      case Input.Start _ -> "start";
    };
  }

  private static String subject(PbxEvent fact) {
    return switch (fact) {
      case PbxEvent.CallArrived(_, var call, _, _) -> "call " + call;
      case PbxEvent.CallQueued(_, var call) -> "call " + call;
      case PbxEvent.CallHeld(_, var call) -> "call " + call;
      case PbxEvent.CallFellBack(_, var call) -> "call " + call;
      case PbxEvent.CallEnded(_, var call) -> "call " + call;
      case PbxEvent.KeyPressed(_, var call, _) -> "call " + call;
      case PbxEvent.LegRinging(_, var leg) -> "leg " + leg;
      case PbxEvent.LegConnected(_, var leg) -> "leg " + leg;
      case PbxEvent.LegEnded(_, var leg, _) -> "leg " + leg;
      case PbxEvent.CallTransferred(_, var leg, _) -> "leg " + leg;
      case PbxEvent.PhoneChanged(_, _, var phone, _) -> "phone " + phone;
      case PbxEvent.Disconnected(_, var pbx, _) -> "pbx " + pbx;
      case PbxEvent.Synchronized list -> "pbx " + list.pbx();
    };
  }

  // ── Beginning ───────────────────────────────────────────────────────────────────────────────

  /// Nothing that is timed happens before the PBX has spoken, or does not.
  private void start(Input.Start start, Instant at, Instant wall, Turns turns) {
    Instant lived = start.alive().filter(last::isBefore).filter(at::isAfter).orElse(last);
    Duration down = last.equals(Instant.EPOCH) ? Duration.ZERO : Duration.between(lived, at);
    plan = new CenterPlan(start.settings());
    reconcilesUntil = Optional.of(at.plus(RECONCILED_WITHIN));
    turn(
        "start",
        at,
        wall,
        turns,
        d -> {
          List<NotLoaded> left = routing.begin(at, plan, start.epoch() * OFFERS_IN_A_RUN, down);
          d.emit(new CenterEvent.EngineStarted(start.epoch(), down));
          d.together(() -> settle(left, d));
          d.emit(taken(start.settings()));
          moved(d);
        });
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
    state.contact(Stay.contact(routed)).stream()
        .flatMap(
            contact ->
                contact.offers().stream()
                    .filter(offer -> offer.agent().equals(agent))
                    .peek(offer -> ContactRules.takeBack(contact, offer, OfferEnd.AGENT_LEFT, d)))
        .toList();
  }

  /// Everything as it is to be from now on, while calls wait.
  private void configure(CenterSettings settings, Instant at, Instant wall, Turns turns) {
    plan = new CenterPlan(settings);
    routing.configure(plan);
    turn(
        "configuration",
        at,
        wall,
        turns,
        d -> {
          d.emit(taken(settings));
          forgetStrangers(d);
        });
  }

  // ── What the PBX has ────────────────────────────────────────────────────────────────────────

  /// One turn a call, so that one that cannot be taken up keeps nobody else from it.
  private void synchronize(PbxEvent.Synchronized list, Instant at, Instant wall, Turns turns) {
    var ended = new LinkedHashMap<CallId, EndedCall>();
    list.ended().forEach(call -> ended.put(call.call(), call));
    var alive = new HashSet<CallId>();
    var legs = new HashSet<LegId>();
    for (LiveCall live : list.calls()) {
      alive.add(live.call());
      if (live.leg() != null) legs.add(live.leg());
    }
    for (Call known : List.copyOf(state.calls())) {
      if (alive.contains(known.id()) || !known.id().pbx().equals(list.pbx())) continue;
      var end = Optional.ofNullable(ended.remove(known.id()));
      turn("call " + known.id(), at, wall, turns, d -> Reconciliation.gone(known, end, d));
    }
    for (LiveCall live : list.calls()) {
      boolean taken =
          turn("call " + live.call(), at, wall, turns, d -> Reconciliation.live(live, legs, d));
      if (!taken && live.place() == PbxEvent.Place.QUEUED) {
        setAside(new Input.FromPbx(new PbxEvent.CallQueued(at, live.call())), at, wall, turns);
      }
    }
    for (EndedCall end : ended.values()) {
      if (alive.contains(end.call())) continue;
      turn("call " + end.call(), at, wall, turns, d -> Reconciliation.remembered(end, d));
    }
    for (LegId leg : list.alone()) {
      turn("leg " + leg, at, wall, turns, d -> Reconciliation.alone(leg, d));
    }
    turn(
        "pbx " + list.pbx(),
        at,
        wall,
        turns,
        d -> {
          d.emit(new CenterEvent.PbxConnected(list.pbx()));
          if (reconcilesUntil.isPresent() && allHaveSpoken()) reconciled(d);
        });
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
    Optional<Instant> routers = Optional.ofNullable(routing.router().nextDeadline());
    Optional<Instant> ours = state.nextDue().map(Deadlines.Due::at);
    if (routers.isEmpty() || ours.isEmpty()) return routers.or(() -> ours);
    return routers.get().isBefore(ours.get()) ? routers : ours;
  }

  /// One timer a turn; the next is due at once.
  private void tick(Deciding d) {
    if (reconcilesUntil.isPresent()) {
      if (!reconcilesUntil.get().isAfter(d.at())) reconciled(d);
      return;
    }
    Optional<Deadlines.Due> ours = state.nextDue().filter(due -> !due.at().isAfter(d.at()));
    Instant routers = routing.router().nextDeadline();
    boolean first = ours.isPresent() && (routers == null || !routers.isBefore(ours.get().at()));
    if (first) {
      due(ours.get().timer(), d);
    } else if (routers != null && !routers.isAfter(d.at())) {
      d.emit(new CenterEvent.TimePassed());
    }
  }

  private void due(Timer timer, Deciding d) {
    switch (timer) {
      case Timer.ScriptStarts(var id) -> CallRules.scriptFroze(state.call(id).orElseThrow(), d);
      case Timer.DeskReturns(var agent) -> d.emit(new DeskLost(agent));
      case Timer.Announcement(var contact) ->
          AnnouncementRules.say(state.contact(contact).orElseThrow(), d);
    }
  }

  // ── Looking ─────────────────────────────────────────────────────────────────────────────────

  public State state() {
    return state;
  }

  /// What the router alone remembers.
  public RouterMemory routerMemory() {
    return routing.memory();
  }

  /// All that it knows after the last turn.
  public Snapshot snapshot() {
    return Snapshot.of(last, state, routing.memory());
  }

  Routing routing() {
    return routing;
  }
}
