package org.switchroom.cti.pbx.simulated;

import java.time.Duration;

/// How a simulated phone behaves.
///
/// @param after from ringing to what it does; for `ANSWERS` and `DECLINES`
public record PhoneBehavior(Manner manner, Duration after) {
  public enum Manner {
    /// Picks up by itself.
    ANSWERS,
    /// Rings until it is told to pick up, as its INVITE may do; or for ever.
    RINGS,
    DECLINES,
    /// Says busy although the PBX thinks it free.
    BUSY,
    /// Is in a call of its own, and the PBX knows.
    IN_USE,
    /// Is not registered.
    UNREACHABLE
  }

  public static PhoneBehavior answersAfter(Duration after) {
    return new PhoneBehavior(Manner.ANSWERS, after);
  }

  public static PhoneBehavior of(Manner manner) {
    return new PhoneBehavior(manner, Duration.ZERO);
  }
}
