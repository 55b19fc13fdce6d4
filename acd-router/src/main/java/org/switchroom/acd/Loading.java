package org.switchroom.acd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Plan;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;

/// Builds a router's handles from what another remembered: queues, contacts, agents and what they
/// have in hand. At last those who are free are listed, and whom nobody has waits.
final class Loading {
  private final Matching matching;
  private final RoutingSteps steps;
  private final OverflowRules overflow;
  private final Timers timers;
  private final RingAll ringAll;
  private final Configuration configuration;
  private final Facts facts;
  private final List<NotLoaded> left = new ArrayList<>();

  /// By number.
  private final Map<Long, QueueState> removed = new HashMap<>();

  /// Contacts that somebody talks to or wraps up.
  private final Set<ContactId> talks = new HashSet<>();

  /// Contacts that are offered to an agent who is there.
  private final Set<ContactId> rings = new HashSet<>();

  private final Map<ContactId, RoutedContact> contacts = new LinkedHashMap<>();
  private final List<Assignment> assignments = new ArrayList<>();
  private final Map<String, SkillExpression> asks = new HashMap<>();

  Loading(
      Matching matching,
      RoutingSteps steps,
      OverflowRules overflow,
      Timers timers,
      RingAll ringAll,
      Configuration configuration,
      Facts facts) {
    this.matching = matching;
    this.steps = steps;
    this.overflow = overflow;
    this.timers = timers;
    this.ringAll = ringAll;
    this.configuration = configuration;
    this.facts = facts;
  }

  List<NotLoaded> load(long at, Plan plan, RouterMemory memory) {
    timers.countFrom(memory.counters().timer());
    overflow.wallAhead = memory.counters().wallAhead();
    matching.phonesReachable = memory.counters().phonesReachable();
    configuration.lastQueue = memory.counters().queue();
    matching.route(plan.routing());
    queues(at, plan, memory);
    memory.removedQueues().forEach(this::removedQueue);
    inHand(plan, memory);
    memory.contacts().forEach(this::contact);
    agents(at, plan, memory);
    memory.queues().forEach(this::lastOffered);
    configuration.count();
    matching.agents.values().forEach(matching::relist);
    memory.contacts().forEach(this::goesOn);
    contacts.values().stream()
        .sorted(QueueState::byArrival)
        .filter(contact -> contact.assignments == null)
        .forEach(contact -> matching.wait(contact, steps.where(contact)));
    for (QueueMemory one : memory.queues()) {
      QueueState line = matching.queues.get(one.queue());
      if (line != null && line.plan != one.plan()) configuration.changed(at, line);
    }
    contacts.values().forEach(facts::recall);
    assignments.forEach(facts::recall);
    matching.moreToGive = true;
    return left;
  }

  /// How many handles for contacts were made.
  int contacts() {
    return contacts.size();
  }

  // ── Queues ──────────────────────────────────────────────────────────────────────────────────

  private void queues(long at, Plan plan, RouterMemory memory) {
    var planned = new LinkedHashMap<QueueId, Queue>();
    for (Queue queue : plan.queues()) planned.put(queue.id(), queue);
    for (QueueMemory one : memory.queues()) {
      Queue queue = planned.remove(one.queue());
      if (queue == null) {
        left.add(new NotLoaded.OfQueue(one));
        continue;
      }
      var line = new QueueState(one.number(), queue);
      line.recall(one);
      timers.recall(line.closing, one.closing());
      matching.queues.put(queue.id(), line);
    }
    for (ShareMemory share : memory.shares()) {
      QueueState line = matching.queues.get(share.queue());
      if (line != null) line.recall(share);
    }
    for (Queue unknown : planned.values()) {
      overflow.armClosing(configuration.newLine(unknown), at);
    }
  }

  private void removedQueue(RemovedQueueMemory memory) {
    QueueState line = removed(memory.number(), memory.queue(), memory.wrapUp());
    QueueState next =
        memory.successors().isEmpty() ? null : matching.queues.get(memory.successors().getLast());
    for (int i = memory.successors().size() - 2; i >= 0 && next != null; i--) {
      QueueState between = removed(0, memory.successors().get(i), WrapUp.none());
      between.successor = next;
      next = between;
    }
    line.successor = next;
    removed.put(line.number, line);
  }

  private static QueueState removed(long number, QueueId id, WrapUp wrapUp) {
    var line = new QueueState(number, Queue.of(id, SkillExpression.ANY).withWrapUp(wrapUp));
    line.removed = true;
    return line;
  }

  private void lastOffered(QueueMemory memory) {
    QueueState line = matching.queues.get(memory.queue());
    if (line == null || memory.lastOffered().isEmpty()) return;
    QueueMemory.LastOffered last = memory.lastOffered().get();
    line.lastOffered = last.gone() ? null : matching.agents.get(last.agent());
    if (line.lastOffered != null) return;
    line.lastOffered = new Agent(unknown(last.agent()).withOrder(last.order()));
    line.lastOffered.gone = true;
  }

  // ── Contacts ────────────────────────────────────────────────────────────────────────────────

