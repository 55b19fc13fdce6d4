package org.switchroom.acd;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Plan;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.plan.ServiceLevelRule;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;

/// Brings contacts and agents together: it is told what has happened, and says what shall be done.
///
/// Whoever a fact makes available chooses: a contact that comes, or comes back, takes the best of
/// the free agents by its queue's strategy; an agent who becomes free takes the best of the waiting
/// contacts by the policy. Where a fact may open more than that (a change of configuration, agents
/// kept free who now may go), those who wait are asked in their order.
///
/// Invariants after each fact: no agent holds more than their capacity, no contact has two agents,
/// and nobody is free who could take a waiting contact, unless a reserve keeps them or they have
/// sent it away.
///
/// There are two ways to use it, not to be mixed. [#on] takes facts as values and gives decisions
/// as values. The other methods take and give handles, make no garbage, and are for those who count
/// nanoseconds. Times are nanoseconds since 1970.
///
/// Not safe for threads: it has one writer.
public final class Router {
  /// Of a caller who has not come.
  private static final ContactId NEW = new ContactId("new");

  private final Decisions out;

  /// Null: it is for handles.
  private final @Nullable Facts facts;

  private final Changes changes = new Changes();
  private final Matching matching = new Matching();
  private final Latecomers latecomers = new Latecomers(matching, changes);
  private final Timers timers = new Timers();
  private final RoutingSteps steps = new RoutingSteps(matching, timers);
  private final OverflowRules overflow = new OverflowRules(matching, steps, timers, changes);
  private final RingAll ringAll = new RingAll(matching, steps, changes, this::offer);
  private final ArrayDeque<RoutedContact> spareContacts = new ArrayDeque<>();
  private final ArrayDeque<Assignment> spareAssignments = new ArrayDeque<>();
  private final Shadow shadow = new Shadow(matching);
  private final Configuration configuration;

  /// Whether nobody is offered and no time passes, until it is known what has become of those it
  /// knows.
  private boolean heldBack;

  private @Nullable Explaining explaining;
  private int slots;
  private long lastOffer;
  private long lastSequence;
  private long lastTurn;

  /// For facts and decisions as values.
  public Router() {
    var values = new Facts(this);
    facts = values;
    out = values;
    configuration = configuration();
  }

  /// For handles.
  public Router(Decisions out) {
    facts = null;
    this.out = out;
    configuration = configuration();
  }

  private Configuration configuration() {
    return new Configuration(
        this, matching, steps, overflow, timers, latecomers, shadow, changes, out);
  }

  /// Takes one fact, changes its own state, and says what should now happen.
  ///
  /// @throws IllegalArgumentException when the fact names an agent or a queue that is not there
  public void on(AcdEvent event, DecisionSink sink) {
    values().on(event, sink);
  }

  /// A run that follows another begins its offer numbers above those of the first, so that a late
  /// answer to an old offer is never taken for a new one.
  public void startOffersAfter(long number) {
    lastOffer = Math.max(lastOffer, number);
  }

  /// From here on facts are taken, but nobody is offered and nothing happens because time passes:
  /// after a [#load], until what is remembered has been compared with what is.
  public void holdBack() {
    heldBack = true;
  }

  /// From the next fact on it decides again: who could be offered is, and what was due meanwhile
  /// happens.
  public void goOn() {
    heldBack = false;
    matching.moreToGive = true;
  }

  // ── Configuration ───────────────────────────────────────────────────────────────────────────

  /// A queue is new or has changed. Whoever waits in it keeps place and age.
  public QueueState configure(long at, Queue queue) {
    return configuration.configure(at, queue);
  }

  /// @param otherwise where those go who wait in it, with their age
  public void remove(long at, QueueState line, QueueState otherwise) {
    configuration.remove(at, line, otherwise);
  }

  /// An agent is new (and logged out), or has changed.
  public Agent configure(long at, AgentProfile profile) {
    return configuration.configure(at, profile);
  }

  /// The agent goes when they are free.
  public void remove(long at, Agent agent) {
    configuration.remove(at, agent);
  }

  public void configure(long at, RoutingPlan routing) {
    configuration.configure(at, routing);
  }

  // ── Agents ──────────────────────────────────────────────────────────────────────────────────

  public void logIn(long at, Agent agent) {
    if (agent.presence == AgentPresence.LOGGED_OUT) {
      agent.occupancy.begin(at);
      agent.misses = 0;
      move(at, agent, AgentPresence.NOT_READY, AgentState.Reasons.LOGGED_IN);
    } else if (agent.pending instanceof Decision.Pending.LogOut && !agent.leaving) {
      // Who was to be logged out after the call is back: they are as after a log-in then.
      pend(at, agent, new Decision.Pending.NotReady(AgentState.Reasons.LOGGED_IN));
    }
    settle(at);
  }

  public void logOut(long at, Agent agent) {
    if (agent.load > 0) pend(at, agent, new Decision.Pending.LogOut());
    else if (agent.loggedIn()) move(at, agent, AgentPresence.LOGGED_OUT, "");
    settle(at);
  }

  public void ready(long at, Agent agent) {
    if (agent.misses > 0) {
      agent.misses = 0;
      changes.of(agent);
    }
    if (agent.load > 0) {
      endWrapUps(at, agent);
      changes.of(agent);
      agent.pending = agent.leaving ? agent.pending : null;
      if (agent.load == 0) {
        free(at, agent);
      } else {
        out.moved(at, agent);
        pick(at, agent);
      }
    } else if (agent.presence == AgentPresence.NOT_READY) {
      free(at, agent);
    }
    settle(at);
  }

