package org.switchroom.acd;

import java.time.Instant;

/// Something that has happened, with its time. Never a wish.
///
/// Facts about an agent, contact or offer that the router does not know (any more) are ordinary,
/// because facts cross on the wire: they change nothing.
public sealed interface AcdEvent {
  Instant at();

  record AgentLoggedIn(Instant at, AgentId agent) implements AcdEvent {}

  /// Asked for while busy, it is kept and done after the contact and its wrap-up.
  record AgentLoggedOut(Instant at, AgentId agent) implements AcdEvent {}

  /// In wrap-up it ends the wrap-up. Busy, it takes back a pending change.
  record AgentReady(Instant at, AgentId agent) implements AcdEvent {}

  /// Asked for while busy, it is kept and done after the contact and its wrap-up.
  record AgentNotReady(Instant at, AgentId agent, String reason) implements AcdEvent {}

  /// Whether the agent's phone could ring now.
  record PhoneChanged(Instant at, AgentId agent, boolean available) implements AcdEvent {}

  /// @param arrived when the caller began to wait: their age, which no later move changes
  record ContactQueued(Instant at, ContactId contact, QueueId queue, Instant arrived, int priority)
      implements AcdEvent {}

  /// The caller left the queue: hung up, or was taken elsewhere.
  record ContactLeft(Instant at, ContactId contact) implements AcdEvent {}

  record OfferRinging(Instant at, OfferId offer) implements AcdEvent {}

  record OfferAccepted(Instant at, OfferId offer) implements AcdEvent {}

  /// The phone said no. The contact keeps its place and age; the agent goes not ready.
  record OfferRejected(Instant at, OfferId offer, String reason) implements AcdEvent {}

  /// The talk is over; wrap-up begins.
  record ContactEnded(Instant at, ContactId contact) implements AcdEvent {}

  /// The wrap-up is done.
  record WrapUpCompleted(Instant at, AgentId agent) implements AcdEvent {}

  /// The contact was found talking to this agent, on a PBX that was away for a while.
  record ContactAdopted(Instant at, ContactId contact, QueueId queue, AgentId agent)
      implements AcdEvent {}

  /// Nothing but time.
  record TimePassed(Instant at) implements AcdEvent {}
}
