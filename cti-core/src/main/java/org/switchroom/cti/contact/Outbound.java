package org.switchroom.cti.contact;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.event.DialProgress;
import org.switchroom.cti.pbx.TalkLimit;
import org.switchroom.cti.personal.Personal;

/// A number outside that an agent has called (CSTA Make Call), or asks beside a caller (CSTA
/// Consultation Call), and how far that is.
///
/// ```
///   INITIATED ─▶ PROMPTING ─▶ RINGING ─▶ REACHED
///                                └─────▶ BUSY, NO_ANSWER, FAILED
/// ```
///
/// @param by who wants it called
/// @param number as it is dialed
/// @param since when it began to be so
/// @param limit when the call ends
public record Outbound(
    AgentId by, @Personal String number, DialProgress progress, Instant since, TalkLimit limit) {
  /// Of another build's snapshot one may come without a limit.
  public Outbound {
    limit = Objects.requireNonNullElse(limit, TalkLimit.UNKNOWN);
  }

  /// Nothing is begun yet.
  static Outbound of(AgentId by, String number, TalkLimit limit, Instant at) {
    return new Outbound(by, number, DialProgress.INITIATED, at, limit);
  }

  Outbound at(DialProgress other, Instant when) {
    return progress.isEnd() ? this : new Outbound(by, number, other, when, limit);
  }

  /// Whether the number is not called yet.
  boolean isPrompting() {
    return progress == DialProgress.INITIATED || progress == DialProgress.PROMPTING;
  }

  /// Whether somebody there has answered, or may still.
  public boolean mayAnswer() {
    return reached() || !progress.isEnd();
  }

  public boolean reached() {
    return progress == DialProgress.REACHED;
  }

  /// When the call ends; empty: nobody is reached, or it is not known.
  public Optional<Instant> ends() {
    return reached() ? limit.ends(since) : Optional.empty();
  }

  /// When the agent is told that it ends; empty: they are not.
  public Optional<Instant> warns() {
    return reached() ? limit.warns(since) : Optional.empty();
  }
}
