package org.switchroom.acd;

import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;

/// One thing that the [Router] remembers and that is another now: the new value of it, whole, or
/// that it is gone. [MemoryFold] makes a [RouterMemory] of many.
public sealed interface MemoryChange
    permits AgentMemory,
        ContactMemory,
        CounterMemory,
        MemoryChange.AgentGone,
        MemoryChange.ContactGone,
        MemoryChange.QueueGone,
        MemoryChange.RemovedQueueGone,
        QueueMemory,
        RemovedQueueMemory,
        ShareMemory {
  /// The agent was removed, and has nothing in hand any more.
  record AgentGone(AgentId agent) implements MemoryChange {}

  /// The router knows nothing of the contact any more.
  record ContactGone(ContactId contact) implements MemoryChange {}

  /// The queue was removed, and with it its shares.
  record QueueGone(QueueId queue) implements MemoryChange {}

  /// Nobody has a contact of this removed queue any more.
  ///
  /// @param number as [RemovedQueueMemory] has it
  record RemovedQueueGone(long number) implements MemoryChange {}
}