  private void endWrapUps(long at, Agent agent) {
    for (Assignment assignment = agent.latest, before; assignment != null; assignment = before) {
      before = assignment.before;
      if (assignment.state == AssignmentStage.WRAP_UP && !assignment.dispositionNeeded()) {
        end(at, assignment);
      }
    }
  }

  public void notReady(long at, Agent agent, String reason) {
    if (agent.load > 0) pend(at, agent, new Decision.Pending.NotReady(reason));
    else if (agent.loggedIn()) move(at, agent, AgentPresence.NOT_READY, reason);
    settle(at);
  }

  public void phone(long at, Agent agent, boolean available) {
    if (agent.phoneAvailable != available) {
      agent.phoneAvailable = available;
      changes.of(agent);
      releasePersonal(at, agent);
      pick(at, agent);
    }
    settle(at);
  }

  public void phones(long at, boolean reachable) {
    if (matching.phonesReachable != reachable) matching.reachPhones(reachable);
    settle(at);
  }

  /// Somebody who is removed from the center stays so.
  private void pend(long at, Agent agent, Decision.Pending pending) {
    if (!agent.leaving) agent.pending = pending;
    changes.of(agent);
    out.moved(at, agent);
    matching.relist(agent);
    releasePersonal(at, agent);
  }

  /// The agent has nothing to do any more: what they asked for meanwhile is done, or they are
  /// ready.
  private void free(long at, Agent agent) {
    Decision.Pending pending = agent.pending;
    agent.pending = null;
    switch (pending) {
      case null -> {
        newTurn(at, agent);
        if (agent.presence != AgentPresence.READY) latecomers.comes(agent);
        move(at, agent, AgentPresence.READY, "");
        pick(at, agent);
      }
      case Decision.Pending.NotReady(var reason) ->
          move(at, agent, AgentPresence.NOT_READY, reason);
      case Decision.Pending.LogOut() -> move(at, agent, AgentPresence.LOGGED_OUT, "");
    }
  }

  private void newTurn(long at, Agent agent) {
    changes.of(agent);
    agent.turn = ++lastTurn;
    agent.freeSince = at;
  }

  void move(long at, Agent agent, AgentPresence presence, String reason) {
    AgentPresence before = agent.presence;
    boolean wasIn = agent.loggedIn();
    changes.of(agent);
    agent.presence = presence;
    agent.since = at;
    agent.reason = reason;
    if (!wasIn && agent.loggedIn()) latecomers.logsIn(agent);
    boolean unstaffs = matching.staff(agent);
    if (wasIn || agent.loggedIn()) out.moved(at, agent);
    if (presence == AgentPresence.READY) return;
    if (before == AgentPresence.READY) {
      matching.relist(agent);
      latecomers.goes(agent);
      releasePersonal(at, agent);
    }
    if (presence == AgentPresence.LOGGED_OUT && agent.leaving) forget(agent);
    if (unstaffs) leaveUnstaffed(at);
  }

  // ── Contacts ────────────────────────────────────────────────────────────────────────────────

  /// @param arrived when the caller began to wait
  /// @param ask what it asks beside its queue; null: nothing
  /// @param preferred null: nobody
  /// @param preferredUntil for how long only the preferred agent is asked
  /// @param passedOver who is not asked as long as somebody else is staffed who could take it
  /// @param made is given the handle before anything is decided
  public void queued(
      long at,
      ContactId id,
      QueueState line,
      long arrived,
      int priority,
      @Nullable SkillExpression ask,
      @Nullable Agent preferred,
      long preferredUntil,
      ContactKind kind,
      List<AgentId> passedOver,
      Consumer<RoutedContact> made) {
    RoutedContact contact = newContact(id, line, Math.min(arrived, at));
    contact.priority = priority;
    contact.ownAsk = ask;
    contact.kind = kind;
    passesOver(contact, passedOver);
    made.accept(contact);
    boolean there =
        preferred != null
            && preferredUntil > at
            && preferred.takes(line.queue.channel())
            && !passedOver.contains(preferred.id());
    contact.preferred = there ? preferred : null;
    contact.preferredUntil = preferredUntil;
    join(at, contact);
    settle(at);
  }

  private void passesOver(RoutedContact contact, List<AgentId> agents) {
    matching.passing += (agents.isEmpty() ? 0 : 1) - (contact.passedOver.isEmpty() ? 0 : 1);
    contact.passedOver = agents;
  }

  /// One who brings nothing along.
  public RoutedContact queued(long at, ContactId id, QueueState line) {
    RoutedContact contact = newContact(id, line, at);
    join(at, contact);
    settle(at);
    return contact;
  }

  private void join(long at, RoutedContact contact) {
    contact.entered = at;
    contact.stepsFrom = at;
    steps.begin(contact, at);
    if (sentOn(at, contact)) return;
    overflow.arm(contact, at);
    seek(at, contact);
  }

  /// Whether it may not wait for anybody here, and is gone.
  private boolean sentOn(long at, RoutedContact contact) {
    if (!contact.line.hasOverflow) return false;
    Overflow rule = overflow.onJoining(contact, at);
    if (rule != null) redirect(at, contact, rule);
    return rule != null;
  }

  private void redirect(long at, RoutedContact contact, Overflow rule) {
    Decision.Cause cause = OverflowRules.cause(rule);
    leftUnserved(contact, contact.line.queue.objectives().rule().overflowed(), at);
    switch (rule.target()) {
      case Overflow.Target.ToQueue(var queue) -> {
        // The way is open only to a queue that is there.
        moveTo(at, contact, line(queue), cause);
        join(at, contact);
      }
      case Overflow.Target.Away away -> {
        out.diverted(at, contact, away, cause);
        forget(contact);
      }
    }
  }

