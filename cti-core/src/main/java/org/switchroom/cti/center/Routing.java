package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.switchroom.acd.AcdEvent;
import org.switchroom.acd.AgentMemory;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.ContactKind;
import org.switchroom.acd.Decision;
import org.switchroom.acd.DueMemory;
import org.switchroom.acd.Explainer;
import org.switchroom.acd.MemoryChange;
import org.switchroom.acd.MemoryFold;
import org.switchroom.acd.NotLoaded;
import org.switchroom.acd.Router;
import org.switchroom.acd.RouterMemory;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.skill.ExpressionSyntaxException;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.contact.Stay;
import org.switchroom.cti.event.AgentEvent;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.ContactPickedUp;
import org.switchroom.cti.event.ContactEvent.ContactQueued;
import org.switchroom.cti.event.ContactEvent.OfferEnded;
import org.switchroom.cti.event.ContactEvent.OfferRinging;
import org.switchroom.cti.event.ContactEvent.PriorityChanged;
import org.switchroom.cti.event.ContactEvent.TalkEnded;
import org.switchroom.cti.event.ContactEvent.WrapUpDone;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.OfferEnd;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.WrapUpEnd;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneState;

/// The router's place in the engine: it hears of events while they are applied, and what it decides
/// waits to be decided on.
///
/// While a ledger is read again it is not there: what it alone remembers is folded from the events,
/// and [#begin] builds it once, deciding nothing.
final class Routing implements Routed {
  /// Where agents' phones are.
  private static final PbxId PHONES = PbxId.MAIN;

  /// Ends of wrap-ups of which the router is told; every other is its own decision.
  private static final Set<WrapUpEnd> TOLD =
      EnumSet.of(WrapUpEnd.SAID, WrapUpEnd.LEFT, WrapUpEnd.NONE);

  private final ArrayDeque<Decision> decisions = new ArrayDeque<>();
  private final MemoryFold memory = new MemoryFold();

  /// What a start has changed of what was remembered.
  private final List<MemoryChange> begun = new ArrayList<>();

  private Optional<Router> router = Optional.empty();
  private Optional<Explainer> explainer = Optional.empty();

  /// Whether it decides already, or what has become of those it knows is not known yet.
  private boolean decides;

  /// [#begin] comes before everything that asks for them.
  @SuppressWarnings("NullAway.Init")
  private CenterPlan plan;

  @SuppressWarnings("NullAway.Init")
  private CenterPlan next;

  /// Of a router that is still to begin.
  void explain(Explainer to) {
    explainer = Optional.of(to);
  }

  /// From here on there is a router, with everything that it remembered. It decides nothing before
  /// [CenterEvent.Reconciled].
  ///
  /// @param remembered what fits of [#memory]
  /// @param offers are numbered from here at least
  /// @param down rings and wrap-ups end so much later
  /// @return what the configuration has no place for any more
  List<NotLoaded> begin(
      Instant at, CenterPlan configured, RouterMemory remembered, long offers, Duration down) {
    plan = configured;
    next = configured;
    var fresh = new Router();
    fresh.remember(true);
    explainer.ifPresent(fresh::explain);
    RouterMemory known = memory.memory();
    RouterMemory later = later(remembered, down);
    begun.addAll(later.changesSince(known));
    List<NotLoaded> left = fresh.load(at, configured.forRouter(), later);
    fresh.startOffersAfter(offers);
    fresh.holdBack();
    router = Optional.of(fresh);
    tell(new AcdEvent.PhonesReachable(at, false));
    return left;
  }

  private static RouterMemory later(RouterMemory memory, Duration down) {
    if (down.isZero()) return memory;
    return new RouterMemory(
        memory.queues(),
        memory.shares(),
        memory.removedQueues(),
        memory.agents().stream().map(agent -> later(agent, down)).toList(),
        memory.contacts(),
        memory.counters());
  }

  private static AgentMemory later(AgentMemory agent, Duration down) {
    if (agent.inHand().isEmpty()) return agent;
    return agent.with(
        agent.inHand().stream()
            .map(
                one ->
                    one.endsAt(
                        one.ends().map(due -> new DueMemory(due.at().plus(down), due.number()))))
            .toList());
  }

  /// The configuration of which [CenterEvent.ConfigurationTaken] will tell.
  void configure(CenterPlan configured) {
    next = configured;
  }

  /// Whether there is a router: from the start on.
  boolean begun() {
    return router.isPresent();
  }

  /// Whether who waits is offered by now.
  boolean decides() {
    return decides;
  }

  Router router() {
    return router.orElseThrow(() -> new IllegalStateException("There is no router yet."));
  }

  Optional<Decision> nextDecision() {
    return Optional.ofNullable(decisions.poll());
  }

  /// What it remembers otherwise than it did when it was asked last.
  List<MemoryChange> changes() {
    var changes = new ArrayList<MemoryChange>(begun);
    begun.clear();
    router.ifPresent(one -> one.drainChanges(changes::add));
    return changes;
  }

  /// All of it.
  RouterMemory memory() {
    return router.map(Router::memory).orElseGet(memory::memory);
  }

