package org.switchroom.cti.pbx.simulated;

import java.time.Duration;

/// What becomes of a number outside that is called through the simulated PBX.
///
/// @param talk from answering until they hang up; for `ANSWERS`
public record OutsideBehavior(Manner manner, Duration talk) {
  /// Somebody who answers, and has enough after a while.
  static final OutsideBehavior ANSWERS =
      new OutsideBehavior(Manner.ANSWERS, CallerBehavior.CALLED.talk());

  public enum Manner {
    ANSWERS("ANSWER"),
    NO_ANSWER("NOANSWER"),
    BUSY("BUSY"),
    /// There is no such number, or no line.
    FAILS("CHANUNAVAIL");

    /// As Asterisk has it in `DIALSTATUS`.
    final String status;

    Manner(String status) {
      this.status = status;
    }
  }

  public static OutsideBehavior of(Manner manner) {
    return new OutsideBehavior(manner, CallerBehavior.CALLED.talk());
  }

  /// Who hangs up after a while.
  public static OutsideBehavior answersFor(Duration talk) {
    return new OutsideBehavior(Manner.ANSWERS, talk);
  }

  boolean answers() {
    return manner == Manner.ANSWERS;
  }
}