  private void moveTo(long at, RoutedContact contact, QueueState to, Decision.Cause cause) {
    QueueId from = contact.queue();
    contact.preferred = null;
    changes.of(contact);
    matching.served(contact);
    leaves(contact);
    RoutingSteps.visit(contact, to);
    if (to.removed) to.stillIn++;
    out.moved(at, contact, from, cause);
  }

  void toSuccessor(long at, RoutedContact contact, QueueState successor) {
    moveTo(at, contact, successor, Decision.Cause.QUEUE_REMOVED);
    if (successor.successor != null) toSuccessor(at, contact, successor.successor);
    else join(at, contact);
  }

  /// Nobody has it now: it takes a free agent, or waits in its place.
  private void seek(long at, RoutedContact contact) {
    RequirementClass in = steps.where(contact);
    if (!offer(at, contact, in)) matching.wait(contact, in);
  }

  /// It is as it asks now, and nobody has it: it may be time to leave.
  private void place(long at, RoutedContact contact) {
    if (contact.line.hasOverflow) {
      Overflow rule = overflow.onWaited(contact, at);
      if (rule == null) rule = overflow.onUnstaffed(contact);
      if (rule == null) rule = overflow.onClosed(contact, at);
      if (rule != null) {
        redirect(at, contact, rule);
        return;
      }
    }
    seek(at, contact);
  }

  /// An offer came to nothing.
  void again(long at, RoutedContact contact) {
    if (contact.line.successor != null) {
      toSuccessor(at, contact, contact.line.successor);
      return;
    }
    if (contact.preferred != null) {
      anybody(at, contact);
      placeForAnybody(at, contact);
    } else {
      refresh(at, contact);
      place(at, contact);
    }
  }

  /// Its agent was not asked, so that whom it waits for alone it waits for still.
  private void onceMore(long at, RoutedContact contact) {
    Agent preferred = contact.preferred;
    boolean alone =
        preferred != null
            && contact.line.successor == null
            && contact.preferredUntil > at
            && preferred.takes(contact.line.queue.channel());
    if (!alone) {
      again(at, contact);
      return;
    }
    refresh(at, contact);
    seek(at, contact);
  }

  /// Its preferred agent is waited for no more.
  private void anybody(long at, RoutedContact contact) {
    contact.preferred = null;
    contact.stepsFrom = at;
    changes.of(contact);
    steps.begin(contact, at);
    overflow.arm(contact, at);
  }

  /// The rules of its queue, which it was spared, hold from here on.
  private void placeForAnybody(long at, RoutedContact contact) {
    if (!sentOn(at, contact)) seek(at, contact);
  }

  /// Its queue may have changed while a phone rang for it.
  private void refresh(long at, RoutedContact contact) {
    if (!contact.outdated) return;
    changes.of(contact);
    steps.begin(contact, at);
    overflow.arm(contact, at);
  }

  /// Who waits for this agent alone, and in vain, waits for anybody.
  void releasePersonal(long at, Agent agent) {
    if (agent.personal == null || agent.personal.isEmpty()) return;
    var waiting = new ArrayList<RoutedContact>();
    for (RequirementClass personal : agent.personal) {
      if (agent.takes(personal.line.queue.channel())) continue;
      for (int i = 0; i < personal.waiting.size(); i++) waiting.add(personal.waiting.get(i));
    }
    waiting.sort((a, b) -> matching.goesFirst(a, b, RouterTime.micros(at)) ? -1 : 1);
    for (RoutedContact contact : waiting) {
      matching.waitOver(contact);
      anybody(at, contact);
    }
    for (RoutedContact contact : waiting) placeForAnybody(at, contact);
  }

  void leaveUnstaffed(long at) {
    for (QueueState line : List.copyOf(matching.queues.values())) {
      if (line.leavesWhenUnstaffed()) leave(at, line, overflow::onUnstaffed);
    }
  }

  private void leave(
      long at, QueueState line, Function<RoutedContact, @Nullable Overflow> ruleFor) {
    for (RoutedContact contact : line.byArrival()) {
      if (contact.line != line || !contact.waits()) continue;
      Overflow rule = ruleFor.apply(contact);
      if (rule == null) continue;
      matching.waitOver(contact);
      redirect(at, contact, rule);
    }
  }

  public void priority(long at, RoutedContact contact, int priority) {
    contact.priority = priority;
    changes.of(contact);
    RequirementClass in = contact.waitsIn;
    if (in != null) {
      matching.waitOver(contact);
      matching.wait(contact, in.owner == null ? in : steps.where(contact));
    } else if (contact.offered()) {
      matching.offered(contact);
    }
    settle(at);
  }

  /// A caller who hung up just now.
  public void left(long at, RoutedContact contact) {
    left(at, contact, AcdEvent.Departure.ABANDONED, at);
  }

  /// @param left when it was; before now where it is heard of late
  public void left(long at, RoutedContact contact, AcdEvent.Departure how, long left) {
    if (contact.waits()) {
      countsDeparture(contact, how, left);
      matching.waitOver(contact);
      forget(contact);
    } else if (contact.offered()) {
      countsDeparture(contact, how, left);
      List<Agent> agents = withdraw(at, contact, null, Decision.Why.CALLER_LEFT);
      forget(contact);
      for (Agent agent : agents) pick(at, agent);
    }
    settle(at);
  }

  private void countsDeparture(RoutedContact contact, AcdEvent.Departure how, long left) {
    ServiceLevelRule rule = contact.line.queue.objectives().rule();
    switch (how) {
      case ABANDONED -> leftUnserved(contact, rule.abandoned(), left);
      case CHOSE -> leftUnserved(contact, rule.chose(), left);
      case SERVED -> served(contact, left);
      case UNCOUNTED -> {}
    }
  }

