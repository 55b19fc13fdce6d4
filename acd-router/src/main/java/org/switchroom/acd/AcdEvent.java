package org.switchroom.acd;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.RoutingPlan;
import org.switchroom.acd.skill.SkillExpression;

/// Something that has happened, with its time. Never a wish.
///
/// Facts about a contact or offer that the router does not know (any more) are ordinary, because
/// facts cross on the wire: they change nothing.
public sealed interface AcdEvent {
  Instant at();

  // ── Configuration ───────────────────────────────────────────────────────────────────────────

  /// A queue is new or has changed. Whoever waits in it keeps place and age.
  record QueueConfigured(Instant at, Queue queue) implements AcdEvent {}

  /// @param otherwise where those go who wait in it, with their age
  record QueueRemoved(Instant at, QueueId queue, QueueId otherwise) implements AcdEvent {}

  /// An agent is new (and logged out), or has changed.
  record AgentConfigured(Instant at, AgentProfile agent) implements AcdEvent {}

  /// The agent goes when they are free.
  record AgentRemoved(Instant at, AgentId agent) implements AcdEvent {}

  record RoutingConfigured(Instant at, RoutingPlan routing) implements AcdEvent {}

  // ── Agents ──────────────────────────────────────────────────────────────────────────────────

  record AgentLoggedIn(Instant at, AgentId agent) implements AcdEvent {}

  /// Asked for while busy, it is kept and done after the contact and its wrap-up.
  record AgentLoggedOut(Instant at, AgentId agent) implements AcdEvent {}

  /// In wrap-up it ends the wrap-up. Busy, it takes back a pending change.
  record AgentReady(Instant at, AgentId agent) implements AcdEvent {}

  /// Asked for while busy, it is kept and done after the contact and its wrap-up.
  record AgentNotReady(Instant at, AgentId agent, String reason) implements AcdEvent {}

  /// Whether the agent's phone could ring now.
  record PhoneChanged(Instant at, AgentId agent, boolean available) implements AcdEvent {}

  /// Whether phones can be rung at all: not while the PBX cannot be told to. Nobody is offered a
  /// call then, and who waits for one agent alone waits on; at first they can.
  record PhonesReachable(Instant at, boolean reachable) implements AcdEvent {}

  // ── Contacts ────────────────────────────────────────────────────────────────────────────────

  /// @param arrived when the caller began to wait: their age, which no later move changes
  /// @param priority points beside the queue's own, from the customer's tier or the script
  /// @param ask what this contact asks beside what its queue does; `any`: nothing
  /// @param preferred empty: nobody
  /// @param passedOver who is not asked as long as somebody else is staffed who could take it: they
  ///   have sent it away
  record ContactQueued(
      Instant at,
      ContactId contact,
      QueueId queue,
      Instant arrived,
      int priority,
      SkillExpression ask,
      Optional<Preferred> preferred,
      ContactKind kind,
      List<AgentId> passedOver)
      implements AcdEvent {
    public ContactQueued {
      passedOver = passedOver.stream().distinct().toList();
    }

    /// One that nobody has sent away.
    public ContactQueued(
        Instant at,
        ContactId contact,
        QueueId queue,
        Instant arrived,
        int priority,
        SkillExpression ask,
        Optional<Preferred> preferred,
        ContactKind kind) {
      this(at, contact, queue, arrived, priority, ask, preferred, kind, List.of());
    }

    public ContactQueued(
        Instant at, ContactId contact, QueueId queue, Instant arrived, int priority) {
      this(
          at,
          contact,
          queue,
          arrived,
          priority,
          SkillExpression.ANY,
          Optional.empty(),
          ContactKind.CALLER);
    }
  }

  /// An agent who is to be asked before anybody else, whatever their skills: who had the contact
  /// last, or who knows the customer. Left out at once when they are not ready, are to stop or to
  /// go, or their phone cannot ring and is not in use for a contact of theirs.
  ///
  /// @param within for how long they are waited for
  record Preferred(AgentId agent, Duration within) {}

