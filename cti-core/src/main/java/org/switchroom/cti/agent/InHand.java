package org.switchroom.cti.agent;

import java.time.Instant;
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
    Draft draft) {
  /// How far the agent is with it; the later ones are more pressing.
  public enum Stage {
    WRAP_UP,
    /// On a task.
    WORKING,
    TALKING,
    HELD,
    OFFERED,
    RINGING
  }

  boolean is(ContactId other) {
    return contact.equals(other);
  }

  InHand at(Stage other, Instant when) {
    return new InHand(
        contact, stay, queue, other, when, offered, offer, leg, until, dispositionNeeded, draft);
  }

  InHand in(QueueId other) {
    return new InHand(
        contact, stay, other, stage, since, offered, offer, leg, until, dispositionNeeded, draft);
  }

  InHand wrapUp(Instant when, Optional<Instant> end, boolean needed) {
    return new InHand(
        contact, stay, queue, Stage.WRAP_UP, when, offered, offer, leg, end, needed, draft);
  }

  InHand with(Draft typed) {
    return new InHand(
        contact, stay, queue, stage, since, offered, offer, leg, until, dispositionNeeded, typed);
  }
}