  /// In the last hundred as in every other figure: by the same rule.
  private void leftUnserved(
      RoutedContact contact, ServiceLevelRule.Treatment treatment, long left) {
    long inTime = inTime(contact, left) ? 1 : 0;
    if (!contact.kind.counts() || treatment.counted(1, inTime) == 0) return;
    answered(contact.line, treatment.served(inTime) == 1);
  }

  private static boolean inTime(RoutedContact contact, long over) {
    return over - contact.arrived <= contact.line.targetNanos;
  }

  /// Takes back the offers of a contact, but one, or all of them; returns whose phones they were.
  /// The agents did nothing, so they keep their turn.
  private List<Agent> withdraw(
      long at, RoutedContact contact, @Nullable Assignment but, Decision.Why why) {
    var agents = new ArrayList<Agent>();
    Assignment assignment = contact.assignments;
    while (assignment != null) {
      Assignment next = assignment.next;
      if (assignment != but) {
        Agent agent = assignment.agent;
        out.withdraw(at, assignment, why);
        unassign(at, assignment);
        keepsTurn(at, agent);
        agents.add(agent);
      }
      assignment = next;
    }
    return agents;
  }

  /// An offer was taken back through no fault of theirs.
  private void keepsTurn(long at, Agent agent) {
    if (agent.load == 0 && agent.pending != null) {
      free(at, agent);
    } else {
      if (agent.load == 0) agent.since = at;
      out.moved(at, agent);
      matching.relist(agent);
    }
  }

  /// A contact that waits, or is offered, is found with an agent, who may have more in hand than
  /// they would be offered: a colleague has given it to them.
  ///
  /// @param answered when the talk began
  public void adopted(long at, RoutedContact contact, Agent agent, long answered) {
    if (contact.waits() || contact.offered()) {
      List<Agent> others = List.of();
      if (contact.waits()) matching.waitOver(contact);
      else others = withdraw(at, contact, null, Decision.Why.TAKEN);
      matching.served(contact);
      overflow.disarm(contact);
      served(contact, answered);
      adopt(at, contact, agent, answered);
      for (Agent other : others) pick(at, other);
    }
    settle(at);
  }

  /// One that it does not know.
  ///
  /// @param since when it began to wait; [Long#MAX_VALUE]: it has waited in no queue, and counts as
  ///   served in none
  /// @param made is given the handle before anything is decided
  public void adopted(
      long at,
      ContactId id,
      QueueState line,
      Agent agent,
      long answered,
      long since,
      Consumer<RoutedContact> made) {
    RoutedContact contact = newContact(id, line, at);
    contact.entered = at;
    contact.stepsFrom = at;
    steps.reset(contact);
    made.accept(contact);
    if (since != RouterTime.NEVER) answered(line, answered - since <= line.targetNanos);
    adopt(at, contact, agent, answered);
    settle(at);
  }

  private void adopt(long at, RoutedContact contact, Agent agent, long answered) {
    Assignment assignment = assign(at, contact, agent, AssignmentStage.TALKING);
    agent.misses = 0;
    assignment.accepted = answered;
    if (!agent.loggedIn()) latecomers.logsIn(agent);
    if (agent.presence != AgentPresence.READY) {
      newTurn(at, agent);
      latecomers.comes(agent);
    }
    agent.presence = AgentPresence.READY;
    matching.staff(agent);
    out.moved(at, agent);
    pick(at, agent);
  }

  // ── Offers and talks ────────────────────────────────────────────────────────────────────────

  /// Offers a contact that waits nowhere to the agent it takes; returns whether there was one.
  private boolean offer(long at, RoutedContact contact, RequirementClass in) {
    if (heldBack) return false;
    if (in.line.ringsAll && matching.ringsAll(contact)) return ringAll.ring(at, contact, in);
    Agent agent = matching.agentFor(contact, in);
    if (agent == null) return false;
    offer(at, contact, agent, in);
    return true;
  }

  private void offer(long at, RoutedContact contact, Agent agent, RequirementClass in) {
    chosen(at, contact, agent, in, false);
    reserve(at, contact, agent);
  }

  /// More phones may ring for it than do.
  private void ringMore(long at, RoutedContact contact) {
    if (!heldBack && ringAll.goesOn(contact, at)) ringAll.ring(at, contact, steps.where(contact));
  }

  /// An agent who may be free takes contacts until they have enough, or nobody waits whom they
  /// could have.
  void pick(long at, Agent agent) {
    if (agent.listedChannels != 0 || agent.skills.reserves.length > 0) matching.relist(agent);
    while (!heldBack) {
      int channels = matching.freeChannels(agent);
      if (channels == 0) break;
      RoutedContact contact = matching.contactFor(agent, channels, at);
      if (contact == null) {
        if (ringAll.isEmpty() || !ringAll.joins(at, agent, channels)) break;
        continue;
      }
      RequirementClass in = contact.waitingIn();
      if (in.line.ringsAll && in.owner == null) {
        matching.waitOver(contact);
        matching.relist(agent);
        if (offer(at, contact, in)) continue;
      } else {
        chosen(at, contact, agent, in, true);
        matching.waitOver(contact);
      }
      reserve(at, contact, agent);
    }
    matching.relist(agent);
  }

  /// The moment before a choice is made, for those who watch.
  ///
  /// @param agentChose whether the agent took the contact, or the contact the agent
  private void chosen(
      long at, RoutedContact contact, Agent agent, RequirementClass in, boolean agentChose) {
    if (explaining != null) explaining.choosing(at, lastOffer + 1, contact, in, agent, agentChose);
    shadow.choosing(at, contact, in, agent, agentChose);
  }

