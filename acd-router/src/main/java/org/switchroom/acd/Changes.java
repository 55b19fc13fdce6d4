package org.switchroom.acd;

import java.util.ArrayList;
import java.util.List;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;

/// Which agents, queues and contacts are others than they were when somebody last asked. While
/// nobody wants to know, nothing is noted.
///
/// What is noted are handles, once each; their values are made when they are asked for, so that a
/// turn with many changes of one agent gives one value.
final class Changes {
  private boolean wanted;
  private final List<Agent> agents = new ArrayList<>();
  private final List<QueueState> lines = new ArrayList<>();
  private final List<QueueState.Share> shares = new ArrayList<>();
  private final List<RoutedContact> contacts = new ArrayList<>();
  private final List<AgentId> agentsGone = new ArrayList<>();
  private final List<QueueId> queuesGone = new ArrayList<>();
  private final List<Long> removedQueuesGone = new ArrayList<>();
  private final List<ContactId> contactsGone = new ArrayList<>();

  /// What a memory that was loaded and what the router made of it differ by.
  private List<MemoryChange> fromLoading = List.of();

  private CounterMemory counters = CounterMemory.NONE;

  // ── Noting ──────────────────────────────────────────────────────────────────────────────────

  void of(Agent agent) {
    if (wanted && !agent.changed) {
      agent.changed = true;
      agents.add(agent);
    }
  }

  void of(QueueState line) {
    if (wanted && !line.changed) {
      line.changed = true;
      lines.add(line);
    }
  }

  void of(QueueState.Share share) {
    if (wanted && !share.changed) {
      share.changed = true;
      shares.add(share);
    }
  }

  void of(RoutedContact contact) {
    if (wanted && !contact.changed) {
      contact.changed = true;
      contacts.add(contact);
    }
  }

  void gone(Agent agent) {
    if (wanted && agent.known) agentsGone.add(agent.id());
  }

  /// It was removed; what is left of it are contacts in somebody's hand.
  void removed(QueueState line) {
    if (wanted && line.known) queuesGone.add(line.queue.id());
    line.known = false;
    of(line);
  }

  /// Nothing is left of a queue that was removed.
  void gone(QueueState line) {
    if (wanted && line.known) removedQueuesGone.add(line.number);
    line.known = false;
  }

  void gone(RoutedContact contact) {
    if (!wanted) return;
    if (contact.known) contactsGone.add(contact.id);
    contact.known = false;
  }

  // ── Asking ──────────────────────────────────────────────────────────────────────────────────

  boolean wanted() {
    return wanted;
  }

  /// From now on, or no more.
  ///
  /// @param matching all that is there now is known
  void want(
      boolean wanted, Matching matching, Iterable<RoutedContact> contacts, CounterMemory counters) {
    forget();
    this.wanted = wanted;
    if (!wanted) return;
    for (Agent agent : matching.agents.values()) agent.known = true;
    for (QueueState line : matching.queues.values()) line.known = true;
    for (QueueState line : matching.removed) line.known = true;
    for (RoutedContact contact : contacts) contact.known = true;
    this.counters = counters;
  }

  private void forget() {
    for (Agent agent : agents) agent.changed = false;
    for (QueueState line : lines) line.changed = false;
    for (QueueState.Share share : shares) share.changed = false;
    for (RoutedContact contact : contacts) contact.changed = false;
    agents.clear();
    lines.clear();
    shares.clear();
    contacts.clear();
    agentsGone.clear();
    queuesGone.clear();
    removedQueuesGone.clear();
    contactsGone.clear();
    fromLoading = List.of();
  }

  void loaded(List<MemoryChange> differences) {
    fromLoading = differences;
  }

  void drain(MemorySink sink, CounterMemory now) {
    fromLoading.forEach(sink::accept);
    for (ContactId id : contactsGone) sink.accept(new MemoryChange.ContactGone(id));
    for (AgentId id : agentsGone) sink.accept(new MemoryChange.AgentGone(id));
    for (QueueId id : queuesGone) sink.accept(new MemoryChange.QueueGone(id));
    for (long number : removedQueuesGone) sink.accept(new MemoryChange.RemovedQueueGone(number));
    for (QueueState line : lines) tell(line, sink);
    for (QueueState.Share share : shares) tell(share, sink);
    for (Agent agent : agents) {
      if (agent.gone) continue;
      agent.known = true;
      sink.accept(agent.memory());
    }
    for (RoutedContact contact : contacts) {
      if (contact.over) continue;
      contact.known = true;
      sink.accept(contact.memory());
    }
    if (!now.equals(counters)) sink.accept(now);
    counters = now;
    forget();
  }

  private static void tell(QueueState line, MemorySink sink) {
    if (line.removed && line.stillIn == 0) return;
    line.known = true;
    sink.accept(line.removed ? line.removal() : line.memory());
  }

  private static void tell(QueueState.Share share, MemorySink sink) {
    if (!share.line.removed) sink.accept(share.memory());
  }
}
