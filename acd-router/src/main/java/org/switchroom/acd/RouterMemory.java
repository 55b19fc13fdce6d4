package org.switchroom.acd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.acd.plan.QueueId;

/// All that a [Router] remembers beside its configuration: [Router#memory] gives it, [Router#load]
/// takes it, and the router that took it goes on as the one that gave it would have. A value; what
/// follows from the configuration or from the rest is not in it.
///
/// The lists are put into one order, so that what is equal is equal however it was made.
///
/// @param removedQueues queues that are gone and still have contacts in somebody's hand
public record RouterMemory(
    List<QueueMemory> queues,
    List<ShareMemory> shares,
    List<RemovedQueueMemory> removedQueues,
    List<AgentMemory> agents,
    List<ContactMemory> contacts,
    CounterMemory counters) {
  /// A router that was never told anything.
  public static final RouterMemory EMPTY =
      new RouterMemory(List.of(), List.of(), List.of(), List.of(), List.of(), CounterMemory.NONE);

  public RouterMemory {
    queues = sorted(queues, Comparator.comparingLong(QueueMemory::number));
    shares =
        sorted(shares, Comparator.comparing(ShareMemory::queue).thenComparing(ShareMemory::agent));
    removedQueues = sorted(removedQueues, Comparator.comparingLong(RemovedQueueMemory::number));
    agents = sorted(agents, Comparator.comparing(AgentMemory::agent));
    contacts = sorted(contacts, Comparator.comparingLong(ContactMemory::number));
  }

  private static <T> List<T> sorted(List<T> values, Comparator<T> order) {
    return values.stream().sorted(order).toList();
  }

  /// The changes that lead from `before` to this, in their order; from [#EMPTY] they are all that
  /// is remembered.
  public List<MemoryChange> changesSince(RouterMemory before) {
    Map<Object, MemoryChange> was = before.byKey();
    Map<Object, MemoryChange> is = byKey();
    var changes = new ArrayList<MemoryChange>();
    was.forEach(
        (key, value) -> gone(value).filter(_ -> !is.containsKey(key)).ifPresent(changes::add));
    is.forEach(
        (key, value) ->
            Optional.of(value).filter(now -> !now.equals(was.get(key))).ifPresent(changes::add));
    return changes;
  }

  /// What there is once of each key. A queue that comes back after it was removed is another one.
  private Map<Object, MemoryChange> byKey() {
    var numbers = new HashMap<QueueId, Long>();
    var values = new LinkedHashMap<Object, MemoryChange>();
    for (QueueMemory one : queues) {
      numbers.put(one.queue(), one.number());
      values.put(List.of(one.queue(), one.number()), one);
    }
    for (ShareMemory one : shares) {
      long number = numbers.getOrDefault(one.queue(), 0L);
      values.put(List.of(one.queue(), number, one.agent()), one);
    }
    for (RemovedQueueMemory one : removedQueues) values.put(one.number(), one);
    for (AgentMemory one : agents) values.put(one.agent(), one);
    for (ContactMemory one : contacts) values.put(one.contact(), one);
    values.put(CounterMemory.class, counters);
    return values;
  }

  private static Optional<MemoryChange> gone(MemoryChange value) {
    return switch (value) {
      case QueueMemory one -> Optional.of(new MemoryChange.QueueGone(one.queue()));
      case RemovedQueueMemory one -> Optional.of(new MemoryChange.RemovedQueueGone(one.number()));
      case AgentMemory one -> Optional.of(new MemoryChange.AgentGone(one.agent()));
      case ContactMemory one -> Optional.of(new MemoryChange.ContactGone(one.contact()));
      default -> Optional.empty();
    };
  }
}