  private void reserve(long at, RoutedContact contact, Agent agent) {
    Assignment assignment = assign(at, contact, agent, AssignmentStage.RESERVED);
    assignment.offer = ++lastOffer;
    assignment.timer.kind = Timer.Kind.OFFER_EXPIRES;
    Assignment first = contact.assignments;
    long due =
        first == null || first == assignment ? at + contact.line.offerNanos : first.timer.due;
    timers.set(assignment.timer, due);
    if (contact.missedBy != null && contact.missedBy.contains(agent.id())) {
      contact.missedBy = null;
      changes.of(contact);
    }
    QueueState line = contact.line;
    line.lastOffered = agent;
    changes.of(line);
    if (line.goesByShares) changes.of(line.pays(agent.id()));
    if (line.ringsAll) ringAll.rings(contact);
    matching.offered(contact);
    out.moved(at, agent);
    out.offer(at, assignment);
    shadow.tell(at, assignment, out);
    matching.relist(agent);
  }

  private Assignment assign(long at, RoutedContact contact, Agent agent, AssignmentStage state) {
    Channel channel = contact.line.queue.channel();
    Assignment assignment = spareAssignments.pollLast();
    if (assignment == null) assignment = new Assignment(contact, agent, channel, state);
    assignment.offer = 0;
    assignment.contact = contact;
    assignment.agent = agent;
    assignment.since = at;
    assignment.until = RouterTime.NEVER;
    assignment.channel = channel;
    assignment.state = state;
    contact.add(assignment);
    changes.of(agent);
    if (configuration.countsOccupancy && agent.load == 0) agent.occupancy.busy(at);
    agent.add(assignment);
    return assignment;
  }

  void unassign(long at, Assignment assignment) {
    timers.cancel(assignment.timer);
    Agent agent = assignment.agent;
    changes.of(agent);
    agent.remove(assignment);
    if (agent.load == 0 && configuration.countsOccupancy) agent.occupancy.free(at);
    assignment.contact.remove(assignment);
    spareAssignments.addLast(assignment);
  }

  public void ringing(long at, Assignment assignment) {
    if (assignment.state == AssignmentStage.RESERVED) {
      assignment.state = AssignmentStage.RINGING;
      assignment.since = at;
      changes.of(assignment.agent);
      out.moved(at, assignment.agent);
    }
    settle(at);
  }

  public void accepted(long at, Assignment assignment) {
    accepted(at, assignment, at);
  }

  /// @param answered when the talk began; before now where it is heard of late
  public void accepted(long at, Assignment assignment, long answered) {
    accepted(at, assignment, answered, true);
  }

  /// @param counts whether it counts as served in its queue
  void accepted(long at, Assignment assignment, long answered, boolean counts) {
    RoutedContact contact = assignment.contact;
    timers.cancel(assignment.timer);
    matching.served(contact);
    overflow.disarm(contact);
    changes.of(assignment.agent);
    assignment.agent.misses = 0;
    assignment.state = AssignmentStage.TALKING;
    assignment.since = at;
    assignment.accepted = answered;
    if (counts) served(contact, answered);
    out.moved(at, assignment.agent);
    if (contact.assignments != assignment || assignment.next != null) {
      List<Agent> others = withdraw(at, contact, assignment, Decision.Why.TAKEN);
      for (Agent other : others) pick(at, other);
    }
    settle(at);
  }

  /// The offer came to nothing, and nobody has done anything wrong.
  public void lost(long at, Assignment assignment) {
    Agent agent = assignment.agent;
    RoutedContact contact = assignment.contact;
    unassign(at, assignment);
    keepsTurn(at, agent);
    boolean others = contact.assignments != null;
    if (!others) onceMore(at, contact);
    pick(at, agent);
    if (others) ringMore(at, contact);
    settle(at);
  }

  public void rejected(long at, Assignment assignment, String reason) {
    boolean unanswered = reason.equals(AgentState.Reasons.NO_ANSWER);
    if (unanswered && matching.ringsAll(assignment.contact)) {
      Agent agent = assignment.agent;
      RoutedContact contact = assignment.contact;
      unassign(at, assignment);
      keepsTurn(at, agent);
      rungOut(at, contact, agent);
    } else {
      takeBack(at, assignment, reason);
    }
    settle(at);
  }

  /// All phones rang, and nobody answered in time: that is nobody's fault. It is tried again, and
  /// the next group of `tries` is rung, too.
  ///
  /// @param first whose phone has stopped ringing already; null: nobody's
  private void rungOut(long at, RoutedContact contact, @Nullable Agent first) {
    List<Agent> agents = withdraw(at, contact, null, Decision.Why.NO_ANSWER);
    ringAll.reachesFurther(contact);
    again(at, contact);
    if (first != null) pick(at, first);
    for (Agent agent : agents) pick(at, agent);
  }

  /// The agent goes not ready first, so the contact is offered to somebody else.
  private void takeBack(long at, Assignment assignment, String reason) {
    Agent agent = assignment.agent;
    RoutedContact contact = assignment.contact;
    if (reason.equals(AgentState.Reasons.NO_ANSWER) && ++agent.misses < contact.line.misses()) {
      missed(at, assignment);
      return;
    }
    unassign(at, assignment);
    boolean loggingOut = agent.pending instanceof Decision.Pending.LogOut;
    if (agent.load > 0) {
      if (agent.pending == null) agent.pending = new Decision.Pending.NotReady(reason);
      out.moved(at, agent);
      matching.relist(agent);
      releasePersonal(at, agent);
    } else {
      agent.pending = null;
      var next = loggingOut ? AgentPresence.LOGGED_OUT : AgentPresence.NOT_READY;
      move(at, agent, next, loggingOut ? "" : reason);
    }
    if (contact.assignments == null) again(at, contact);
    else ringMore(at, contact);
  }

