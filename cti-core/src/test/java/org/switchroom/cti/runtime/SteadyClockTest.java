package org.switchroom.cti.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private Instant wall = NOON;
  private long nanos;
  private final SteadyClock clock = new SteadyClock(() -> wall, () -> nanos);

  private Instant after(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
    return clock.instant();
  }

  @Test
  void itGoesWithTheWallClock() {
    assertThat(after(Duration.ofSeconds(20))).isEqualTo(NOON.plusSeconds(20));
    wall = wall.plusMillis(30);
    assertThat(clock.instant()).as("which wavers").isEqualTo(NOON.plusSeconds(20).plusMillis(30));
    wall = wall.minusMillis(60);
    assertThat(clock.instant()).as("never back").isEqualTo(NOON.plusSeconds(20).plusMillis(30));
  }

  @Test
  void aStepBackIsWalkedOff() {
    after(Duration.ofSeconds(10));
    wall = wall.minus(Duration.ofHours(1));
    assertThat(after(Duration.ofSeconds(20)))
        .as("twenty seconds are about twenty seconds")
        .isEqualTo(NOON.plusSeconds(28));
    Instant later = NOON;
    for (int i = 0; i < 11 * 60; i++) {
      Instant next = after(Duration.ofMinutes(1));
      assertThat(next).isAfterOrEqualTo(later);
      later = next;
    }
    assertThat(Duration.between(wall, later).abs())
        .as("after some hours both agree")
        .isLessThan(Duration.ofSeconds(1));
  }

  /// Otherwise nothing that is timed happened until the wall clock is where it was.
  @Test
  void aClockThatWasSetBackBetweenTwoRunsGoesOn() {
    var next = new SteadyClock(() -> wall, () -> nanos, NOON.plus(Duration.ofHours(1)));
    nanos += Duration.ofSeconds(20).toNanos();
    wall = wall.plusSeconds(20);
    assertThat(next.instant()).isEqualTo(NOON.plus(Duration.ofHours(1)).plusSeconds(18));
    assertThat(SteadyClock.goingOn(clock, NOON)).isSameAs(clock);
    assertThat(SteadyClock.goingOn(clock, NOON.plusSeconds(60)).instant())
        .isAfterOrEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void aStepForwardIsFollowedAtOnce() {
    wall = wall.plus(Duration.ofHours(1));
    assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(1)));
  }
}