  @Override
  public void remembers(MemoryChange change) {
    if (router.isEmpty()) memory.apply(change);
  }

  /// Takes up what another remembered.
  void restore(RouterMemory memory) {
    memory.changesSince(RouterMemory.EMPTY).forEach(this::remembers);
  }

  @Override
  public void heard(Event event, Instant at, State state) {
    if (router.isEmpty()) return;
    switch (event) {
      case ContactQueued e -> queued(e, at, state);
      case ContactPickedUp e -> pickedUp(e, at);
      case PriorityChanged(var contact, var stay, var points) ->
          tell(new AcdEvent.PriorityChanged(at, Stay.routed(contact, stay), points));
      // Who overflows has left already, by the router's own decision.
      case ContactLeft e when e.end() != StayEnd.OVERFLOWED -> left(e, at, state);
      case OfferRinging(_, var offer, _) -> tell(new AcdEvent.OfferRinging(at, offer));
      case OfferEnded e -> offerEnded(e, at);
      case ContactAnswered e when isMade(e) -> calls(e, at, state);
      case ContactAnswered e -> answered(e, at);
      case TalkEnded e ->
          tell(new AcdEvent.ContactEnded(at, Stay.routed(e.contact(), e.stay()), e.ended()));
      case WrapUpDone e when TOLD.contains(e.end()) ->
          tell(new AcdEvent.WrapUpCompleted(at, Stay.routed(e.contact(), e.stay())));
      case AgentEvent.PresenceAsked(var agent, var presence) -> asked(agent, presence, at);
      // Who has logged out has closed it themselves.
      case AgentEvent.DeskLost(var agent) when !isLoggingOut(agent, state) ->
          asked(agent, new AgentEvent.Presence.NotReady(AgentState.Reasons.DESK_LOST), at);
      case CenterEvent.PhoneChanged(var pbx, var phone, _) when pbx.equals(PHONES) ->
          new Phones(state, plan).with(phone).forEach(agent -> phone(agent, state, at));
      case AgentEvent.PhoneTaken(var agent, _) -> phone(agent, state, at);
      case AgentEvent.PhoneLeft(var agent) -> phone(agent, state, at);
      // Whoever logs out sits nowhere.
      case AgentEvent.AgentMoved(var agent, AgentState.LoggedOut _, _) -> phone(agent, state, at);
      case CenterEvent.PbxConnected(var pbx) when pbx.equals(PHONES) -> {
        phones(state, at);
        tell(new AcdEvent.PhonesReachable(at, true));
      }
      case CenterEvent.PbxDisconnected(var pbx, _) when pbx.equals(PHONES) ->
          tell(new AcdEvent.PhonesReachable(at, false));
      case CenterEvent.ConfigurationTaken _ -> configured(state, at);
      case CenterEvent.Reconciled _ -> {
        decides = true;
        router().goOn();
        tell(new AcdEvent.TimePassed(at));
      }
      case CenterEvent.TimePassed _ -> tell(new AcdEvent.TimePassed(at));
      case CenterEvent.WallClockSet(var ahead) -> tell(new AcdEvent.WallClockSet(at, ahead));
      default -> {}
    }
  }

  private static boolean isLoggingOut(AgentId agent, State state) {
    return state.agent(agent).filter(AgentSession::isLoggingOut).isPresent();
  }

  private void queued(ContactQueued e, Instant at, State state) {
    QueueRequest request = e.request();
    var preferred =
        request
            .preferred()
            .filter(plan::has)
            .map(agent -> new AcdEvent.Preferred(agent, request.preferredFor()));
    tell(
        new AcdEvent.ContactQueued(
            at,
            Stay.routed(e.contact(), e.stay()),
            e.queue(),
            e.since(),
            e.priority(),
            expression(request.ask()),
            preferred,
            state.contact(e.contact()).map(Contact::kind).orElse(ContactKind.CALLER),
            request.passedOver()));
  }

  /// The agent is ready for nobody but whom they have picked up: who waits in a queue is not asked
  /// first.
  private void pickedUp(ContactPickedUp e, Instant at) {
    router().holdBack();
    tell(new AcdEvent.AgentReady(at, e.agent()));
    router().goOn();
    tell(
        new AcdEvent.ContactQueued(
            at,
            Stay.routed(e.contact(), e.stay()),
            e.queue(),
            at,
            e.priority(),
            SkillExpression.ANY,
            Optional.of(new AcdEvent.Preferred(e.agent(), e.request().preferredFor())),
            ContactKind.CALLER));
  }

  private void left(ContactLeft e, Instant at, State state) {
    Instant since =
        state
            .contact(e.contact())
            .flatMap(Contact::stay)
            .map(Stay::since)
            .orElse(at.minus(e.waited()));
    AcdEvent.Departure how =
        switch (e.end()) {
          case ABANDONED -> AcdEvent.Departure.ABANDONED;
          case CHOSE -> AcdEvent.Departure.CHOSE;
          case OVERFLOWED, FELL_BACK, PUT_THROUGH, PARKED, PBX_FAULT, SET_ASIDE ->
              AcdEvent.Departure.UNCOUNTED;
        };
    ContactId routed = Stay.routed(e.contact(), e.stay());
    tell(new AcdEvent.ContactLeft(at, routed, how, since.plus(e.waited())));
  }

