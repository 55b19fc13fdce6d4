package org.switchroom.cti.contact;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.personal.Personal;

/// Who has given a contact away, for whoever has it next.
///
/// @param why in their words; empty: they have said nothing
/// @param draft what they had typed by then
/// @param held empty: they gave it away themselves; else it was on hold for too long
/// @param parked empty: they have not parked it
public record Handover(
    AgentId by,
    @Personal String why,
    Draft draft,
    Optional<WasOnHold> held,
    Optional<Parked> parked) {
  /// Of another build's ledger one may come without.
  public Handover {
    draft = Objects.requireNonNullElse(draft, Draft.NONE);
  }

  /// @param talked how long the talk was, the hold included
  /// @param onHold how long the hold was
  public record WasOnHold(Duration talked, Duration onHold) {}

  /// @param since when it was parked
  /// @param until it goes back to the queue then, if nobody has picked it up
  /// @param pickedUp who has picked it up, and is asked; empty: nobody
  public record Parked(Instant since, Instant until, Optional<AgentId> pickedUp) {
    Parked until(Instant other) {
      return new Parked(since, other, pickedUp);
    }

    Parked by(Optional<AgentId> agent) {
      return new Parked(since, until, agent);
    }
  }

  /// By their own wish.
  Handover(AgentId by, String why, Draft draft) {
    this(by, why, draft, Optional.empty(), Optional.empty());
  }

  Handover with(Parked other) {
    return new Handover(by, why, draft, held, Optional.of(other));
  }
}
