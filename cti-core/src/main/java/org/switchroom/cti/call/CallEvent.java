package org.switchroom.cti.call;

import java.time.Instant;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.pbx.LegId;

/// Something that has happened to one call.
public sealed interface CallEvent {
  Instant at();

  /// The script has chosen a queue.
  record Placed(Instant at, QueueId queue, Wish wish) implements CallEvent {}

  /// The dialplan holds the caller.
  ///
  /// @param otherwise the queue for callers whose script chose none
  /// @param since when the wait began
  record Held(Instant at, QueueId otherwise, Instant since) implements CallEvent {}

  /// The router has the caller wait in another queue; the age is kept.
  record Moved(Instant at, QueueId queue) implements CallEvent {}

  /// The router, or the caller with a key, has them leave the queue.
  ///
  /// @param byChoice the caller's: they may come back to their place
  record Diverted(Instant at, boolean byChoice) implements CallEvent {}

  record Connected(Instant at, AgentId agent, LegId leg) implements CallEvent {}

  record Parked(Instant at) implements CallEvent {}

  /// The agent's leg is over.
  record AgentGone(Instant at, LegId leg) implements CallEvent {}

  /// The caller's channel is over.
  record Ended(Instant at) implements CallEvent {}
}
