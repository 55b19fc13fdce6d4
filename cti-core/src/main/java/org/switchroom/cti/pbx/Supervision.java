package org.switchroom.cti.pbx;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a supervisor takes part in an agent's talk.
public enum Supervision {
  /// Hears both, and nobody hears them.
  LISTEN,
  /// Hears both, and the agent alone hears them.
  WHISPER,
  /// Both hear them.
  BARGE;

  /// As screens say it: `listen`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Empty: it is called otherwise.
  public static Optional<Supervision> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }
}
