package org.switchroom.cti.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// The wall clock, without its steps back: what was to happen in twenty seconds happens in twenty
/// seconds, also where somebody sets the clock back by an hour. A step forward is followed at once
/// (a machine that slept); a step back is walked off, a tenth of the pace slower until both agree.
public final class SteadyClock implements InstantSource {
  /// The wall clock wavers by less.
  private static final Duration APART = Duration.ofMillis(500);

  private static final int SLOWER_BY = 10;

  private final InstantSource wall;
  private final LongSupplier nanos;
  private Instant now;
  private long read;

  public SteadyClock() {
    this(InstantSource.system(), System::nanoTime);
  }

  /// @param nanos a count of nanoseconds that is never set
  public SteadyClock(InstantSource wall, LongSupplier nanos) {
    this(wall, nanos, Instant.MIN);
  }

  /// @param begin it is not before: as late as an earlier run's was
  SteadyClock(InstantSource wall, LongSupplier nanos, Instant begin) {
    this.wall = wall;
    this.nanos = nanos;
    Instant theirs = wall.instant();
    now = theirs.isBefore(begin) ? begin : theirs;
    read = nanos.getAsLong();
  }

  /// A clock that goes on from where another run's has ended, also where it was set back between.
  static InstantSource goingOn(InstantSource clock, Instant from) {
    return clock.instant().isBefore(from) ? new SteadyClock(clock, System::nanoTime, from) : clock;
  }

  @Override
  public synchronized Instant instant() {
    long count = nanos.getAsLong();
    long passed = Math.max(count - read, 0);
    read = count;
    Instant theirs = wall.instant();
    Duration ahead = Duration.between(theirs, now.plusNanos(passed));
    if (ahead.compareTo(APART) > 0) {
      now = now.plusNanos(passed - passed / SLOWER_BY);
    } else {
      // Within what a clock wavers theirs is the time, but never an earlier one.
      now = theirs.isAfter(now) ? theirs : now;
    }
    return now;
  }
}
