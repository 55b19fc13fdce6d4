package org.switchroom.acd;

import java.time.Duration;
import java.util.Optional;

/// The expected wait: how long it takes from now until an agent is offered to somebody who stands
/// in a place, by who serves them and how long a contact takes. How often callers come is nothing
/// to it.
///
/// Where `n` contacts are in hand at a time, ringing or talked with, and each takes `h` on an
/// average, one is over each `h ÷ n`, and with each the first of those who wait is offered: whoever
/// is in place `p` of them waits `p × h ÷ n` (the mean in a queue with n servers whose times are
/// exponential). Agents who are free take the first of them at once.
final class ExpectedWait {
  /// Nobody is told of more. So long ahead it is not known who will be there.
  static final Duration MOST = Duration.ofHours(2);

  private ExpectedWait() {}

  /// Empty: nobody serves them.
  ///
  /// @param place from 1, among those for whom no phone rings
  /// @param free agents who could be offered now
  /// @param atATime contacts that those who serve them can have in hand at a time
  /// @param handle mean time to serve one, until the agent is free again
  /// @return from zero to [#MOST]
  static Optional<Duration> of(int place, int free, int atATime, Duration handle) {
    if (atATime == 0) return Optional.empty();
    Duration wait = handle.multipliedBy(Math.max(place - free, 0)).dividedBy(atATime);
    return Optional.of(wait.compareTo(MOST) > 0 ? MOST : wait);
  }
}
