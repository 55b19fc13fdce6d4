package org.switchroom.cti.call;

import java.time.Instant;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.pbx.LegId;

/// Where a call is.
///
/// ```
///   InScript ─▶ Placed ─▶ Waiting ─▶ Talking ─▶ Released ─▶ Ended
///                          ▲ │ ▲        │  ▲ parked and back
///                     Away ┘◀┘ └────────┘ (held again: never lost)
/// ```
public sealed interface CallState {
  /// A caller in a script, or on the way to it.
  record InScript() implements CallState {}

  /// The script has chosen; the dialplan is taking the caller to the hold.
  ///
  /// @param at since when they wait, as the channel has it too
  record Placed(QueueId queue, Wish wish, Instant at) implements CallState {}

  /// @param since the caller's age in the queue, which no offer changes
  record Waiting(QueueId queue, Wish wish, Instant since) implements CallState {}

  /// Out of the queues: in a script again, or being connected with a number.
  ///
  /// @param from where they waited
  /// @param byChoice they pressed a key, and keep their place
  record Away(Waiting from, Instant at, boolean byChoice) implements CallState {}

  /// @param waitedSince when the wait had begun
  /// @param parked whether the agent has put the caller on hold
  record Talking(
      QueueId queue, Instant waitedSince, Instant since, AgentId agent, LegId leg, boolean parked)
      implements CallState {
    Talking parked(boolean now) {
      return new Talking(queue, waitedSince, since, agent, leg, now);
    }
  }

  /// The agent is gone, the caller's channel is not yet.
  record Released(Talking talk, Instant at) implements CallState {}

  /// @param last what it was before
  record Ended(Instant at, CallState last) implements CallState {}

  /// What follows from an event. Late and repeated events are ordinary and leave it as it was.
  default CallState on(CallEvent event) {
    record Step(CallState state, CallEvent event) {}
    return switch (new Step(this, event)) {
      case Step(Ended ended, _) -> ended;
      case Step(var state, CallEvent.Ended e) -> new Ended(e.at(), state);

      case Step(InScript _, CallEvent.Placed e) -> new Placed(e.queue(), e.wish(), e.at());
      case Step(Released _, CallEvent.Placed e) -> new Placed(e.queue(), e.wish(), e.at());
      case Step(Away _, CallEvent.Placed e) -> new Placed(e.queue(), e.wish(), e.at());

      case Step(InScript _, CallEvent.Held e) -> new Waiting(e.otherwise(), Wish.NONE, e.since());
      case Step(Placed p, CallEvent.Held e) -> new Waiting(p.queue(), p.wish(), p.at());
      case Step(Released r, CallEvent.Held e) -> new Waiting(r.talk().queue(), Wish.NONE, e.at());
      case Step(Away a, CallEvent.Held _) when a.byChoice() -> a.from();
      case Step(Away a, CallEvent.Held e) ->
          new Waiting(e.otherwise(), Wish.NONE, a.from().since());

      case Step(Waiting w, CallEvent.Moved e) -> new Waiting(e.queue(), w.wish(), w.since());
      case Step(Waiting w, CallEvent.Diverted e) -> new Away(w, e.at(), e.byChoice());

      case Step(Waiting w, CallEvent.Connected e) ->
          new Talking(w.queue(), w.since(), e.at(), e.agent(), e.leg(), false);
      case Step(Talking t, CallEvent.Connected e) when t.leg().equals(e.leg()) -> t.parked(false);
      case Step(Talking t, CallEvent.Parked _) -> t.parked(true);
      case Step(Talking t, CallEvent.AgentGone e) when t.leg().equals(e.leg()) ->
          new Released(t, e.at());

      case Step(var unchanged, _) -> unchanged;
    };
  }
}
