package org.switchroom.acd;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;

/// Gives each waiting contact to the longest-idle agent who may take it, and each free agent the
/// contact that has to be served first.
///
/// Invariants, after each fact: no agent holds two contacts, no contact has two agents, and no
/// agent who could take a waiting contact is idle.
///
/// Not safe for threads: it has one writer.
public final class Router {
  private final Map<QueueId, Queue> queues = new LinkedHashMap<>();
  private final Map<AgentId, Agent> agents = new LinkedHashMap<>();
  private final Map<ContactId, Contact> contacts = new HashMap<>();
  private final Map<ContactId, Agent> talking = new HashMap<>();
  private final Map<OfferId, Reservation> reservations = new HashMap<>();

  /// Waiting contacts by what they ask for: an agent looks at the first of each, not at all of
  /// them.
  private final Map<SkillExpression, TreeSet<Contact>> waiting = new LinkedHashMap<>();

  private final TreeSet<Agent> idle = new TreeSet<>(Agent.LONGEST_IDLE);
  private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>(Deadline.EARLIEST);

  private long lastOffer;
  private long lastSequence;

  public Router(Collection<Queue> queues) {
    for (Queue queue : queues) {
      this.queues.put(queue.id(), queue);
      waiting.computeIfAbsent(queue.ask(), _ -> new TreeSet<>(Contact.SERVED_FIRST));
    }
  }

  /// A run that follows another begins its offer numbers above those of the first, so that a late
  /// answer to an old offer is never taken for a new one.
  public void startOffersAfter(long number) {
    lastOffer = Math.max(lastOffer, number);
  }

  /// Makes an agent known, logged out.
  ///
  /// @throws IllegalArgumentException when the name is taken
  public void addAgent(AgentId id, Skills skills) {
    if (agents.putIfAbsent(id, new Agent(id, skills)) != null) {
      throw new IllegalArgumentException("Agent %s exists already.".formatted(id));
    }
  }

  /// When the next [AcdEvent.TimePassed] is due; null: nothing is timed.
  public Instant nextDeadline() {
    return deadlines.isEmpty() ? null : deadlines.peek().at();
  }

  /// How many contacts wait with no offer out.
  public int waitingCount() {
    return waiting.values().stream().mapToInt(TreeSet::size).sum();
  }

  /// Takes one fact, changes its own state, and says what should now happen.
  public void on(AcdEvent event, DecisionSink out) {
    switch (event) {
      case AcdEvent.AgentLoggedIn(var at, var id) -> loggedIn(at, agent(id), out);
      case AcdEvent.AgentLoggedOut(var at, var id) -> loggedOut(at, agent(id), out);
      case AcdEvent.AgentReady(var at, var id) -> ready(at, agent(id), out);
      case AcdEvent.AgentNotReady(var at, var id, var reason) ->
          notReady(at, agent(id), reason, out);
      case AcdEvent.PhoneChanged(var at, var id, var available) ->
          phone(at, agent(id), available, out);
      case AcdEvent.ContactQueued queued -> queued(queued, out);
      case AcdEvent.ContactLeft(var at, var id) -> left(at, id, out);
      case AcdEvent.OfferRinging(var at, var id) -> ringing(at, id, out);
      case AcdEvent.OfferAccepted(var at, var id) -> accepted(at, id, out);
      case AcdEvent.OfferRejected(var at, var id, var reason) -> rejected(at, id, reason, out);
      case AcdEvent.ContactEnded(var at, var id) -> ended(at, id, out);
      case AcdEvent.WrapUpCompleted(var at, var id) -> wrapUpCompleted(at, agent(id), out);
      case AcdEvent.ContactAdopted adopted -> adopted(adopted, out);
      case AcdEvent.TimePassed _ -> {}
    }
    passTime(event.at(), out);
  }

  // ── Agents ──────────────────────────────────────────────────────────────────────────────────

  private void loggedIn(Instant at, Agent agent, DecisionSink out) {
    if (!(agent.state instanceof AgentState.LoggedOut)) return;
    move(at, agent, new AgentState.NotReady(at, AgentState.Reasons.LOGGED_IN), out);
  }

  private void loggedOut(Instant at, Agent agent, DecisionSink out) {
    if (agent.busy()) {
      pend(at, agent, new Decision.Pending.LogOut(), out);
    } else if (!(agent.state instanceof AgentState.LoggedOut)) {
      move(at, agent, new AgentState.LoggedOut(at), out);
    }
  }

  private void ready(Instant at, Agent agent, DecisionSink out) {
    switch (agent.state) {
      case AgentState.NotReady _ -> free(at, agent, out);
      case AgentState.InWrapUp wrapUp when !wrapUp.dispositionNeeded() -> {
        agent.pending = null;
        free(at, agent, out);
      }
      case AgentState.Reserved _,
          AgentState.Ringing _,
          AgentState.Talking _,
          AgentState.InWrapUp _ ->
          pend(at, agent, null, out);
      case AgentState.Ready _, AgentState.LoggedOut _ -> {}
    }
  }

