package org.switchroom.acd;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Overflow.Trigger;
import org.switchroom.acd.plan.Policy;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Reserve;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.plan.RoutingStep;
import org.switchroom.acd.plan.ServiceLevelRule;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.plan.Urgency;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.Figure;
import org.switchroom.acd.skill.SkillExpression;

/// The same rules written the slow and obvious way: everybody is looked at, each time. Nothing is
/// indexed, nothing is kept that could be found by looking, and nothing is shared with the real one
/// but the values of the configuration.
final class NaiveRouter {
  private static final class A {
    AgentProfile profile;
    boolean in;
    boolean ready;
    boolean phone;
    boolean leaving;
    long since;
    String reason = "";
    Decision.Pending pending;
    final List<H> held = new ArrayList<>();
    long turn;
    long freeSince;
    int handled;
    int misses;
    int othersHandled;
    double share;
    long shareAsOf;
  }

  private static final class C {
    ContactId id;
    Q queue;
    long arrived;
    long entered;
    long stepsFrom;
    long sequence;
    int own;
    ContactKind kind = ContactKind.CALLER;
    SkillExpression ownAsk = SkillExpression.ANY;
    A preferred;
    long preferredUntil;
    List<AgentId> passedOver = List.of();
    final List<AgentId> missedBy = new ArrayList<>();
    int step;
    int version;
    int stepPriority;
    long stepEnds;
    SkillExpression ask;
    final List<QueueId> visited = new ArrayList<>();
    boolean waiting;

    /// Where all are rung: the last group that is.
    int reach;

    final List<H> held = new ArrayList<>();

    int priority() {
      return Urgency.sum((long) queue.set.urgency().priority() + own + stepPriority);
    }
  }

  /// A contact held by an agent.
  private static final class H {
    long offer;
    C contact;
    A agent;
    Channel channel;
    String state;
    long since;
    long accepted;
    long talked;
    Instant until;

    boolean offer() {
      return state.equals("reserved") || state.equals("ringing");
    }
  }

  private static final class Q {
    Queue set;
    int version;
    Q successor;
    A last;
    double handle;
    int handled;
    final Map<AgentId, Long> paid = new HashMap<>();

    /// What the others had paid when an agent stopped being ready.
    final Map<AgentId, Long> othersPaid = new HashMap<>();

    final List<Boolean> served = new ArrayList<>();
  }

  private record Due(long at, long number, Object owner, String kind) {}

  private final Map<QueueId, Q> queues = new LinkedHashMap<>();
  private final Map<AgentId, A> agents = new TreeMap<>();
  private final List<C> contacts = new ArrayList<>();
  private final List<Due> dues = new ArrayList<>();
  private RoutingPlan routing = RoutingPlan.DEFAULT;
  private List<Decision> out;
  private long now;
  private long offers;
  private long numbers;
  private long turns;
  private long dueNumbers;
  private boolean occupancy;
  private Duration wallAhead = Duration.ZERO;
  private boolean phonesReachable = true;
  long asked;
  long otherwise;

  /// Off only while a benchmark fills it, when nobody is free for those who wait.
  boolean sweeps = true;

  List<Decision> on(AcdEvent event) {
    out = new ArrayList<>();
    now = RouterTime.nanos(event.at());
    switch (event) {
      case AcdEvent.QueueConfigured(_, var set) -> configure(set);
      case AcdEvent.QueueRemoved(_, var id, var otherwise) -> {
        Q queue = queues.remove(id);
        cancel(queue, "closes");
        queue.successor = queues.get(otherwise);
        for (C contact : contacts) {
          if (contact.queue != queue || contact.waiting) continue;
          cancel(contact, "step");
          cancel(contact, "waited");
        }
        List<C> waiting = waiting(queue);
        waiting.forEach(contact -> contact.waiting = false);
        waiting.forEach(this::toSuccessor);
        reconfigured();
      }
      case AcdEvent.AgentConfigured(_, var profile) -> {
        A agent = agents.get(profile.id());
        if (agent == null) {
          agent = new A();
          agent.profile = profile;
          agent.since = now;
          agents.put(profile.id(), agent);
        } else {
          boolean others = !agent.profile.skills().equals(profile.skills());
          agent.profile = profile;
          agent.leaving = false;
          if (others && agent.ready) comes(agent);
          release(agent);
          pick(agent);
        }
        reconfigured();
      }
      case AcdEvent.AgentRemoved(_, var id) -> removeAgent(agents.get(id));
      case AcdEvent.RoutingConfigured(_, var other) -> {
        routing = other;
        asked = 0;
        otherwise = 0;
        reconfigured();
      }
      case AcdEvent.AgentLoggedIn(_, var id) -> {
        A agent = agents.get(id);
        if (!agent.in) {
          agent.share = 0;
          agent.shareAsOf = now;
          agent.misses = 0;
          move(agent, true, false, "logged-in");
        } else if (agent.pending instanceof Decision.Pending.LogOut && !agent.leaving) {
          pend(agent, new Decision.Pending.NotReady("logged-in"));
        }
      }
      case AcdEvent.AgentLoggedOut(_, var id) -> {
        A agent = agents.get(id);
        if (!agent.held.isEmpty()) pend(agent, new Decision.Pending.LogOut());
        else if (agent.in) move(agent, false, false, "");
      }
      case AcdEvent.AgentReady(_, var id) -> ready(agents.get(id));
      case AcdEvent.AgentNotReady(_, var id, var reason) -> {
        A agent = agents.get(id);
        if (!agent.held.isEmpty()) pend(agent, new Decision.Pending.NotReady(reason));
        else if (agent.in) move(agent, true, false, reason);
      }
      case AcdEvent.PhoneChanged(_, var id, var available) -> {
        A agent = agents.get(id);
        if (agent.phone != available) {
          agent.phone = available;
          release(agent);
          pick(agent);
        }
      }
      case AcdEvent.PhonesReachable(_, var reachable) -> phonesReachable = reachable;
      case AcdEvent.ContactQueued queued -> queued(queued);
      case AcdEvent.PriorityChanged(_, var id, var priority) -> {
        C contact = contact(id);
        if (contact != null) contact.own = priority;
      }
      case AcdEvent.ContactLeft(_, var id, var how, var left) ->
          left(contact(id), how, RouterTime.nanos(left));
      case AcdEvent.OfferRinging(_, var id) -> {
        H held = offer(id);
        if (held != null && held.state.equals("reserved")) enter(held, "ringing");
      }
      case AcdEvent.OfferAccepted(_, var id, var answered, var counts) ->
          accepted(offer(id), RouterTime.nanos(answered), counts);
      case AcdEvent.OfferRejected(_, var id, var reason) -> {
        H held = offer(id);
        if (held != null && reason.equals("no-answer") && ringsAll(held.contact)) {
          release(held);
          keepsTurn(held.agent);
          rungOut(held.contact, held.agent);
        } else {
          takeBack(held, reason);
        }
      }
      case AcdEvent.OfferLost(_, var id) -> lost(offer(id));
      case AcdEvent.ConsultStarted(_, var id) -> consult(contact(id), "talking", "consulting");
      case AcdEvent.ConsultEnded(_, var id) -> consult(contact(id), "consulting", "talking");
      case AcdEvent.ContactEnded(_, var id, var over) -> ended(contact(id), RouterTime.nanos(over));
      case AcdEvent.WrapUpCompleted(_, var id) -> {
        C contact = contact(id);
        H held = contact == null || contact.held.isEmpty() ? null : contact.held.getFirst();
        if (held != null && held.state.equals("wrap-up")) finish(held);
      }
      case AcdEvent.ContactAdopted e ->
          adopted(e, queues.get(e.queue()), agents.get(e.agent()), RouterTime.nanos(e.answered()));
      case AcdEvent.TimePassed _ -> {}
      case AcdEvent.WallClockSet(_, var ahead) -> wallClock(ahead);
    }
    sweep();
    for (Due due = nextDue(); due != null && due.at() <= now; due = nextDue()) {
      dues.remove(due);
      fire(due);
      sweep();
    }
    return out;
  }

