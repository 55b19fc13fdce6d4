package org.switchroom.acd;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;

/// What the router remembers of a contact. Who is offered it or has it stands with the agent
/// ([AgentMemory#inHand]); if nobody is, it waits.
///
/// @param removed the number of its queue, if that was removed ([RemovedQueueMemory]); 0: the queue
///   is there
/// @param number of all contacts, in the order in which the router heard of them: the last of all
///   ties, and what `RANDOM` draws from
/// @param arrived when it began to wait: its age
/// @param entered when it came into its present queue
/// @param priority what it brought along itself
/// @param ownAsk what it asks for beside what its queue does; `any`: nothing
/// @param preferred whom it waits for alone; empty: nobody, or no more
/// @param outdated whether its queue has changed while a phone rang for it, so that it begins its
///   steps anew when it comes back
/// @param ask what it asks for now
/// @param visited the queues it was in before
/// @param reach where all are rung: the last group of `tries` that is, from 0
/// @param waited when the next rule that goes by the wait is looked at
/// @param passedOver who is not asked as long as others are there
/// @param missedBy whose phone has rung in vain and who stayed ready: others who are free are asked
///   before them
public record ContactMemory(
    ContactId contact,
    QueueId queue,
    long removed,
    long number,
    Instant arrived,
    Instant entered,
    int priority,
    String ownAsk,
    Optional<Preferred> preferred,
    boolean outdated,
    String ask,
    Steps steps,
    List<QueueId> visited,
    int reach,
    Optional<DueMemory> waited,
    ContactKind kind,
    List<AgentId> passedOver,
    List<AgentId> missedBy)
    implements MemoryChange {
  public ContactMemory {
    visited = List.copyOf(visited);
    passedOver = List.copyOf(passedOver);
    missedBy = List.copyOf(missedBy);
  }

  /// @param until how long only this agent is asked
  public record Preferred(AgentId agent, Instant until) {}

  /// Its way through its queue's steps.
  ///
  /// @param from when they began for it
  /// @param step the one it is in, from 0; -1: before the first; their number: after the last
  /// @param priority points that steps have added
  /// @param ends when the present step's time is over; empty: it has none
  /// @param timer when the router looks again: at the end of the step, or of the wait for the
  ///   preferred agent
  public record Steps(
      Instant from, int step, int priority, Optional<Instant> ends, Optional<DueMemory> timer) {}
}
