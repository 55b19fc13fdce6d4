package org.switchroom.cti.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When a call ends that an agent has made.
///
/// @param length from when it was answered; zero: it is not known, as of an older ledger
/// @param warning so long before the end the agent is told; zero: they are not
public record TalkLimit(Duration length, Duration warning) {
  public static final TalkLimit UNKNOWN = new TalkLimit(Duration.ZERO, Duration.ZERO);

  public boolean isKnown() {
    return length.isPositive();
  }

  /// @param reached when somebody answered
  public Optional<Instant> ends(Instant reached) {
    return isKnown() ? Optional.of(reached.plus(length)) : Optional.empty();
  }

  /// @param reached when somebody answered
  public Optional<Instant> warns(Instant reached) {
    return warning.isPositive() ? ends(reached).map(end -> end.minus(warning)) : Optional.empty();
  }
}
