package org.switchroom.cti.contact;

import java.time.Instant;
import java.util.Locale;
import org.switchroom.acd.plan.AgentId;
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
public record Outbound(AgentId by, @Personal String number, Progress progress, Instant since) {
  /// How far it is.
  public enum Progress {
    /// The PBX makes the call.
    INITIATED,
    /// The agent's own phone rings first.
    PROMPTING,
    /// The number is called.
    RINGING,
    /// Somebody there has answered.
    REACHED,
    BUSY,
    NO_ANSWER,
    /// It could not be called, or there is no such number.
    FAILED;

    /// As screens are told: `no-answer`.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether nothing comes after it.
    public boolean isEnd() {
      return switch (this) {
        case INITIATED, PROMPTING, RINGING -> false;
        case REACHED, BUSY, NO_ANSWER, FAILED -> true;
      };
    }
  }

  Outbound at(Progress other, Instant when) {
    return progress.isEnd() ? this : new Outbound(by, number, other, when);
  }

  /// Whether the number is not called yet.
  boolean isPrompting() {
    return progress == Progress.INITIATED || progress == Progress.PROMPTING;
  }

  public boolean reached() {
    return progress == Progress.REACHED;
  }
}