  /// It was not answered, and the agent stays ready: behind the others who are free, and for this
  /// contact after them. When all of them have missed it, it begins again from the top.
  private void missed(long at, Assignment assignment) {
    Agent agent = assignment.agent;
    RoutedContact contact = assignment.contact;
    unassign(at, assignment);
    newTurn(at, agent);
    keepsTurn(at, agent);
    if (contact.missedBy == null) contact.missedBy = new ArrayList<>();
    contact.missedBy.add(agent.id());
    changes.of(contact);
    if (contact.assignments == null) again(at, contact);
    else ringMore(at, contact);
    pick(at, agent);
  }

  /// @param started else ended
  public void consult(long at, RoutedContact contact, boolean started) {
    Assignment assignment = contact.assignments;
    var from = started ? AssignmentStage.TALKING : AssignmentStage.CONSULTING;
    if (assignment != null && assignment.state == from) {
      assignment.state = started ? AssignmentStage.CONSULTING : AssignmentStage.TALKING;
      assignment.since = at;
      changes.of(assignment.agent);
      out.moved(at, assignment.agent);
    }
    settle(at);
  }

  public void ended(long at, RoutedContact contact) {
    ended(at, contact, at);
  }

  /// @param over when the talk ended; before now where it is heard of late
  public void ended(long at, RoutedContact contact, long over) {
    Assignment assignment = contact.assignments;
    if (assignment != null && assignment.isTalk()) {
      Agent agent = assignment.agent;
      agent.handled++;
      changes.of(agent);
      // What lies between the end of the talk and hearing of it is neither talk nor wrap-up.
      assignment.accepted += at - over;
      if (contact.line.wrapsUp) {
        matching.reorder(agent);
        wrapUp(at, assignment, contact.line.queue.wrapUp());
      } else {
        finish(at, assignment);
      }
    }
    settle(at);
  }

  private void served(RoutedContact contact, long answered) {
    if (contact.kind.counts()) answered(contact.line, inTime(contact, answered));
  }

  private void answered(QueueState line, boolean withinTarget) {
    line.answered(withinTarget);
    changes.of(line);
  }

  private void wrapUp(long at, Assignment assignment, WrapUp wrapUp) {
    assignment.state = AssignmentStage.WRAP_UP;
    assignment.since = at;
    if (wrapUp.mode() == WrapUp.Mode.TIMED) {
      assignment.until = at + wrapUp.limit().toNanos();
      assignment.timer.kind = Timer.Kind.WRAP_UP_ENDS;
      timers.set(assignment.timer, assignment.until);
    }
    out.moved(at, assignment.agent);
  }

  public void wrapUpCompleted(long at, RoutedContact contact) {
    Assignment assignment = contact.assignments;
    if (assignment != null && assignment.state == AssignmentStage.WRAP_UP) finish(at, assignment);
    settle(at);
  }

  private void finish(long at, Assignment assignment) {
    Agent agent = assignment.agent;
    end(at, assignment);
    if (agent.load == 0) {
      free(at, agent);
    } else {
      newTurn(at, agent);
      out.moved(at, agent);
      pick(at, agent);
    }
  }

  private void end(long at, Assignment assignment) {
    RoutedContact contact = assignment.contact;
    contact.line.handled(at - assignment.accepted);
    changes.of(contact.line);
    unassign(at, assignment);
    forget(contact);
  }

  // ── Time ────────────────────────────────────────────────────────────────────────────────────

  public void timePassed(long at) {
    settle(at);
  }

  /// @param ahead how far the wall clock, by which queues open and close, is ahead of `at`
  public void wallClock(long at, long ahead) {
    overflow.wallClock(ahead, at);
    settle(at);
  }

  /// How far the wall clock is ahead of the time of facts, as it was told last.
  public Duration wallAhead() {
    return Duration.ofNanos(overflow.wallAhead);
  }

  /// When [#timePassed] is due; [Long#MAX_VALUE]: nothing is timed.
  public long nextDeadlineNanos() {
    Timer first = timers.first();
    return first == null ? RouterTime.NEVER : first.due;
  }

  /// When the next [AcdEvent.TimePassed] is due; empty: nothing is timed.
  public Optional<Instant> nextDeadline() {
    return RouterTime.optional(nextDeadlineNanos());
  }

  /// Ends a fact: what it opened to others is given, and what is due happens.
  void settle(long at) {
    if (!heldBack && (matching.moreToGive || timers.dueBy(at))) settleAll(at);
  }

  private void settleAll(long at) {
    if (matching.moreToGive) sweep(at);
    for (Timer due = timers.first(); due != null && due.due <= at; due = timers.first()) {
      timers.cancel(due);
      fire(at, due);
      if (matching.moreToGive) sweep(at);
    }
  }

  private void sweep(long at) {
    for (RoutedContact next = matching.firstServable(at);
        next != null;
        next = matching.firstServable(at)) {
      RequirementClass in = next.waitingIn();
      matching.waitOver(next);
      offer(at, next, in);
    }
    for (RoutedContact contact : ringAll.open(at)) ringMore(at, contact);
    matching.moreToGive = false;
  }

  private void fire(long at, Timer due) {
    switch (due.kind) {
      case OFFER_EXPIRES -> {
        var assignment = (Assignment) due.owner;
        if (matching.ringsAll(assignment.contact)) {
          rungOut(at, assignment.contact, null);
          return;
        }
        out.withdraw(at, assignment, Decision.Why.NO_ANSWER);
        takeBack(at, assignment, AgentState.Reasons.NO_ANSWER);
      }
      case WRAP_UP_ENDS -> finish(at, (Assignment) due.owner);
      case STEP_ENDS -> stepEnds(at, (RoutedContact) due.owner);
      case WAITED -> waited(at, (RoutedContact) due.owner, due.due);
      case CLOSES -> {
        var line = (QueueState) due.owner;
        leave(at, line, overflow::onClosing);
        overflow.armClosing(line, due.due);
      }
    }
  }