  private void notReady(Instant at, Agent agent, String reason, DecisionSink out) {
    switch (agent.state) {
      case AgentState.LoggedOut _ -> {}
      case AgentState.Ready _, AgentState.NotReady _ ->
          move(at, agent, new AgentState.NotReady(at, reason), out);
      case AgentState.Reserved _,
          AgentState.Ringing _,
          AgentState.Talking _,
          AgentState.InWrapUp _ ->
          pend(at, agent, new Decision.Pending.NotReady(reason), out);
    }
  }

  private void phone(Instant at, Agent agent, boolean available, DecisionSink out) {
    if (agent.phoneAvailable == available) return;
    idle.remove(agent);
    agent.phoneAvailable = available;
    if (agent.offerable()) {
      idle.add(agent);
      offerTo(at, agent, out);
    }
  }

  private void wrapUpCompleted(Instant at, Agent agent, DecisionSink out) {
    if (agent.state instanceof AgentState.InWrapUp) free(at, agent, out);
  }

  private void pend(Instant at, Agent agent, Decision.Pending pending, DecisionSink out) {
    agent.pending = pending;
    out.accept(new Decision.AgentMoved(at, agent.id, agent.state, pending));
  }

  /// The agent has nothing to do any more: what they asked for meanwhile is done, or they are
  /// ready.
  private void free(Instant at, Agent agent, DecisionSink out) {
    Decision.Pending pending = agent.pending;
    agent.pending = null;
    switch (pending) {
      case null -> {
        agent.idleSince = at;
        move(at, agent, new AgentState.Ready(at), out);
        if (agent.offerable()) offerTo(at, agent, out);
      }
      case Decision.Pending.NotReady(var reason) ->
          move(at, agent, new AgentState.NotReady(at, reason), out);
      case Decision.Pending.LogOut() -> move(at, agent, new AgentState.LoggedOut(at), out);
    }
  }

  private void move(Instant at, Agent agent, AgentState state, DecisionSink out) {
    idle.remove(agent);
    agent.state = state;
    if (agent.offerable()) idle.add(agent);
    out.accept(new Decision.AgentMoved(at, agent.id, state, agent.pending));
  }

  // ── Contacts ────────────────────────────────────────────────────────────────────────────────

  private void queued(AcdEvent.ContactQueued queued, DecisionSink out) {
    Queue queue = queue(queued.queue());
    if (contacts.containsKey(queued.contact()) || talking.containsKey(queued.contact())) return;
    int priority = queue.priority() + queued.priority();
    var contact = new Contact(queued.contact(), queue, priority, queued.arrived(), ++lastSequence);
    contacts.put(contact.id, contact);
    wait(contact);
    offer(queued.at(), contact, out);
  }

  private void left(Instant at, ContactId id, DecisionSink out) {
    Contact contact = contacts.remove(id);
    if (contact == null) return;
    if (contact.offer == null) {
      waiting.get(contact.queue.ask()).remove(contact);
      return;
    }
    Reservation reservation = reservations.remove(contact.offer);
    out.accept(withdraw(at, reservation, Decision.Why.CALLER_LEFT));
    backToReady(at, reservation.agent(), out);
  }

  /// The caller went; the agent did nothing, so they keep their turn.
  private void backToReady(Instant at, Agent agent, DecisionSink out) {
    if (agent.pending != null) {
      free(at, agent, out);
      return;
    }
    move(at, agent, new AgentState.Ready(at), out);
    if (agent.offerable()) offerTo(at, agent, out);
  }

  private void ended(Instant at, ContactId id, DecisionSink out) {
    Agent agent = talking.remove(id);
    if (agent == null) return;
    Contact contact = contacts.remove(id);
    WrapUp wrapUp = contact.queue.wrapUp();
    if (wrapUp.mode() == WrapUp.Mode.NONE) {
      free(at, agent, out);
      return;
    }
    boolean timed = wrapUp.mode() == WrapUp.Mode.TIMED;
    Instant until = timed ? at.plus(wrapUp.limit()) : null;
    boolean needed = wrapUp.mode() == WrapUp.Mode.MANDATORY;
    var state = new AgentState.InWrapUp(at, id, until, needed);
    move(at, agent, state, out);
    if (timed) deadlines.add(new Deadline(until, new WrapUpEnds(agent, state)));
  }

  private void adopted(AcdEvent.ContactAdopted adopted, DecisionSink out) {
    Agent agent = agent(adopted.agent());
    Queue queue = queue(adopted.queue());
    if (agent.busy() || contacts.containsKey(adopted.contact())) return;
    var contact =
        new Contact(adopted.contact(), queue, queue.priority(), adopted.at(), ++lastSequence);
    contacts.put(contact.id, contact);
    talking.put(contact.id, agent);
    move(adopted.at(), agent, new AgentState.Talking(adopted.at(), contact.id), out);
  }

  // ── Offers ──────────────────────────────────────────────────────────────────────────────────

  private void ringing(Instant at, OfferId id, DecisionSink out) {
    Reservation reservation = reservations.get(id);
    if (reservation == null || !(reservation.agent().state instanceof AgentState.Reserved)) return;
    move(at, reservation.agent(), new AgentState.Ringing(at, id, reservation.contact().id), out);
  }