  /// What a script or a PBX says is checked: what cannot be read asks for nothing.
  static SkillExpression expression(String text) {
    if (text.isBlank()) return SkillExpression.ANY;
    try {
      return SkillExpression.parse(text);
    } catch (ExpressionSyntaxException e) {
      return SkillExpression.ANY;
    }
  }

  /// Those that the router has taken back itself it does not know any more.
  private void offerEnded(OfferEnded e, Instant at) {
    if (e.end().missed()) tell(new AcdEvent.OfferRejected(at, e.offer(), reason(e.end())));
    else if (e.end() == OfferEnd.LOST || e.end() == OfferEnd.OWN_CALL)
      tell(new AcdEvent.OfferLost(at, e.offer()));
  }

  private static String reason(OfferEnd end) {
    return switch (end) {
      case NO_ANSWER -> AgentState.Reasons.NO_ANSWER;
      case BUSY -> AgentState.Reasons.PHONE_BUSY;
      case UNREACHABLE -> AgentState.Reasons.PHONE_UNREACHABLE;
      case DECLINED -> AgentState.Reasons.DECLINED;
      case CALLER_LEFT, TAKEN, AGENT_LEFT, OWN_CALL, LOST ->
          throw new IllegalArgumentException(end + " is nobody's fault.");
    };
  }

  private void answered(ContactAnswered e, Instant at) {
    if (e.offer().isPresent()) {
      tell(new AcdEvent.OfferAccepted(at, e.offer().get(), e.answered(), !e.handedOver()));
      return;
    }
    ContactId routed = Stay.routed(e.contact(), e.stay());
    if (!router().knows(e.agent())) {
      tell(new AcdEvent.ContactLeft(at, routed, AcdEvent.Departure.SERVED, e.answered()));
    } else {
      tell(
          new AcdEvent.ContactAdopted(
              at,
              routed,
              plan.queueFor(e.queue(), false),
              e.agent(),
              e.answered(),
              Optional.of(e.answered().minus(e.waited())).filter(_ -> counts(e))));
    }
  }

  /// Whether the agent has called them, and not a later one got them.
  private static boolean isMade(ContactAnswered e) {
    return ContactEvent.isMade(e.contact()) && e.offer().isEmpty() && e.stay() == 1;
  }

  /// Who calls somebody is afterwards as they were, and is offered nothing else by it.
  private void calls(ContactAnswered e, Instant at, State state) {
    Optional<String> reason =
        state
            .agent(e.agent())
            .map(AgentSession::state)
            .filter(AgentState.NotReady.class::isInstance)
            .map(before -> ((AgentState.NotReady) before).reason());
    router().holdBack();
    answered(e, at);
    reason.ifPresent(same -> tell(new AcdEvent.AgentNotReady(at, e.agent(), same)));
    router().goOn();
    tell(new AcdEvent.TimePassed(at));
  }

  private static boolean counts(ContactAnswered e) {
    return !e.handedOver() && !ContactEvent.isConsultation(e.contact());
  }

  private void asked(AgentId agent, AgentEvent.Presence presence, Instant at) {
    if (!router().knows(agent)) return;
    tell(
        switch (presence) {
          case AgentEvent.Presence.LoggedIn() -> new AcdEvent.AgentLoggedIn(at, agent);
          case AgentEvent.Presence.LoggedOut() -> new AcdEvent.AgentLoggedOut(at, agent);
          case AgentEvent.Presence.Ready() -> new AcdEvent.AgentReady(at, agent);
          case AgentEvent.Presence.NotReady(var reason) ->
              new AcdEvent.AgentNotReady(at, agent, reason);
        });
  }

  private void phones(State state, Instant at) {
    for (AgentSettings agent : plan.settings().agents()) phone(agent.id(), state, at);
  }

  /// A phone of which the PBX has not told yet is as it was.
  private void phone(AgentId agent, State state, Instant at) {
    if (!router().knows(agent)) return;
    PhoneState phone = new Phones(state, plan).stateOf(agent, PHONES);
    if (phone == PhoneState.UNKNOWN && !state.connected(PHONES)) return;
    tell(new AcdEvent.PhoneChanged(at, agent, phone.available()));
  }

  private void configured(State state, Instant at) {
    CenterPlan before = plan;
    plan = next;
    plan.changes(at, before).forEach(this::tell);
    phones(state, at);
  }

  /// Nothing of the kind has happened: the router is to decide on it no more.
  void forget(ContactId routed, Instant at) {
    tell(new AcdEvent.ContactLeft(at, routed, AcdEvent.Departure.UNCOUNTED, at));
  }

  private void tell(AcdEvent fact) {
    router().on(fact, decisions::add);
  }

  /// Whether the router has this stay with the agent, from the offer to the end of the wrap-up.
  boolean has(AgentId agent, Contact contact, int stay) {
    return router().knows(agent) && router().has(agent, Stay.routed(contact.id(), stay));
  }
}
