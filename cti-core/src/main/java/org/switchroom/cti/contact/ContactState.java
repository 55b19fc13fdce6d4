package org.switchroom.cti.contact;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.event.ContactOutcome;
import org.switchroom.cti.event.QueueRequest;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.TalkEnd;
import org.switchroom.cti.pbx.LegId;

/// How far a contact is.
///
/// ```
///   Selecting ─▶ Queued ◀─▶ Offered ─▶ Handling ─▶ Handled ─▶ Closed
///                 │  ▲                                │
///                 ▼  └────────────────────────────────┘ (waits again)
///                Away
///
///   Parked: after a talk, outside the queues ─▶ Offered (picked up) ─▶ Handling, or Parked again;
///           Queued (nobody has in time)
///
///   CutOff: a call is lost that waited, talked, or knew where to ─▶ Queued (the caller calls again),
///           Closed (they do not)
/// ```
public sealed interface ContactState {
  /// A script finds out what it is about.
  ///
  /// @param chosen where the caller is on the way to; empty: not known yet
  /// @param since when it was chosen: the wait begins then
  record Selecting(Optional<QueueRequest> chosen, Instant since) implements ContactState {}

  /// It waits, and nobody is asked.
  record Queued(Stay stay) implements ContactState {}

  /// It waits, and these are asked; more than one where a queue rings all.
  record Offered(Stay stay, List<Offer> offers) implements ContactState {}

  /// An agent has it: talks with the caller, or works on the task.
  ///
  /// @param leg of a call
  /// @param since when the talk or the work began
  record Handling(Stay stay, AgentId agent, Optional<LegId> leg, Instant since)
      implements ContactState {}

  /// Taken out of the queue: to a script, to a number, or to somebody who is no agent.
  ///
  /// @param why the stay ended
  /// @param chosen by the script meanwhile
  record Away(Stay stay, Instant since, StayEnd why, Optional<QueueRequest> chosen)
      implements ContactState {
    /// It was the caller's choice, and they may come back to where they were.
    public boolean keepsPlace() {
      return why == StayEnd.CHOSE;
    }
  }

  /// The agent's part is over; the caller may still be there.
  ///
  /// @param chosen by a script after the talk
  /// @param chosenAt when; without a choice when the talk ended
  record Handled(
      Stay stay,
      AgentId agent,
      Instant since,
      Instant ended,
      TalkEnd end,
      Optional<QueueRequest> chosen,
      Instant chosenAt)
      implements ContactState {}

  /// The agent's part is over, and whoever picks the caller up has them next. Nobody is asked, and
  /// no queue has them; what else there is of it is in the contact's [Handover].
  ///
  /// @param stay that its talk came of
  record Parked(Stay stay) implements ContactState {}

  /// The PBX has lost its call. With the caller's next one it waits again: where it was, or was on
  /// the way to, with its age.
  ///
  /// @param request where it waited
  /// @param since when the wait began
  /// @param last stay; empty: it was on the way to its first
  /// @param agent who had it; empty: nobody
  /// @param until they must have called by then
  record CutOff(
      QueueRequest request,
      Instant since,
      Optional<Stay> last,
      Optional<AgentId> agent,
      Instant until)
      implements ContactState {}

  /// Nobody wants it any more. Agents may still wrap it up.
  record Closed(ContactOutcome outcome, Instant at, Optional<Stay> last) implements ContactState {}

  /// One agent who is asked.
  ///
  /// @param leg empty: there is no phone to ring
  record Offer(OfferId id, AgentId agent, Optional<LegId> leg, Instant since) {}
}