  Optional<Instant> nextDeadline() {
    return Optional.ofNullable(nextDue()).map(due -> RouterTime.instant(due.at()));
  }

  List<ContactId> waitingIn(QueueId queue) {
    return waiting(queues.get(queue)).stream().map(contact -> contact.id).toList();
  }

  /// The places of all who wait, or are offered, in a queue.
  Map<ContactId, Integer> places(QueueId queue) {
    List<C> before =
        contacts.stream()
            .filter(one -> one.queue == queues.get(queue))
            .filter(one -> one.waiting || one.held.stream().anyMatch(H::offer))
            .sorted(byScore(routing.policy(), null))
            .toList();
    var places = new LinkedHashMap<ContactId, Integer>();
    for (C one : before) places.put(one.id, places.size() + 1);
    return places;
  }

  /// How long until each of those who wait, or are offered, in a queue is offered; empty: never.
  Map<ContactId, Optional<Duration>> expectedWaits(QueueId queue) {
    var waits = new LinkedHashMap<ContactId, Optional<Duration>>();
    int waiting = 0;
    for (ContactId id : places(queue).keySet()) {
      C contact = contact(id);
      if (contact.waiting) waiting++;
      waits.put(id, expectedWait(contact, waiting));
    }
    return waits;
  }

  private Optional<Duration> expectedWait(C contact, int place) {
    if (!contact.waiting) return Optional.of(Duration.ZERO);
    Channel channel = contact.queue.set.channel();
    List<A> matching =
        agents.values().stream()
            .filter(agent -> contact.ask.matches(agent.profile.skills()))
            .toList();
    boolean others =
        matching.stream()
            .anyMatch(one -> staffed(one) && !contact.passedOver.contains(one.profile.id()));
    List<A> asked =
        matching.stream()
            .filter(one -> !others || !contact.passedOver.contains(one.profile.id()))
            .toList();
    long free =
        asked.stream()
            .filter(agent -> capable(agent, channel) && !kept(agent, contact.queue))
            .count();
    int atATime = 0;
    for (A agent : asked) {
      Capacity has = agent.profile.capacity();
      if (staffed(agent) && takes(agent, channel))
        atATime += Math.min(has.of(channel), has.total());
    }
    if (atATime == 0) return Optional.empty();
    var handle = BigInteger.valueOf(Math.round(contact.queue.handle * 1e3));
    var nanos =
        handle
            .multiply(BigInteger.valueOf(Math.max(place - free, 0)))
            .divide(BigInteger.valueOf(atATime));
    var most = BigInteger.valueOf(Duration.ofHours(2).toNanos());
    return Optional.of(Duration.ofNanos(nanos.min(most).longValueExact()));
  }

  // ── Who could have whom ─────────────────────────────────────────────────────────────────────

  private boolean capable(A agent, Channel channel) {
    return agent.ready
        && agent.pending == null
        && (channel != Channel.VOICE || agent.phone && phonesReachable)
        && agent.held.size() < agent.profile.capacity().total()
        && agent.held.stream().filter(held -> held.channel == channel).count()
            < agent.profile.capacity().of(channel)
        && agent.held.stream()
            .allMatch(
                held ->
                    held.channel == channel
                        || !agent.profile.capacity().exclusive().contains(held.channel));
  }

  private boolean serves(A agent, C contact) {
    return contact.preferred != null
        ? contact.preferred == agent
        : contact.ask.matches(agent.profile.skills());
  }

  private boolean couldHave(A agent, C contact) {
    return capable(agent, contact.queue.set.channel())
        && serves(agent, contact)
        && !passedOver(agent, contact, contact.ask)
        && (contact.preferred != null || !kept(agent, contact.queue));
  }

  /// They have sent it away, and somebody else is there.
  private boolean passedOver(A agent, C contact, SkillExpression ask) {
    return contact.preferred == null
        && contact.passedOver.contains(agent.profile.id())
        && agents.values().stream()
            .filter(one -> !contact.passedOver.contains(one.profile.id()))
            .anyMatch(one -> staffed(one) && ask.matches(one.profile.skills()));
  }

  private boolean kept(A agent, Q queue) {
    for (Reserve reserve : routing.reserves()) {
      if (reserve.queues().contains(queue.set.id())) continue;
      if (!reserve.group().matches(agent.profile.skills())) continue;
      long free =
          agents.values().stream()
              .filter(one -> reserve.group().matches(one.profile.skills()))
              .filter(one -> capable(one, queue.set.channel()))
              .count();
      if (free <= reserve.keep()) return true;
    }
    return false;
  }

  private Stream<C> servable(A agent) {
    return contacts.stream().filter(contact -> contact.waiting && couldHave(agent, contact));
  }

  // ── In which order ──────────────────────────────────────────────────────────────────────────

  private int liking(A agent, C contact) {
    int place = agent.profile.prefers().indexOf(contact.queue.set.id());
    return place >= 0 ? place : agent.profile.prefers().size();
  }

  private Comparator<C> byScore(Policy policy, A agent) {
    Function<C, long[]> score = contact -> score(policy, contact, agent);
    return Comparator.<C>comparingInt(contact -> agent == null ? 0 : liking(agent, contact))
        .thenComparing(score, (a, b) -> Long.compare(b[0], a[0]))
        .thenComparingInt(contact -> live(contact) ? 0 : 1)
        .thenComparing(score, (a, b) -> Long.compare(b[1], a[1]))
        .thenComparingLong(contact -> contact.arrived)
        .thenComparingLong(contact -> contact.sequence);
  }

  /// Whether somebody is on the line.
  private static boolean live(C contact) {
    return switch (contact.queue.set.channel()) {
      case VOICE, CHAT -> true;
      case MAIL, TASK -> false;
    };
  }

