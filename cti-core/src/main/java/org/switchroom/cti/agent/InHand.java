package org.switchroom.cti.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.pbx.LegId;

/// One contact that an agent is offered, has, or wraps up.
///
/// @param stay of the contact, from 1
/// @param since when the stage began
/// @param offered when the agent was chosen
/// @param offer empty: they were found with it
/// @param leg of a call
/// @param until when a wrap-up ends by itself; empty: it does not
/// @param dispositionNeeded whether a wrap-up ends only with one
/// @param held for how long the caller was on hold, up to the last time they were taken back
/// @param draft what the agent has typed so far
public record InHand(
    ContactId contact,
    int stay,
    QueueId queue,
    Stage stage,
    Instant since,
    Instant offered,
    Optional<OfferId> offer,
    Optional<LegId> leg,
    Optional<Instant> until,
    boolean dispositionNeeded,
    Duration held,
    Draft draft) {
  /// How far the agent is with it; the later ones are more pressing.
  public enum Stage {
    /// The talk or the work is over, what is written down of it is not.
    WRAP_UP,
    /// On a task.
    WORKING,
    /// With the caller.
    TALKING,
    /// The caller hears music until the agent takes them back.
    HELD,
    /// The agent is asked; nothing rings yet, or there is nothing to ring.
    OFFERED,
    /// The agent's phone rings for it.
    RINGING;

    /// As screens are told: `wrap-up`, and what is held is on `hold`.
    public String word() {
      return this == HELD ? "hold" : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  boolean is(ContactId other) {
    return contact.equals(other);
  }

  InHand at(Stage other, Instant when) {
    return copy(queue, other, when, until, dispositionNeeded, heldBy(when), draft);
  }

  InHand in(QueueId other) {
    return copy(other, stage, since, until, dispositionNeeded, held, draft);
  }

  InHand wrapUp(Instant when, Optional<Instant> end, boolean needed) {
    return copy(queue, Stage.WRAP_UP, when, end, needed, heldBy(when), draft);
  }

  InHand with(Draft typed) {
    return copy(queue, stage, since, until, dispositionNeeded, held, typed);
  }

  InHand later(Duration down) {
    return copy(
        queue, stage, since, until.map(at -> at.plus(down)), dispositionNeeded, held, draft);
  }

  /// For how long the caller was on hold in all, by this moment.
  public Duration heldBy(Instant when) {
    return stage == Stage.HELD ? held.plus(Duration.between(since, when)) : held;
  }

  private InHand copy(
      QueueId in,
      Stage other,
      Instant when,
      Optional<Instant> end,
      boolean needed,
      Duration onHold,
      Draft typed) {
    return new InHand(
        contact, stay, in, other, when, offered, offer, leg, end, needed, onHold, typed);
  }
}