  private void accepted(Instant at, OfferId id, DecisionSink out) {
    Reservation reservation = reservations.remove(id);
    if (reservation == null) return;
    ContactId contact = reservation.contact().id;
    talking.put(contact, reservation.agent());
    move(at, reservation.agent(), new AgentState.Talking(at, contact), out);
  }

  private void rejected(Instant at, OfferId id, String reason, DecisionSink out) {
    Reservation reservation = reservations.remove(id);
    if (reservation == null) return;
    takeBack(at, reservation, reason, out);
  }

  /// The agent goes not ready first, so the contact is offered to somebody else.
  private void takeBack(Instant at, Reservation reservation, String reason, DecisionSink out) {
    Agent agent = reservation.agent();
    Contact contact = reservation.contact();
    boolean loggingOut = agent.pending instanceof Decision.Pending.LogOut;
    agent.pending = null;
    AgentState next =
        loggingOut ? new AgentState.LoggedOut(at) : new AgentState.NotReady(at, reason);
    move(at, agent, next, out);
    contact.offer = null;
    wait(contact);
    offer(at, contact, out);
  }

  private void wait(Contact contact) {
    waiting.get(contact.queue.ask()).add(contact);
  }

  private void offer(Instant at, Contact contact, DecisionSink out) {
    for (Agent agent : idle) {
      if (contact.queue.ask().matches(agent.skills)) {
        reserve(at, contact, agent, out);
        return;
      }
    }
  }

  private void offerTo(Instant at, Agent agent, DecisionSink out) {
    Contact first = null;
    for (var entry : waiting.entrySet()) {
      if (entry.getValue().isEmpty() || !entry.getKey().matches(agent.skills)) continue;
      Contact candidate = entry.getValue().first();
      if (first == null || Contact.SERVED_FIRST.compare(candidate, first) < 0) first = candidate;
    }
    if (first != null) reserve(at, first, agent, out);
  }

  private void reserve(Instant at, Contact contact, Agent agent, DecisionSink out) {
    if (contact.offer != null || !agent.offerable()) {
      throw new IllegalStateException(
          "Agent %s is %s, contact %s has offer %s: they cannot be matched. Maybe an index was not kept."
              .formatted(agent.id, agent.state, contact.id, contact.offer));
    }
    var id = new OfferId(++lastOffer);
    var reservation = new Reservation(id, contact, agent, at.plus(contact.queue.offerTimeout()));
    waiting.get(contact.queue.ask()).remove(contact);
    contact.offer = id;
    reservations.put(id, reservation);
    deadlines.add(new Deadline(reservation.expires(), new OfferExpires(id)));
    move(at, agent, new AgentState.Reserved(at, id, contact.id), out);
    out.accept(new Decision.Offer(at, id, contact.id, contact.queue.id(), agent.id));
  }

  private static Decision.Withdraw withdraw(Instant at, Reservation reservation, Decision.Why why) {
    return new Decision.Withdraw(
        at, reservation.id(), reservation.contact().id, reservation.agent().id, why);
  }

  // ── Time ────────────────────────────────────────────────────────────────────────────────────

  private sealed interface Due {}

  private record OfferExpires(OfferId offer) implements Due {}

  private record WrapUpEnds(Agent agent, AgentState.InWrapUp state) implements Due {}

  private record Deadline(Instant at, Due due) {
    static final Comparator<Deadline> EARLIEST = Comparator.comparing(Deadline::at);
  }

  private void passTime(Instant now, DecisionSink out) {
    while (!deadlines.isEmpty() && !deadlines.peek().at().isAfter(now)) {
      switch (deadlines.poll().due()) {
        case OfferExpires(var offer) -> {
          Reservation reservation = reservations.remove(offer);
          if (reservation != null) {
            out.accept(withdraw(now, reservation, Decision.Why.NO_ANSWER));
            takeBack(now, reservation, AgentState.Reasons.NO_ANSWER, out);
          }
        }
        case WrapUpEnds(var agent, var state) -> {
          if (agent.state == state) free(now, agent, out);
        }
      }
    }
  }

  // ── Looking ─────────────────────────────────────────────────────────────────────────────────

  public AgentState stateOf(AgentId id) {
    return agent(id).state;
  }

  /// Contacts of a queue that wait with no offer out, in the order in which they will be served.
  public List<ContactId> waitingIn(QueueId id) {
    var found = new ArrayList<ContactId>();
    for (Contact contact : waiting.get(queue(id).ask())) {
      if (contact.queue.id().equals(id)) found.add(contact.id);
    }
    return found;
  }

  private Agent agent(AgentId id) {
    Agent agent = agents.get(id);
    if (agent == null) {
      throw new IllegalArgumentException(
          "Agent %s is not known. Maybe they were never added.".formatted(id));
    }
    return agent;
  }

  private Queue queue(QueueId id) {
    Queue queue = queues.get(id);
    if (queue == null) {
      throw new IllegalArgumentException(
          "Queue %s is not known. Known are %s.".formatted(id, queues.keySet()));
    }
    return queue;
  }
}
