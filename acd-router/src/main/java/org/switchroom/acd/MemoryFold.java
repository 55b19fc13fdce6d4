package org.switchroom.acd;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;

/// Puts changes together again: what it was begun with and all changes since are the [RouterMemory]
/// of that moment.
///
/// Not safe for threads.
public final class MemoryFold {
  private final Map<QueueId, QueueMemory> queues = new HashMap<>();
  private final Map<QueueId, Map<AgentId, ShareMemory>> shares = new HashMap<>();
  private final Map<Long, RemovedQueueMemory> removedQueues = new HashMap<>();
  private final Map<AgentId, AgentMemory> agents = new HashMap<>();
  private final Map<ContactId, ContactMemory> contacts = new HashMap<>();
  private CounterMemory counters = CounterMemory.NONE;

  /// Begins with a router that was never told anything.
  public MemoryFold() {}

  public MemoryFold(RouterMemory memory) {
    memory.changesSince(RouterMemory.EMPTY).forEach(this::apply);
  }

  public void apply(MemoryChange change) {
    switch (change) {
      case QueueMemory queue -> queues.put(queue.queue(), queue);
      case ShareMemory share ->
          shares.computeIfAbsent(share.queue(), _ -> new HashMap<>()).put(share.agent(), share);
      case RemovedQueueMemory queue -> removedQueues.put(queue.number(), queue);
      case AgentMemory agent -> agents.put(agent.agent(), agent);
      case ContactMemory contact -> contacts.put(contact.contact(), contact);
      case CounterMemory numbers -> counters = numbers;
      case MemoryChange.QueueGone(var queue) -> {
        queues.remove(queue);
        shares.remove(queue);
      }
      case MemoryChange.RemovedQueueGone(var number) -> removedQueues.remove(number);
      case MemoryChange.AgentGone(var agent) -> agents.remove(agent);
      case MemoryChange.ContactGone(var contact) -> contacts.remove(contact);
    }
  }

  public RouterMemory memory() {
    return new RouterMemory(
        List.copyOf(queues.values()),
        shares.values().stream().flatMap(each -> each.values().stream()).toList(),
        List.copyOf(removedQueues.values()),
        List.copyOf(agents.values()),
        List.copyOf(contacts.values()),
        counters);
  }
}