  private void stepEnds(long at, RoutedContact contact) {
    boolean waits = contact.waits();
    if (contact.preferred != null) {
      aloneEnds(at, contact);
      return;
    }
    if (waits) matching.waitOver(contact);
    if (contact.outdated) {
      refresh(at, contact);
    } else {
      steps.advance(contact, contact.stepEnds, at);
      overflow.arm(contact, at);
    }
    if (waits) {
      place(at, contact);
    } else {
      matching.offered(contact);
      ringMore(at, contact);
    }
  }

  /// While the agent's phone rings, it is still theirs until that comes to nothing.
  private void aloneEnds(long at, RoutedContact contact) {
    changes.of(contact);
    if (!contact.waits()) return;
    matching.waitOver(contact);
    anybody(at, contact);
    placeForAnybody(at, contact);
  }

  private void waited(long at, RoutedContact contact, long due) {
    Overflow rule = contact.waits() ? overflow.onWaited(contact, at) : null;
    if (rule == null) {
      overflow.armWaited(contact, due);
    } else {
      matching.waitOver(contact);
      redirect(at, contact, rule);
    }
  }

  // ── Handles ─────────────────────────────────────────────────────────────────────────────────

  private RoutedContact newContact(ContactId id, QueueState line, long arrived) {
    RoutedContact contact = spareContacts.pollLast();
    if (contact == null) contact = new RoutedContact(slots++, id, line);
    contact.over = false;
    contact.id = id;
    contact.line = line;
    contact.arrived = arrived;
    contact.sequence = ++lastSequence;
    changes.of(contact);
    return contact;
  }

  private void forget(RoutedContact contact) {
    overflow.disarm(contact);
    matching.served(contact);
    leaves(contact);
    changes.gone(contact);
    out.over(contact);
    contact.over = true;
    contact.preferred = null;
    passesOver(contact, List.of());
    contact.missedBy = null;
    contact.ownAsk = null;
    contact.visited = null;
    contact.priority = 0;
    contact.kind = ContactKind.CALLER;
    contact.stepPriority = 0;
    contact.reach = 0;
    spareContacts.addLast(contact);
  }

  private void leaves(RoutedContact contact) {
    QueueState line = contact.line;
    if (line.removed && --line.stillIn == 0) {
      matching.removed.remove(line);
      changes.gone(line);
    }
  }

  private void forget(Agent agent) {
    matching.remove(agent);
    agent.gone = true;
    changes.gone(agent);
    for (QueueState line : matching.queues.values())
      if (line.lastOffered == agent) changes.of(line);
  }

  // ── Memory ──────────────────────────────────────────────────────────────────────────────────

  /// All that it remembers beside its configuration, as it is after the last fact.
  public RouterMemory memory() {
    var shares = new ArrayList<ShareMemory>();
    for (QueueState line : matching.queues.values()) line.shares(shares::add);
    return new RouterMemory(
        matching.queues.values().stream().map(QueueState::memory).toList(),
        shares,
        matching.removed.stream().map(QueueState::removal).toList(),
        matching.agents.values().stream().map(Agent::memory).toList(),
        values().contacts().stream().map(RoutedContact::memory).toList(),
        counters());
  }

  private CounterMemory counters() {
    ShadowTally tally = shadow.tally();
    return new CounterMemory(
        lastOffer,
        lastSequence,
        lastTurn,
        timers.sequence(),
        configuration.lastQueue,
        tally.asked(),
        tally.otherwise(),
        overflow.wallAhead,
        matching.phonesReachable);
  }

  /// From now on what changes is noted for [#drainChanges], beginning with what [#memory] says now;
  /// or no more. While it is not wanted, as at first, it costs nothing.
  public void remember(boolean changes) {
    this.changes.want(changes, matching, values().contacts(), counters());
  }

  /// What has changed since this was last called, or since [#remember], each thing once with its
  /// present value. Put into a [MemoryFold] they make what [#memory] says.
  ///
  /// @throws IllegalStateException when nobody has asked for changes to be noted
  public void drainChanges(MemorySink sink) {
    if (!changes.wanted()) {
      throw new IllegalStateException("No changes are noted. Maybe remember(true) was left out.");
    }
    changes.drain(sink, counters());
  }

  /// Takes up what another router remembered, and goes on as that one would have: the same facts
  /// give the same decisions and the same deadlines. Nothing is decided and no time passes by it:
  /// what has become due meanwhile is done at the next fact.
  ///
  /// The configuration is the one which that router had when it gave its memory, or a later one:
  ///
  /// - Queues and agents that the memory does not know are new at `at`.
  /// - Of a queue that is configured otherwise those who wait go on as they do after
  ///   [AcdEvent.QueueConfigured], at `at`; whom that opens to an agent is offered at the next
  ///   fact.
  /// - Who waits in a queue that is not there, or whose phone rings in one, is left out. What
  ///   agents have in hand of it goes on, and no wrap-up follows.
  /// - An offer to an agent who is not there is left out, and the contact waits in its place. What
  ///   else they have in hand goes on, and then they are gone.
  /// - Who waits for an agent alone who is not there waits for anybody who matches.
  ///
  /// With [#remember] the next [#drainChanges] begins with what of the memory became another by it.
  ///
  /// @param at the time of the last fact, or later
  /// @return what was left out; nothing, where configuration and memory fit
  /// @throws IllegalStateException when the router was told something before
  public List<NotLoaded> load(Instant at, Plan plan, RouterMemory memory) {
    if (!matching.queues.isEmpty() || !matching.agents.isEmpty()) {
      throw new IllegalStateException(
          "A router with %d queues and %d agents loads no memory. Maybe it was configured before."
              .formatted(matching.queues.size(), matching.agents.size()));
    }
    var loading = new Loading(matching, steps, overflow, timers, ringAll, configuration, values());
    List<NotLoaded> left = loading.load(RouterTime.nanos(at), plan, memory);
    CounterMemory counters = memory.counters();
    slots = loading.contacts();
    lastOffer = counters.offer();
    lastSequence = counters.contact();
    lastTurn = counters.turn();
    shadow.follow(plan.routing().shadow());
    if (plan.routing().shadow().isPresent()) {
      shadow.countFrom(counters.shadowAsked(), counters.shadowOtherwise());
    }
    if (changes.wanted()) {
      remember(true);
      changes.loaded(memory().changesSince(memory));
    }
    return left;
  }

