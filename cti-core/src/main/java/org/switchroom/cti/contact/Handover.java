package org.switchroom.cti.contact;

import java.time.Duration;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.personal.Personal;

/// Who has given a contact away, for whoever has it next.
///
/// @param why in their words; empty: they have said nothing
/// @param held empty: they gave it away themselves; else it was on hold for too long
public record Handover(AgentId by, @Personal String why, Optional<HeldTooLong> held) {
  /// @param talked how long the talk was, the hold included
  /// @param onHold how long the hold was
  /// @param draft what they had typed
  public record HeldTooLong(Duration talked, Duration onHold, Draft draft) {}

  /// By their own wish.
  Handover(AgentId by, String why) {
    this(by, why, Optional.empty());
  }
}
