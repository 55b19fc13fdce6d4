package org.switchroom.cti.event;

import java.util.Locale;

/// How far a number outside is that an agent calls (CSTA Make Call), or asks beside a caller.
public enum DialProgress {
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