  /// The contact's own priority is another one. What it has waited does not change.
  record PriorityChanged(Instant at, ContactId contact, int priority) implements AcdEvent {}

  /// The caller left the queue: hung up, or was taken elsewhere.
  ///
  /// @param how it counts in the queue's service level
  /// @param left when it was; before the fact where it is heard of late
  record ContactLeft(Instant at, ContactId contact, Departure how, Instant left)
      implements AcdEvent {
    /// A caller who hung up just now.
    public ContactLeft(Instant at, ContactId contact) {
      this(at, contact, Departure.ABANDONED, at);
    }
  }

  /// How somebody left a queue otherwise than by an offer.
  enum Departure {
    /// They hung up.
    ABANDONED,
    /// They took what the queue offers by key.
    CHOSE,
    /// They talk to somebody whom the router does not know.
    SERVED,
    /// They were lost, or nobody had called: they are in no service level.
    UNCOUNTED
  }

  // ── Offers and talks ────────────────────────────────────────────────────────────────────────

  record OfferRinging(Instant at, OfferId offer) implements AcdEvent {}

  /// @param answered when the talk began; before the fact where it is heard of late
  /// @param counts whether it counts as served in its queue; not where the agent has picked up one
  ///   that was parked, and had been served before
  record OfferAccepted(Instant at, OfferId offer, Instant answered, boolean counts)
      implements AcdEvent {
    public OfferAccepted(Instant at, OfferId offer, Instant answered) {
      this(at, offer, answered, true);
    }

    public OfferAccepted(Instant at, OfferId offer) {
      this(at, offer, at);
    }
  }

  /// The phone said no. The contact keeps its place and age; the agent goes not ready.
  record OfferRejected(Instant at, OfferId offer, String reason) implements AcdEvent {}

  /// The phone was never rung, or nobody watched: the contact keeps its place and age, and the
  /// agent their turn. Whom it waits for alone it waits for still.
  record OfferLost(Instant at, OfferId offer) implements AcdEvent {}

  record ConsultStarted(Instant at, ContactId contact) implements AcdEvent {}

  record ConsultEnded(Instant at, ContactId contact) implements AcdEvent {}

  /// The talk is over; wrap-up begins.
  ///
  /// @param ended when it was; before the fact where it is heard of late
  record ContactEnded(Instant at, ContactId contact, Instant ended) implements AcdEvent {
    public ContactEnded(Instant at, ContactId contact) {
      this(at, contact, at);
    }
  }

  /// The wrap-up of a contact is done.
  record WrapUpCompleted(Instant at, ContactId contact) implements AcdEvent {}

  /// The contact was found talking to this agent, on a PBX that was away for a while, or because a
  /// colleague has given it to them; they have it beside whatever else they have. Where it waited
  /// in this queue it waits no more, and counts as served.
  ///
  /// @param answered when the talk began; not after the fact
  /// @param since when it began to wait, where it is not known to wait and counts as served all the
  ///   same; empty: it has waited in no queue, as whom a colleague has given them
  record ContactAdopted(
      Instant at,
      ContactId contact,
      QueueId queue,
      AgentId agent,
      Instant answered,
      Optional<Instant> since)
      implements AcdEvent {
    public ContactAdopted(Instant at, ContactId contact, QueueId queue, AgentId agent) {
      this(at, contact, queue, agent, at, Optional.empty());
    }
  }

  // ── Time ────────────────────────────────────────────────────────────────────────────────────

  /// Nothing but time.
  record TimePassed(Instant at) implements AcdEvent {}

  /// The clock on the wall is set, or found apart from the time of facts, which never falls.
  /// Opening hours go by the wall clock, from this fact on; waits and every other deadline do not.
  /// A queue that was open and is closed by the clock as it is now closes with this fact.
  ///
  /// @param ahead of the wall clock, as of `at`; negative: it is behind; before the first of these
  ///   facts nothing. Within 200 years
  record WallClockSet(Instant at, Duration ahead) implements AcdEvent {}
}