  private void inHand(Plan plan, RouterMemory memory) {
    var there = new HashSet<AgentId>();
    for (AgentProfile profile : plan.agents()) there.add(profile.id());
    for (AgentMemory agent : memory.agents()) {
      for (AgentMemory.AssignmentMemory one : agent.inHand()) {
        if (!one.stage().isOffer()) talks.add(one.contact());
        else if (there.contains(agent.agent())) rings.add(one.contact());
      }
    }
  }

  private void contact(ContactMemory memory) {
    lineOf(memory)
        .ifPresentOrElse(
            line -> contact(memory, line), () -> left.add(new NotLoaded.OfContact(memory)));
  }

  /// Empty: there is none, and nobody has the contact.
  private Optional<QueueState> lineOf(ContactMemory memory) {
    boolean talks = this.talks.contains(memory.contact());
    QueueState line =
        memory.removed() == 0 ? matching.queues.get(memory.queue()) : removed.get(memory.removed());
    if (line == null) {
      return talks
          ? Optional.of(removed(++configuration.lastQueue, memory.queue(), WrapUp.none()))
          : Optional.empty();
    }
    boolean canGoOn = line.successor != null && rings.contains(memory.contact());
    return !line.removed || talks || canGoOn ? Optional.of(line) : Optional.empty();
  }

  private void contact(ContactMemory memory, QueueState line) {
    var contact = new RoutedContact(contacts.size(), memory.contact(), line);
    contact.recall(memory);
    if (!contact.passedOver.isEmpty()) matching.passing++;
    SkillExpression own = ask(memory.ownAsk(), line);
    contact.ownAsk = own.equals(SkillExpression.ANY) ? null : own;
    contact.ask = ask(memory.ask(), line);
    contacts.put(contact.id, contact);
    if (line.removed && line.stillIn++ == 0) matching.removed.add(line);
  }

  private SkillExpression ask(String text, QueueState line) {
    SkillExpression queues = line.queue.ask();
    return text.equals(queues.toString())
        ? queues
        : asks.computeIfAbsent(text, SkillExpression::parse);
  }

  /// Whom it waits for, and until when.
  private void goesOn(ContactMemory memory) {
    RoutedContact contact = contacts.get(memory.contact());
    if (contact == null) return;
    Optional<DueMemory> timer = memory.steps().timer();
    if (memory.preferred().isPresent()) {
      contact.preferred = matching.agents.get(memory.preferred().get().agent());
      contact.preferredUntil = RouterTime.nanos(memory.preferred().get().until());
      if (contact.preferred == null) timer = timer.flatMap(set -> forAnybody(memory, set));
    }
    timers.recall(contact.stepTimer, timer);
    timers.recall(contact.waitedTimer, memory.waited());
    contact.timed = timer.isPresent() || memory.waited().isPresent();
  }

  private static Optional<DueMemory> forAnybody(ContactMemory memory, DueMemory set) {
    return memory.steps().ends().map(ends -> new DueMemory(ends, set.number()));
  }

  // ── Agents ──────────────────────────────────────────────────────────────────────────────────

  private void agents(long at, Plan plan, RouterMemory memory) {
    var planned = new LinkedHashMap<AgentId, AgentProfile>();
    for (AgentProfile profile : plan.agents()) planned.put(profile.id(), profile);
    for (AgentMemory one : memory.agents()) agent(one, planned.remove(one.agent()));
    for (AgentProfile unknown : planned.values()) {
      var agent = new Agent(unknown);
      agent.since = at;
      matching.add(agent);
    }
    assignments.sort(Comparator.comparingLong(one -> one.offer));
    for (Assignment one : assignments) {
      one.contact.add(one);
      if (one.contact.line.ringsAll) ringAll.rings(one.contact);
    }
  }

  /// @param profile null: they are not configured
  private void agent(AgentMemory memory, @Nullable AgentProfile profile) {
    var inHand = new ArrayList<AgentMemory.AssignmentMemory>();
    for (AgentMemory.AssignmentMemory one : memory.inHand()) {
      boolean offer = one.stage().isOffer();
      boolean goesOn = contacts.containsKey(one.contact()) && (!offer || profile != null);
      if (goesOn) inHand.add(one);
      else left.add(new NotLoaded.OfInHand(memory.agent(), one));
    }
    if (profile == null && inHand.isEmpty()) {
      left.add(new NotLoaded.OfAgent(memory));
      return;
    }
    var agent =
        new Agent(profile != null ? profile : memory.leaving().orElse(unknown(memory.agent())));
    agent.recall(memory);
    if (profile == null) {
      agent.leaving = true;
      agent.pending = new Decision.Pending.LogOut();
    }
    matching.add(agent);
    for (AgentMemory.AssignmentMemory one : inHand) has(agent, one);
  }

  private void has(Agent agent, AgentMemory.AssignmentMemory memory) {
    // What is in hand of no contact was left out.
    RoutedContact contact = Objects.requireNonNull(contacts.get(memory.contact()));
    var assignment = new Assignment(contact, agent, memory.channel(), memory.stage());
    assignment.recall(memory);
    agent.add(assignment);
    timers.recall(assignment.timer, memory.ends());
    assignments.add(assignment);
  }

  private static AgentProfile unknown(AgentId id) {
    return AgentProfile.of(id, new Skills(Map.of()));
  }
}
