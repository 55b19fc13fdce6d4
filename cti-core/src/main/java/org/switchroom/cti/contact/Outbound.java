package org.switchroom.cti.contact;

import java.time.Instant;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.event.DialProgress;
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
public record Outbound(AgentId by, @Personal String number, DialProgress progress, Instant since) {
  Outbound at(DialProgress other, Instant when) {
    return progress.isEnd() ? this : new Outbound(by, number, other, when);
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
}