  private Facts values() {
    if (facts != null) return facts;
    throw new IllegalStateException(
        "A router for handles has no memory, because its contacts need no names. Maybe new Router()"
            + " is meant.");
  }

  // ── Looking ─────────────────────────────────────────────────────────────────────────────────

  /// How many contacts wait with no offer out.
  public int waitingCount() {
    return matching.waiting;
  }

  public boolean knows(AgentId id) {
    return matching.agents.containsKey(id);
  }

  /// Whether an agent is offered a contact, has it, or wraps it up.
  public boolean has(AgentId id, ContactId contact) {
    for (Assignment one = agent(id).latest; one != null; one = one.before) {
      if (one.contact.id.equals(contact)) return true;
    }
    return false;
  }

  /// Whether a contact waits with no offer out.
  public boolean waits(ContactId contact) {
    return values().waits(contact);
  }

  /// The place, from 1, in which a contact that waits or is offered would be served among those of
  /// its queue: by the policy, if whoever becomes free may take any of them. From the first time
  /// that one of a queue is asked for, the places of all are kept: the others cost no counting.
  ///
  /// @throws IllegalArgumentException when it knows no such contact, or somebody serves it
  public int place(ContactId id) {
    return matching.place(unserved(id), values().contacts());
  }

  /// The place, from 1, that a caller would have who came to a queue now, as [#place] counts it.
  /// What the queue's steps would give them is not in it.
  ///
  /// @param priority what they would bring along, beside the queue's
  /// @return empty: there is no such queue
  public OptionalInt placeOfNew(QueueId queue, int priority, Instant now) {
    QueueState line = matching.queues.get(queue);
    if (line == null || line.removed) return OptionalInt.empty();
    var comes = new RoutedContact(0, NEW, line);
    comes.priority = priority;
    comes.arrived = RouterTime.nanos(now);
    comes.entered = comes.arrived;
    comes.sequence = Long.MAX_VALUE;
    return OptionalInt.of(matching.placeOfNew(comes, values().contacts()));
  }

  private RoutedContact unserved(ContactId id) {
    RoutedContact contact = values().contact(id);
    if (!contact.waits() && !contact.offered()) {
      throw new IllegalArgumentException(
          "Contact %s waits for nobody. Maybe an agent has it already.".formatted(id));
    }
    return contact;
  }

  /// The expected wait of a contact that waits: how long it takes from now until an agent is
  /// offered to it, and to whoever joined now and came to stand in its place. It goes by the place
  /// in which it would be served, those left out for whom a phone rings, by those who match what it
  /// asks for and are ready or busy, and by the mean time that a contact of its queue takes,
  /// wrap-up included. They may serve other queues besides, which is not counted.
  ///
  /// Zero where an agent is offered or free; two hours at most; empty while nobody serves it.
  ///
  /// @throws IllegalArgumentException when it knows no such contact, or somebody serves it
  public Optional<Duration> expectedWait(ContactId id) {
    RoutedContact contact = unserved(id);
    if (contact.offered()) return Optional.of(Duration.ZERO);
    int waiting = matching.placeInWait(contact, values().contacts());
    // Who waits for one agent alone for a while waits for anybody then.
    RequirementClass in = matching.classFor(contact.line, contact.ask);
    return ExpectedWait.of(
        waiting,
        matching.ready(contact, in),
        matching.atATime(contact, in),
        contact.line.meanHandle());
  }

  public AgentState stateOf(AgentId id) {
    return agent(id).state();
  }

  /// Contacts of a queue that wait with no offer out, in the order in which they came.
  public List<ContactId> waitingIn(QueueId id) {
    return line(id).byArrival().stream().map(contact -> contact.id).toList();
  }

  /// How often the policy in the shadow was asked, and how often it would have chosen otherwise.
  public ShadowTally shadowTally() {
    return shadow.tally();
  }

  /// @param asked since the shadow was set
  public record ShadowTally(long asked, long otherwise) {}

  /// From now on each choice that is wanted is explained before it is made.
  public void explain(Explainer explainer) {
    explaining = new Explaining(matching, explainer);
  }

  Matching matching() {
    return matching;
  }

  /// @throws IllegalArgumentException when there is no such agent
  Agent agent(AgentId id) {
    Agent agent = matching.agents.get(id);
    if (agent == null) {
      throw new IllegalArgumentException(
          "Agent %s is not known. Maybe they were never configured.".formatted(id));
    }
    return agent;
  }

  /// @throws IllegalArgumentException when there is no such queue
  QueueState line(QueueId id) {
    QueueState line = matching.queues.get(id);
    if (line == null) {
      throw new IllegalArgumentException(
          "Queue %s is not known. Known are %s.".formatted(id, matching.queues.keySet()));
    }
    return line;
  }
}
