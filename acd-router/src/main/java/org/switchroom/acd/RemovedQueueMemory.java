package org.switchroom.acd;

import java.util.List;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;

/// A queue that was removed while agents were offered its contacts, talked, or wrapped up; it is
/// remembered until the last of them is done.
///
/// @param number as it was in [QueueMemory]; there may be a new queue of the same name
/// @param wrapUp what follows its talks
/// @param successors where a contact goes that comes back to it: through these, to the last
public record RemovedQueueMemory(
    long number, QueueId queue, WrapUp wrapUp, List<QueueId> successors) implements MemoryChange {
  public RemovedQueueMemory {
    successors = List.copyOf(successors);
  }
}