  private long[] score(Policy policy, C contact, A agent) {
    Queue set = contact.queue.set;
    long wait = Math.floorDiv(now, 1_000) - Math.floorDiv(contact.arrived, 1_000);
    long counts = live(contact) || set.urgency().aging() > 0 ? wait : 0;
    long urgency = contact.priority() * 3_600_000_000L + set.urgency().aging() * wait;
    SkillExpression ask = contact.preferred == null ? contact.ask : set.ask();
    int proficiency = agent == null ? 0 : ask.proficiency(agent.profile.skills());
    return switch (policy) {
      case Policy.LongestIdle _ -> new long[] {urgency, set.urgency().weight() * wait};
      case Policy.Weighted(var waited, var priority, var skill, _) ->
          new long[] {
            waited * counts
                + 1_000_000L * priority * contact.priority()
                + 1_000_000L * skill * proficiency,
            0
          };
      case Policy.GeneralizedCMu _ -> {
        long credit = contact.priority() * 60_000_000L + counts;
        double index = set.objectives().cost() * (double) credit / contact.queue.handle;
        yield new long[] {Sortable.of(index), credit};
      }
      case Policy.QueueRatio _ -> {
        long ratios = queues.values().stream().mapToLong(q -> q.set.objectives().ratio()).sum();
        long all = contacts.stream().filter(one -> one.waiting).count();
        yield new long[] {
          waiting(contact.queue).size() * ratios - set.objectives().ratio() * all, urgency
        };
      }
    };
  }

  /// The free agents that a contact could have, best first.
  private List<A> ranked(Policy policy, C contact) {
    Strategy strategy = contact.queue.set.strategy();
    List<A> able =
        new ArrayList<>(
            agents.values().stream().filter(agent -> couldHave(agent, contact)).toList());
    if (contact.preferred != null) return able;
    boolean others =
        able.stream().anyMatch(agent -> !contact.missedBy.contains(agent.profile.id()));
    if (others && !ringsAll(contact)) {
      able.removeIf(agent -> contact.missedBy.contains(agent.profile.id()));
    }
    Comparator<A> fixed =
        Comparator.<A>comparingInt(agent -> agent.profile.order())
            .thenComparing(agent -> agent.profile.id());
    Comparator<A> tier =
        Comparator.<A>comparingInt(agent -> group(strategy, agent))
            .thenComparingInt(agent -> agent.held.size());
    Comparator<A> idle = Comparator.comparingLong(agent -> agent.turn);
    if (policy instanceof Policy.Weighted(_, _, var skill, var wait)) {
      able.sort(
          tier.thenComparingLong(
                  agent ->
                      wait * Math.floorDiv(agent.freeSince, 1_000)
                          - 1_000_000L * skill * proficiency(agent, contact))
              .thenComparing(idle));
      return able;
    }
    able.sort(tier.thenComparing(fixed));
    if (able.isEmpty()) return able;
    switch (strategy.kind()) {
      case LINEAR -> {}
      case ROUND_ROBIN -> {
        A last = contact.queue.last;
        able.sort(
            tier.thenComparingInt(agent -> last != null && fixed.compare(agent, last) > 0 ? 0 : 1)
                .thenComparing(fixed));
      }
      case RANDOM -> {
        long first =
            able.stream().filter(agent -> tier.compare(agent, able.getFirst()) == 0).count();
        var drawn = new RoutedContact(0, contact.id, new QueueState(0, contact.queue.set));
        drawn.sequence = contact.sequence;
        A chosen = able.get((int) Long.remainderUnsigned(IdleOrder.draw(drawn), first));
        able.remove(chosen);
        able.addFirst(chosen);
      }
      default ->
          able.sort(tier.thenComparingLong(agent -> key(agent, contact)).thenComparing(idle));
    }
    return able;
  }

  private static int group(Strategy strategy, A agent) {
    int group = 0;
    for (SkillExpression one : strategy.tries()) {
      if (one.matches(agent.profile.skills())) return group;
      group++;
    }
    return group;
  }

  private static int proficiency(A agent, C contact) {
    return contact.ask.proficiency(agent.profile.skills());
  }

  /// Of the time until now.
  private double busyShare(A agent) {
    double decay = StrictMath.exp(-Math.max(now - agent.shareAsOf, 0) / 3.6e12);
    return agent.held.isEmpty() ? agent.share * decay : 1 - (1 - agent.share) * decay;
  }

  private long key(A agent, C contact) {
    return switch (contact.queue.set.strategy().kind()) {
      case LEAST_OCCUPIED -> Sortable.of(busyShare(agent));
      case FEWEST_CONTACTS -> agent.handled;
      case MOST_SKILLED -> -proficiency(agent, contact);
      case LEAST_SKILLED -> proficiency(agent, contact);
      case PERCENT_ALLOCATION -> contact.queue.paid.getOrDefault(agent.profile.id(), 0L);
      default -> 0;
    };
  }

  // ── Matching ────────────────────────────────────────────────────────────────────────────────

  private void pick(A agent) {
    while (true) {
      C contact = servable(agent).min(byScore(routing.policy(), agent)).orElse(null);
      if (contact == null) {
        C ringing = ringingOn().filter(one -> mayJoin(agent, one)).findFirst().orElse(null);
        if (ringing == null) return;
        reserve(ringing, agent, false);
        continue;
      }
      boolean ringAll = contact.queue.set.strategy().kind() == Strategy.Kind.RING_ALL;
      if (ringAll && contact.preferred == null && offer(contact)) continue;
      reserve(contact, agent, true);
    }
  }

  private boolean offer(C contact) {
    List<A> ranked = ranked(routing.policy(), contact);
    if (ranked.isEmpty()) return false;
    if (!ringsAll(contact)) {
      reserve(contact, ranked.getFirst(), false);
      return true;
    }
    int first = group(contact.queue.set.strategy(), ranked.getFirst());
    contact.reach = Math.max(contact.reach, first);
    for (A agent : ranked) if (mayJoin(agent, contact)) reserve(contact, agent, false);
    return true;
  }

  // ── Ringing all ─────────────────────────────────────────────────────────────────────────────

  private boolean ringsAll(C contact) {
    return contact.queue.set.strategy().kind() == Strategy.Kind.RING_ALL
        && contact.queue.successor == null
        && contact.preferred == null
        && !(routing.policy() instanceof Policy.Weighted);
  }

  /// Whether one phone more may ring for it.
  private boolean mayJoin(A agent, C contact) {
    return couldHave(agent, contact)
        && contact.held.size() < Strategy.MOST_RINGING
        && contact.held.stream().noneMatch(held -> held.agent == agent)
        && group(contact.queue.set.strategy(), agent) <= contact.reach;
  }

  /// Contacts for which all are being rung, and not until now only.
  private Stream<C> ringingOn() {
    return contacts.stream()
        .filter(contact -> !contact.held.isEmpty() && contact.held.getFirst().offer())
        .filter(contact -> ringsAll(contact) && contact.version == contact.queue.version)
        .filter(contact -> expires(contact.held.getFirst()) > now)
        .sorted(byScore(routing.policy(), null));
  }

  private long expires(H held) {
    return dues.stream()
        .filter(due -> due.owner() == held && due.kind().equals("expires"))
        .mapToLong(Due::at)
        .findFirst()
        .orElseThrow();
  }

  private void rungOut(C contact, A first) {
    List<A> rung = withdraw(contact, null, Decision.Why.NO_ANSWER);
    contact.reach = Math.min(contact.reach + 1, contact.queue.set.strategy().tries().size());
    again(contact);
    if (first != null) pick(first);
    rung.forEach(this::pick);
  }

