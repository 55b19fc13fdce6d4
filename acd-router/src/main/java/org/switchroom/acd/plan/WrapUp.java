package org.switchroom.acd.plan;

import java.time.Duration;

/// What an agent does after a contact, before the next.
///
/// @param limit how long at most; only for `TIMED`
public record WrapUp(Mode mode, Duration limit) {
  public enum Mode {
    /// Ready at once.
    NONE,
    /// The agent says when; a disposition may be left out.
    OPTIONAL,
    /// Ends by itself at the limit, or earlier when the agent says so.
    TIMED,
    /// Ends only with a disposition.
    MANDATORY
  }

  public static WrapUp none() {
    return new WrapUp(Mode.NONE, Duration.ZERO);
  }
}
