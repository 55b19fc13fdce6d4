package org.switchroom.acd;

import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;

/// What the router remembers of a queue beside its configuration. What each agent has had of it by
/// `PERCENT_ALLOCATION` is in [ShareMemory], because that is a value for each agent.
///
/// @param number its own for ever: queues are in the order of their numbers, and a queue that is
///   removed and comes back has another one
/// @param plan a checksum of how it was configured; only to be compared
/// @param lastOffered for `ROUND_ROBIN`; empty: it has offered nothing yet
/// @param handleMicros mean time to serve a contact, from the beginning of the talk to the end of
///   the wrap-up, in microseconds
/// @param handled contacts that are in it beside the start value, from 0 to 63
/// @param inTarget of the last 64 contacts that its service level counts, the latest in the lowest
///   bit: 1 where it was served within the target
/// @param inTargetBefore of the 36 before them
/// @param closing when those who wait leave because it closes
public record QueueMemory(
    QueueId queue,
    long number,
    long plan,
    Optional<LastOffered> lastOffered,
    double handleMicros,
    int handled,
    long inTarget,
    long inTargetBefore,
    Optional<DueMemory> closing)
    implements MemoryChange {
  /// Whom the queue offered to last.
  ///
  /// @param gone whether they have left the center since; an agent of the same name who came after
  ///   them is somebody else
  /// @param order their place in the fixed order when they left; 0 while they are there, because
  ///   their profile says it
  public record LastOffered(AgentId agent, boolean gone, int order) {}
}