  private void sweep() {
    while (sweeps) {
      C first =
          contacts.stream()
              .filter(contact -> contact.waiting && !ranked(routing.policy(), contact).isEmpty())
              .min(byScore(routing.policy(), null))
              .orElse(null);
      if (first == null) break;
      offer(first);
    }
    if (!sweeps) return;
    for (C contact : ringingOn().toList()) {
      for (A agent : ranked(routing.policy(), contact)) {
        if (mayJoin(agent, contact)) reserve(contact, agent, false);
      }
    }
  }

  private void reserve(C contact, A agent, boolean agentChose) {
    contact.waiting = false;
    C otherContact = contact;
    A otherAgent = agent;
    if (routing.shadow().isPresent()) {
      asked++;
      if (agentChose) {
        contact.waiting = true;
        var others =
            new ArrayList<>(
                contacts.stream()
                    .filter(
                        one ->
                            one.waiting
                                && couldHave(agent, one)
                                && (one == contact || one.preferred == null))
                    .toList());
        otherContact = others.stream().min(byScore(routing.shadow().get(), agent)).orElse(contact);
        contact.waiting = false;
      } else if (contact.preferred == null) {
        List<A> others = ranked(routing.shadow().get(), contact);
        if (!others.isEmpty()) otherAgent = others.getFirst();
      }
    }
    if (contact.missedBy.contains(agent.profile.id())) contact.missedBy.clear();
    H held = hold(contact, agent, "reserved");
    held.offer = ++offers;
    set(
        held,
        "expires",
        contact.held.getFirst() == held
            ? now + contact.queue.set.offerTimeout().toNanos()
            : expires(contact.held.getFirst()));
    contact.queue.last = agent;
    if (contact.queue.set.strategy().kind() == Strategy.Kind.PERCENT_ALLOCATION) {
      AgentId id = agent.profile.id();
      int share = contact.queue.set.strategy().shares().getOrDefault(id, 1);
      contact.queue.paid.merge(id, (1L << 40) / share, Long::sum);
    }
    moved(agent);
    var id = new OfferId(held.offer);
    out.add(
        new Decision.Offer(
            RouterTime.instant(now), id, contact.id, contact.queue.set.id(), agent.profile.id()));
    if (otherContact != contact || otherAgent != agent) {
      otherwise++;
      out.add(
          new Decision.Shadowed(
              RouterTime.instant(now), id, otherContact.id, otherAgent.profile.id()));
    }
  }

  private H hold(C contact, A agent, String state) {
    var held = new H();
    held.contact = contact;
    held.agent = agent;
    held.channel = contact.queue.set.channel();
    held.state = state;
    held.since = now;
    if (agent.held.isEmpty() && occupancy) agent.share *= decay(agent);
    agent.held.add(held);
    contact.held.add(held);
    return held;
  }

  private void release(H held) {
    cancel(held, "expires");
    cancel(held, "wrapped");
    held.agent.held.remove(held);
    held.contact.held.remove(held);
    if (held.agent.held.isEmpty() && occupancy) {
      held.agent.share = 1 - (1 - held.agent.share) * decay(held.agent);
    }
  }

  private double decay(A agent) {
    double decay = StrictMath.exp(-Math.max(now - agent.shareAsOf, 0) / 3.6e12);
    agent.shareAsOf = now;
    return decay;
  }

  // ── Agents ──────────────────────────────────────────────────────────────────────────────────

  private void move(A agent, boolean in, boolean ready, String reason) {
    boolean wasIn = agent.in;
    boolean wasStaffed = staffed(agent);
    boolean wasReady = agent.ready;
    agent.in = in;
    agent.ready = ready;
    agent.reason = reason;
    agent.since = now;
    if (!wasIn && in) logsIn(agent);
    if (wasIn || in) moved(agent);
    if (wasReady && !ready) {
      goes(agent);
      release(agent);
    }
    if (!in && agent.leaving) agents.remove(agent.profile.id());
    if (wasStaffed && !staffed(agent)) leaveUnstaffed();
  }

  /// Who waits for an agent alone who will not take them waits for anybody.
  private void release(A agent) {
    List<C> alone =
        contacts.stream()
            .filter(contact -> contact.waiting && contact.preferred == agent)
            .filter(contact -> !takes(agent, contact.queue.set.channel()))
            .sorted(byScore(routing.policy(), null))
            .toList();
    for (C contact : alone) {
      contact.waiting = false;
      anybody(contact);
    }
    alone.forEach(this::placeForAnybody);
  }

  private static boolean takes(A agent, Channel channel) {
    return agent.ready
        && agent.pending == null
        && agent.profile.capacity().of(channel) > 0
        && (channel != Channel.VOICE
            || agent.phone
            || agent.held.stream().anyMatch(held -> held.channel == Channel.VOICE));
  }

  private void free(A agent) {
    Decision.Pending pending = agent.pending;
    agent.pending = null;
    if (pending instanceof Decision.Pending.NotReady(var reason)) move(agent, true, false, reason);
    else if (pending != null) move(agent, false, false, "");
    else {
      agent.turn = ++turns;
      agent.freeSince = now;
      if (!agent.ready) comes(agent);
      move(agent, true, true, "");
      pick(agent);
    }
  }

  // ── Who comes late ──────────────────────────────────────────────────────────────────────────

  private static boolean byShares(Queue set) {
    return set.strategy().kind() == Strategy.Kind.PERCENT_ALLOCATION;
  }

  private static long paid(Q queue, AgentId agent) {
    return queue.paid.getOrDefault(agent, 0L);
  }

  private void logsIn(A agent) {
    AgentId id = agent.profile.id();
    agent.handled = 0;
    agent.othersHandled = 0;
    for (Q queue : queues.values()) {
      if (!byShares(queue.set)) continue;
      Long level = level(queue, agent, one -> one.ready);
      if (level == null) level = level(queue, agent, one -> one.in);
      if (level != null) queue.paid.put(id, level);
      queue.othersPaid.remove(id);
    }
  }

  private void goes(A agent) {
    AgentId id = agent.profile.id();
    for (Q queue : queues.values()) {
      if (!byShares(queue.set)) continue;
      Long level = level(queue, agent, one -> one.ready);
      queue.othersPaid.remove(id);
      if (level != null) queue.othersPaid.put(id, level);
    }
    agent.othersHandled = handledByOthers(agent).orElse(0);
  }

  private void comes(A agent) {
    AgentId id = agent.profile.id();
    for (Q queue : queues.values()) {
      if (!byShares(queue.set)) continue;
      Long level = level(queue, agent, one -> one.ready);
      long before = queue.othersPaid.getOrDefault(id, 0L);
      if (level != null) queue.paid.put(id, ahead(paid(queue, id), before, level));
      queue.othersPaid.remove(id);
    }
    handledByOthers(agent)
        .ifPresent(level -> agent.handled = (int) ahead(agent.handled, agent.othersHandled, level));
    agent.othersHandled = 0;
  }

