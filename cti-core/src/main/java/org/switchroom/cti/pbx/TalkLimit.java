package org.switchroom.cti.pbx;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When a talk with a number outside ends.
///
/// @param length from when it was answered; zero: it is not known, as of an older ledger
/// @param warning so long before the end a tone is heard on our side alone, and the desk says it;
///   zero: none
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
