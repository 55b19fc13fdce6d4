package org.switchroom.cti.call;

import java.time.Instant;
import java.util.Optional;

/// Where the caller is.
///
/// ```
///   InScript ─▶ Queued ─▶ Talking ─▶ Released ─▶ Ended
///       ▲        │  ▲       │ ▲ │       │
///       └ Away ◀─┘  │    Held ┘ └───────┘
///           └───────┴─────────── (queued again: never lost)
/// ```
public sealed interface CallState {
  /// A caller in a script, or on the way to it or from it.
  ///
  /// @param awaited it must have begun by then; empty: it has
  record InScript(Optional<Instant> awaited) implements CallState {}

  /// The dialplan holds the caller: they hear music.
  record Queued(Instant since) implements CallState {}

  /// The caller and an agent hear each other.
  ///
  /// @param conference whether whoever the agent asks is there, too
  record Talking(Instant since, boolean conference) implements CallState {
    /// With nobody else.
    public Talking(Instant since) {
      this(since, false);
    }
  }

  /// The agent has put the caller on hold.
  ///
  /// @param onPhone by the phone's own key: to the PBX they talk
  /// @param reminded how often the agent was
  /// @param reminder when they are next; empty: they are not
  /// @param back when the caller goes back to the queue; empty: never
  record Held(
      Instant since,
      boolean onPhone,
      int reminded,
      Optional<Instant> reminder,
      Optional<Instant> back)
      implements CallState {
    /// What comes first of both.
    Optional<Instant> due() {
      if (reminder.isEmpty() || back.isEmpty()) return reminder.or(() -> back);
      return reminder.get().isBefore(back.get()) ? reminder : back;
    }
  }

  /// Out of the hold: in a script again, or being connected with a number.
  ///
  /// @param awaited the script must have begun by then
  record Away(boolean dialing, Instant since, Optional<Instant> awaited) implements CallState {}

  /// The agent is gone, the caller's channel is not yet.
  record Released(Instant since, Optional<Instant> awaited) implements CallState {}

  /// The caller's channel is over.
  record Ended(Instant at) implements CallState {}
}