  /// As far ahead of the others as before, or behind; where nobody was there before, not behind.
  private static long ahead(long own, long othersBefore, long others) {
    return othersBefore == 0 ? Math.max(own, others) : Math.max(own - othersBefore + others, 0);
  }

  /// Of those who are ready; in whole numbers.
  private OptionalInt handledByOthers(A agent) {
    OptionalDouble mean =
        agents.values().stream()
            .filter(one -> one != agent && one.ready && countedTogether(one, agent))
            .mapToInt(one -> one.handled)
            .average();
    return mean.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.floor(mean.getAsDouble()));
  }

  private boolean countedTogether(A one, A other) {
    return queues.values().stream()
        .map(queue -> queue.set)
        .filter(set -> set.strategy().kind() == Strategy.Kind.FEWEST_CONTACTS)
        .map(Queue::ask)
        .anyMatch(ask -> ask.matches(one.profile.skills()) && ask.matches(other.profile.skills()));
  }

  /// What the others have paid, on an average by their shares; null: nobody is there.
  private Long level(Q queue, A but, Predicate<A> there) {
    BigInteger paid = BigInteger.ZERO;
    BigInteger shares = BigInteger.ZERO;
    for (A one : agents.values()) {
      if (one == but || !there.test(one)) continue;
      if (!queue.set.ask().matches(one.profile.skills())) continue;
      AgentId id = one.profile.id();
      var share = BigInteger.valueOf(queue.set.strategy().shares().getOrDefault(id, 1));
      paid = paid.add(share.multiply(BigInteger.valueOf(paid(queue, id))));
      shares = shares.add(share);
    }
    return shares.signum() == 0 ? null : paid.divide(shares).longValueExact();
  }

  private void ready(A agent) {
    agent.misses = 0;
    if (agent.held.isEmpty()) {
      if (agent.in && !agent.ready) free(agent);
      return;
    }
    for (H held : List.copyOf(agent.held).reversed()) {
      if (!held.state.equals("wrap-up") || mandatory(held)) continue;
      handled(held);
      release(held);
      forget(held.contact);
    }
    if (!agent.leaving) agent.pending = null;
    if (agent.held.isEmpty()) {
      free(agent);
    } else {
      moved(agent);
      pick(agent);
    }
  }

  private static boolean mandatory(H held) {
    return held.contact.queue.set.wrapUp().mode() == WrapUp.Mode.MANDATORY;
  }

  private void pend(A agent, Decision.Pending pending) {
    if (!agent.leaving) agent.pending = pending;
    moved(agent);
    release(agent);
  }

  private void removeAgent(A agent) {
    agent.leaving = true;
    var back = new ArrayList<C>();
    for (H held : List.copyOf(agent.held).reversed()) {
      if (!held.offer()) continue;
      withdrawn(held, Decision.Why.AGENT_LEFT);
      release(held);
      if (held.contact.held.isEmpty()) back.add(held.contact);
    }
    if (!agent.held.isEmpty()) {
      agent.pending = new Decision.Pending.LogOut();
      moved(agent);
      release(agent);
    } else {
      agent.pending = null;
      move(agent, false, false, "");
    }
    back.forEach(this::again);
    reconfigured();
  }

  private void moved(A agent) {
    out.add(
        new Decision.AgentMoved(
            RouterTime.instant(now),
            agent.profile.id(),
            state(agent),
            Optional.ofNullable(agent.pending)));
  }

  private AgentState state(A agent) {
    List<String> pressing = List.of("ringing", "reserved", "consulting", "talking", "wrap-up");
    H held =
        agent.held.stream()
            .min(Comparator.comparingInt(one -> pressing.indexOf(one.state)))
            .orElse(null);
    if (held == null) {
      Instant since = RouterTime.instant(agent.since);
      if (!agent.in) return new AgentState.LoggedOut(since);
      return agent.ready
          ? new AgentState.Ready(since)
          : new AgentState.NotReady(since, agent.reason);
    }
    Instant since = RouterTime.instant(held.since);
    ContactId contact = held.contact.id;
    return switch (held.state) {
      case "reserved" -> new AgentState.Reserved(since, new OfferId(held.offer), contact);
      case "ringing" -> new AgentState.Ringing(since, new OfferId(held.offer), contact);
      case "talking" -> new AgentState.Talking(since, contact);
      case "consulting" -> new AgentState.Consulting(since, contact);
      default ->
          new AgentState.InWrapUp(since, contact, Optional.ofNullable(held.until), mandatory(held));
    };
  }

  // ── Contacts ────────────────────────────────────────────────────────────────────────────────

  private void queued(AcdEvent.ContactQueued fact) {
    if (contact(fact.contact()) != null) return;
    var contact = new C();
    contact.id = fact.contact();
    contact.queue = queues.get(fact.queue());
    contact.arrived = Math.min(RouterTime.nanos(fact.arrived()), now);
    contact.sequence = ++numbers;
    contact.own = fact.priority();
    contact.ownAsk = fact.ask();
    contact.kind = fact.kind();
    contact.passedOver = fact.passedOver();
    if (fact.preferred().isPresent()) {
      A agent = agents.get(fact.preferred().get().agent());
      contact.preferredUntil = now + fact.preferred().get().within().toNanos();
      boolean there =
          agent != null
              && contact.preferredUntil > now
              && takes(agent, contact.queue.set.channel())
              && !fact.passedOver().contains(agent.profile.id());
      if (there) contact.preferred = agent;
    }
    contacts.add(contact);
    join(contact);
  }

  private void join(C contact) {
    contact.entered = now;
    contact.stepsFrom = now;
    begin(contact);
    Overflow rule = ruleOnJoining(contact);
    if (rule != null) {
      redirect(contact, rule);
      return;
    }
    arm(contact);
    seek(contact);
  }

  private Overflow ruleOnJoining(C contact) {
    return rule(
        contact,
        trigger ->
            switch (trigger) {
              case Trigger.Full(int most) ->
                  waiting(contact.queue).stream()
                              .filter(one -> one.entered <= contact.entered)
                              .count()
                          >= most
                      && ranked(routing.policy(), contact).isEmpty();
              case Trigger.Closed(boolean leave) ->
                  !open(contact.queue) && (leave || !open(contact.queue, contact.entered));
              case Trigger.Unstaffed _ -> unstaffed(contact);
              case Trigger.Waited _ -> waitedFor(contact, trigger);
            });
  }

  /// None holds for who waits for one agent alone.
  private Overflow rule(C contact, Function<Trigger, Boolean> applies) {
    if (contact.preferred != null) return null;
    for (Overflow rule : contact.queue.set.overflow()) {
      boolean open =
          switch (rule.target()) {
            case Overflow.Target.Away _ -> contact.kind != ContactKind.WORK;
            case Overflow.Target.ToQueue(var queue) ->
                queues.containsKey(queue)
                    && queues.get(queue) != contact.queue
                    && queues.get(queue).set.channel() == contact.queue.set.channel()
                    && !queue.equals(contact.queue.set.id())
                    && !contact.visited.contains(queue);
          };
      if (open && applies.apply(rule.trigger())) return rule;
    }
    return null;
  }

  private boolean staffed(A agent) {
    return switch (routing.staffed()) {
      case LOGGED_IN -> agent.in;
      case AT_DESK -> agent.in && (agent.ready || !agent.reason.equals("desk-lost"));
      case READY_OR_BUSY -> agent.ready || !agent.held.isEmpty();
    };
  }

  private boolean unstaffed(C contact) {
    boolean ends = contact.step < 0 || contact.stepEnds != Long.MAX_VALUE;
    return !staffed(contact.ask)
        && !(ends && staffedLater(contact.ask, contact.queue.set.steps(), contact.step + 1));
  }

  /// By any way through the steps from here on.
  private boolean staffedLater(SkillExpression ask, List<RoutingStep> steps, int from) {
    if (from >= steps.size()) return false;
    RoutingStep step = steps.get(from);
    SkillExpression taken = step.apply(ask);
    return staffed(taken)
        || (step.lasts().isPresent() && staffedLater(taken, steps, from + 1))
        || (step.when().isPresent() && staffedLater(ask, steps, from + 1));
  }

  private boolean staffed(SkillExpression ask) {
    return agents.values().stream()
        .anyMatch(agent -> staffed(agent) && ask.matches(agent.profile.skills()));
  }

  private void redirect(C contact, Overflow rule) {
    Decision.Cause cause =
        switch (rule.trigger()) {
          case Trigger.Waited _ -> Decision.Cause.WAITED;
          case Trigger.Full _ -> Decision.Cause.FULL;
          case Trigger.Closed _ -> Decision.Cause.CLOSED;
          case Trigger.Unstaffed _ -> Decision.Cause.UNSTAFFED;
        };
    if (contact.kind != ContactKind.CONSULTATION) {
      count(
          contact.queue.served,
          contact.queue.set.objectives().rule().overflowed(),
          now - contact.arrived <= contact.queue.set.objectives().within().toNanos());
    }
    switch (rule.target()) {
      case Overflow.Target.ToQueue(var queue) -> {
        moveTo(contact, queues.get(queue), cause);
        join(contact);
      }
      case Overflow.Target.Away away -> {
        out.add(
            new Decision.Diverted(
                RouterTime.instant(now), contact.id, contact.queue.set.id(), away, cause));
        forget(contact);
      }
    }
  }

  private void moveTo(C contact, Q to, Decision.Cause cause) {
    QueueId from = contact.queue.set.id();
    contact.preferred = null;
    contact.visited.add(from);
    contact.queue = to;
    out.add(
        new Decision.ContactMoved(RouterTime.instant(now), contact.id, from, to.set.id(), cause));
  }

  private void toSuccessor(C contact) {
    while (contact.queue.successor != null) {
      moveTo(contact, contact.queue.successor, Decision.Cause.QUEUE_REMOVED);
    }
    join(contact);
  }

  private void seek(C contact) {
    if (!offer(contact)) contact.waiting = true;
  }

  private void place(C contact) {
    Overflow rule = rule(contact, trigger -> waitedFor(contact, trigger));
    if (rule == null) rule = rule(contact, trigger -> leavesUnstaffed(contact, trigger));
    if (rule == null && !open(contact.queue)) rule = rule(contact, NaiveRouter::leavesAtClosing);
    if (rule != null) redirect(contact, rule);
    else seek(contact);
  }

  private boolean waitedFor(C contact, Trigger trigger) {
    return trigger instanceof Trigger.Waited(var time) && contact.entered + time.toNanos() <= now;
  }

  private static boolean leavesAtClosing(Trigger trigger) {
    return trigger instanceof Trigger.Closed(var leave) && leave;
  }

  private boolean leavesUnstaffed(C contact, Trigger trigger) {
    return trigger instanceof Trigger.Unstaffed(var leave) && leave && unstaffed(contact);
  }

  private void leaveUnstaffed() {
    for (Q queue : List.copyOf(queues.values())) {
      for (C contact : waiting(queue)) {
        if (!contact.waiting || contact.queue != queue) continue;
        Overflow rule = rule(contact, trigger -> leavesUnstaffed(contact, trigger));
        if (rule == null) continue;
        contact.waiting = false;
        redirect(contact, rule);
      }
    }
  }

  private void again(C contact) {
    if (contact.queue.successor != null) {
      toSuccessor(contact);
      return;
    }
    if (contact.preferred != null) {
      anybody(contact);
      placeForAnybody(contact);
    } else {
      refresh(contact);
      place(contact);
    }
  }

  private void onceMore(C contact) {
    boolean alone =
        contact.preferred != null
            && contact.queue.successor == null
            && contact.preferredUntil > now
            && takes(contact.preferred, contact.queue.set.channel());
    if (!alone) {
      again(contact);
      return;
    }
    refresh(contact);
    seek(contact);
  }

  private void placeForAnybody(C contact) {
    Overflow rule = ruleOnJoining(contact);
    if (rule != null) redirect(contact, rule);
    else seek(contact);
  }

  private void anybody(C contact) {
    contact.preferred = null;
    contact.stepsFrom = now;
    begin(contact);
    arm(contact);
  }

  private void refresh(C contact) {
    if (contact.version == contact.queue.version) return;
    begin(contact);
    arm(contact);
  }

  /// As the queue's rule says: served, not served, or in no figure.
  private void count(C contact, AcdEvent.Departure how, long over) {
    boolean inTime = over - contact.arrived <= contact.queue.set.objectives().within().toNanos();
    ServiceLevelRule rule = contact.queue.set.objectives().rule();
    List<Boolean> served = contact.queue.served;
    if (contact.kind == ContactKind.CONSULTATION) return;
    switch (how) {
      case SERVED -> served.add(inTime);
      case ABANDONED -> count(served, rule.abandoned(), inTime);
      case CHOSE -> count(served, rule.chose(), inTime);
      case UNCOUNTED -> {}
    }
  }

  private static void count(
      List<Boolean> served, ServiceLevelRule.Treatment treatment, boolean inTime) {
    switch (treatment) {
      case AGAINST -> served.add(false);
      case IGNORED -> {
        if (!inTime) served.add(false);
      }
      case IN_FAVOUR -> served.add(inTime);
    }
  }

  private void left(C contact, AcdEvent.Departure how, long over) {
    if (contact == null) return;
    boolean offered = !contact.held.isEmpty() && contact.held.getFirst().offer();
    if (!contact.waiting && !offered) return;
    count(contact, how, over);
    contact.waiting = false;
    List<A> freed = withdraw(contact, null, Decision.Why.CALLER_LEFT);
    forget(contact);
    freed.forEach(this::pick);
  }

  private List<A> withdraw(C contact, H but, Decision.Why why) {
    var freed = new ArrayList<A>();
    for (H held : List.copyOf(contact.held)) {
      if (held == but) continue;
      A agent = held.agent;
      withdrawn(held, why);
      release(held);
      keepsTurn(agent);
      freed.add(agent);
    }
    return freed;
  }

  private void keepsTurn(A agent) {
    if (agent.held.isEmpty() && agent.pending != null) {
      free(agent);
    } else {
      if (agent.held.isEmpty()) agent.since = now;
      moved(agent);
    }
  }

  private void lost(H held) {
    if (held == null) return;
    A agent = held.agent;
    release(held);
    keepsTurn(agent);
    if (held.contact.held.isEmpty()) onceMore(held.contact);
    pick(agent);
  }

  private void withdrawn(H held, Decision.Why why) {
    out.add(
        new Decision.Withdraw(
            RouterTime.instant(now),
            new OfferId(held.offer),
            held.contact.id,
            held.agent.profile.id(),
            why));
  }

  private void accepted(H held, long answered, boolean counts) {
    if (held == null) return;
    C contact = held.contact;
    cancel(held, "expires");
    cancel(contact, "step");
    cancel(contact, "waited");
    held.accepted = answered;
    held.agent.misses = 0;
    if (counts) count(contact, AcdEvent.Departure.SERVED, answered);
    enter(held, "talking");
    withdraw(contact, held, Decision.Why.TAKEN).forEach(this::pick);
  }

  private void enter(H held, String state) {
    held.state = state;
    held.since = now;
    moved(held.agent);
  }

  private void takeBack(H held, String reason) {
    if (held == null) return;
    A agent = held.agent;
    int most = held.contact.queue.successor == null ? held.contact.queue.set.misses() : 1;
    if (reason.equals("no-answer") && ++agent.misses < most) {
      missed(held);
      return;
    }
    release(held);
    boolean out = agent.pending instanceof Decision.Pending.LogOut;
    if (!agent.held.isEmpty()) {
      if (agent.pending == null) agent.pending = new Decision.Pending.NotReady(reason);
      moved(agent);
      release(agent);
    } else {
      agent.pending = null;
      move(agent, !out, false, out ? "" : reason);
    }
    if (held.contact.held.isEmpty()) again(held.contact);
  }

  /// They stay ready, behind the others.
  private void missed(H held) {
    A agent = held.agent;
    release(held);
    agent.turn = ++turns;
    agent.freeSince = now;
    keepsTurn(agent);
    held.contact.missedBy.add(agent.profile.id());
    if (held.contact.held.isEmpty()) again(held.contact);
    pick(agent);
  }

  private void consult(C contact, String from, String to) {
    if (contact == null || contact.held.isEmpty()) return;
    H held = contact.held.getFirst();
    if (held.state.equals(from)) enter(held, to);
  }

  private void ended(C contact, long over) {
    if (contact == null || contact.held.isEmpty()) return;
    H held = contact.held.getFirst();
    if (!held.state.equals("talking") && !held.state.equals("consulting")) return;
    held.agent.handled++;
    held.talked = over - held.accepted;
    WrapUp wrapUp = contact.queue.set.wrapUp();
    if (wrapUp.mode() == WrapUp.Mode.NONE) {
      held.since = now;
      finish(held);
      return;
    }
    if (wrapUp.mode() == WrapUp.Mode.TIMED) {
      held.until = RouterTime.instant(now + wrapUp.limit().toNanos());
      set(held, "wrapped", RouterTime.nanos(held.until));
    }
    enter(held, "wrap-up");
  }

  /// Talk and wrap-up together. Of what the queue began with and the first 63 it is the mean; each
  /// that follows moves it by a part.
  private void handled(H held) {
    long nanos = held.talked + (now - held.since);
    Q queue = held.contact.queue;
    queue.handled++;
    queue.handle +=
        (Math.max(nanos, 0) / 1e3 - queue.handle) * (1.0 / Math.min(queue.handled + 1, 64));
  }

  private void finish(H held) {
    A agent = held.agent;
    handled(held);
    release(held);
    forget(held.contact);
    if (agent.held.isEmpty()) {
      free(agent);
    } else {
      agent.turn = ++turns;
      agent.freeSince = now;
      moved(agent);
      pick(agent);
    }
  }

  private void adopted(AcdEvent.ContactAdopted e, Q queue, A agent, long answered) {
    C known = contact(e.contact());
    if (known != null) {
      adopted(known, agent, answered);
      return;
    }
    var contact = new C();
    contact.id = e.contact();
    contact.queue = queue;
    contact.arrived = now;
    contact.sequence = ++numbers;
    contacts.add(contact);
    Duration within = queue.set.objectives().within();
    e.since()
        .ifPresent(
            since ->
                queue.served.add(Duration.between(since, e.answered()).compareTo(within) <= 0));
    adopt(contact, agent, answered);
  }

  private void adopted(C contact, A agent, long answered) {
    boolean offered = !contact.held.isEmpty() && contact.held.getFirst().offer();
    if (!contact.waiting && !offered) return;
    contact.waiting = false;
    List<A> others = withdraw(contact, null, Decision.Why.TAKEN);
    cancel(contact, "step");
    cancel(contact, "waited");
    count(contact, AcdEvent.Departure.SERVED, answered);
    adopt(contact, agent, answered);
    others.forEach(this::pick);
  }

  private void adopt(C contact, A agent, long answered) {
    H held = hold(contact, agent, "talking");
    agent.misses = 0;
    held.accepted = answered;
    if (!agent.in) logsIn(agent);
    if (!agent.ready) {
      agent.turn = ++turns;
      agent.freeSince = now;
      comes(agent);
    }
    agent.in = true;
    agent.ready = true;
    moved(agent);
    pick(agent);
  }

  private void forget(C contact) {
    cancel(contact, "step");
    cancel(contact, "waited");
    contacts.remove(contact);
  }

  // ── Steps ───────────────────────────────────────────────────────────────────────────────────

  private void begin(C contact) {
    contact.version = contact.queue.version;
    contact.reach = 0;
    contact.step = -1;
    contact.stepPriority = 0;
    contact.stepEnds = Long.MAX_VALUE;
    contact.ask = contact.queue.set.ask().and(contact.ownAsk);
    advance(contact, contact.stepsFrom);
  }

  private void advance(C contact, long began) {
    List<RoutingStep> steps = contact.queue.set.steps();
    long begins = began;
    contact.stepEnds = Long.MAX_VALUE;
    while (++contact.step < steps.size()) {
      RoutingStep step = steps.get(contact.step);
      SkillExpression ask = step.apply(contact.ask);
      if (step.when().isPresent()
          && !step.when().get().holds(figure -> figure(figure, contact, ask))) {
        continue;
      }
      contact.ask = ask;
      contact.stepPriority += step.priority();
      if (step.lasts().isEmpty()) return;
      long ends = begins + step.lasts().get().toNanos();
      if (ends > now) {
        contact.stepEnds = ends;
        return;
      }
      begins = ends;
    }
    contact.step = steps.size();
  }

  private long figure(Figure figure, C contact, SkillExpression ask) {
    List<C> others = waiting(contact.queue).stream().filter(other -> other != contact).toList();
    Stream<A> matching =
        agents.values().stream().filter(agent -> ask.matches(agent.profile.skills()));
    Channel channel = contact.queue.set.channel();
    return switch (figure) {
      case WAITING -> others.size();
      case LONGEST_WAIT ->
          others.isEmpty() ? 0 : Math.max(now - others.getFirst().arrived, 0) / 1_000_000_000L;
      case READY ->
          matching
              .filter(agent -> capable(agent, channel) && !kept(agent, contact.queue))
              .filter(agent -> contact.preferred != null || !passedOver(agent, contact, ask))
              .count();
      case STAFFED -> matching.filter(this::staffed).count();
      case SERVICE_LEVEL -> {
        List<Boolean> all = contact.queue.served;
        List<Boolean> last = all.subList(Math.max(all.size() - 100, 0), all.size());
        yield 100 - last.stream().filter(served -> !served).count();
      }
    };
  }

  private void arm(C contact) {
    long stepEnds = contact.preferred != null ? contact.preferredUntil : contact.stepEnds;
    set(contact, "step", stepEnds);
    armWaited(contact, now);
  }

  private void armWaited(C contact, long after) {
    long next =
        contact.queue.set.overflow().stream()
            .map(rule -> rule.trigger() instanceof Trigger.Waited(var time) ? time : null)
            .filter(Objects::nonNull)
            .mapToLong((Duration time) -> contact.entered + time.toNanos())
            .filter(due -> due > after)
            .min()
            .orElse(Long.MAX_VALUE);
    set(contact, "waited", next);
  }

  // ── Time ────────────────────────────────────────────────────────────────────────────────────

  private void set(Object owner, String kind, long due) {
    cancel(owner, kind);
    if (due != Long.MAX_VALUE) dues.add(new Due(due, ++dueNumbers, owner, kind));
  }

  private void cancel(Object owner, String kind) {
    dues.removeIf(due -> due.owner() == owner && due.kind().equals(kind));
  }

  private Due nextDue() {
    return dues.stream()
        .min(Comparator.comparingLong(Due::at).thenComparingLong(Due::number))
        .orElse(null);
  }

  private void fire(Due due) {
    switch (due.owner()) {
      case H held when due.kind().equals("expires") && ringsAll(held.contact) ->
          rungOut(held.contact, null);
      case H held when due.kind().equals("expires") -> {
        withdrawn(held, Decision.Why.NO_ANSWER);
        takeBack(held, "no-answer");
      }
      case H held -> finish(held);
      case C contact when due.kind().equals("step") -> {
        boolean waited = contact.waiting;
        if (contact.preferred != null) {
          if (!waited) return;
          contact.waiting = false;
          anybody(contact);
          placeForAnybody(contact);
          return;
        }
        contact.waiting = false;
        if (contact.version != contact.queue.version) {
          refresh(contact);
        } else {
          contact.waiting = waited;
          advance(contact, contact.stepEnds);
          contact.waiting = false;
          arm(contact);
        }
        if (waited) place(contact);
      }
      case C contact -> {
        Overflow rule =
            contact.waiting ? rule(contact, trigger -> waitedFor(contact, trigger)) : null;
        if (rule == null) {
          armWaited(contact, due.at());
        } else {
          contact.waiting = false;
          redirect(contact, rule);
        }
      }
      case Q queue -> {
        for (C contact : waiting(queue)) {
          if (!contact.waiting || contact.queue != queue) continue;
          Overflow rule = rule(contact, NaiveRouter::leavesAtClosing);
          if (rule == null) continue;
          contact.waiting = false;
          redirect(contact, rule);
        }
        armClosing(queue, due.at());
      }
      default -> throw new AssertionError(due);
    }
  }

  private boolean open(Q queue) {
    return open(queue, now);
  }

  private boolean open(Q queue, long at) {
    Instant wall = RouterTime.instant(at).plus(wallAhead);
    return queue.set.hours().isEmpty() || queue.set.hours().get().openAt(wall);
  }

  private static boolean leavesWhenClosed(Q queue) {
    return queue.set.hours().isPresent()
        && queue.set.overflow().stream().anyMatch(rule -> leavesAtClosing(rule.trigger()));
  }

  private void armClosing(Q queue, long after) {
    Optional<Instant> next = Optional.empty();
    if (leavesWhenClosed(queue)) {
      next = queue.set.hours().get().nextClosing(RouterTime.instant(after).plus(wallAhead));
    }
    set(
        queue,
        "closes",
        next.map(at -> RouterTime.nanos(at.minus(wallAhead))).orElse(Long.MAX_VALUE));
  }

  /// A queue that is to close, or was open, and is closed by the other clock closes now.
  private void wallClock(Duration ahead) {
    Duration before = wallAhead;
    for (Q queue : queues.values()) {
      if (!leavesWhenClosed(queue)) continue;
      boolean due =
          dues.stream()
              .anyMatch(
                  one -> one.owner() == queue && one.kind().equals("closes") && one.at() <= now);
      wallAhead = before;
      boolean wasOpen = due || open(queue);
      wallAhead = ahead;
      if (wasOpen && !open(queue)) set(queue, "closes", now);
      else armClosing(queue, now);
    }
    wallAhead = ahead;
  }

  // ── Configuration ───────────────────────────────────────────────────────────────────────────

  private void configure(Queue set) {
    Q queue = queues.get(set.id());
    if (queue == null) {
      queue = new Q();
      queue.set = set;
      queue.handle = set.objectives().handle().toNanos() / 1e3;
      queues.put(set.id(), queue);
    } else {
      List<C> waiting = waiting(queue);
      if (byShares(set) && !byShares(queue.set)) {
        long most =
            agents.keySet().stream()
                .mapToLong(agent -> paid(queues.get(set.id()), agent))
                .max()
                .orElse(0);
        if (most > 0) {
          for (AgentId agent : agents.keySet()) queue.paid.put(agent, most);
          queue.othersPaid.clear();
        }
      }
      queue.set = set;
      queue.version++;
      waiting.forEach(contact -> contact.waiting = false);
      for (C contact : waiting) {
        begin(contact);
        arm(contact);
        armWaited(contact, contact.entered);
        contact.waiting = true;
      }
    }
    armClosing(queue, now);
    boolean closes = leavesWhenClosed(queue) && !open(queue) && !waiting(queue).isEmpty();
    if (closes) set(queue, "closes", now);
    reconfigured();
  }

  private void reconfigured() {
    boolean counted = occupancy;
    occupancy =
        queues.values().stream()
            .anyMatch(queue -> queue.set.strategy().kind() == Strategy.Kind.LEAST_OCCUPIED);
    if (occupancy && !counted) {
      for (A agent : agents.values()) {
        agent.share = 0;
        agent.shareAsOf = now;
      }
    }
    leaveUnstaffed();
  }

  // ── Finding ─────────────────────────────────────────────────────────────────────────────────

  private C contact(ContactId id) {
    return contacts.stream().filter(one -> one.id.equals(id)).findFirst().orElse(null);
  }

  private H offer(OfferId id) {
    return contacts.stream()
        .flatMap(contact -> contact.held.stream())
        .filter(held -> held.offer == id.value() && held.offer())
        .findFirst()
        .orElse(null);
  }

  private List<C> waiting(Q queue) {
    return contacts.stream()
        .filter(contact -> contact.waiting && contact.queue == queue)
        .sorted(
            Comparator.<C>comparingLong(contact -> contact.arrived)
                .thenComparingLong(contact -> contact.sequence))
        .toList();
  }
}
