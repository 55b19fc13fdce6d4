package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each day is a world of its own: they are played beside each other.
@Execution(ExecutionMode.CONCURRENT)
class RandomDayTest {
  /// The argument is the seed: a day that fails is played again by it.
  @ParameterizedTest
  @MethodSource("seeds")
  void everyDecisionIsTheNaiveRouters(long seed) {
    RandomDay.Played played = new RandomDay(seed, 12, 6, 5).play(3_000);
    assertThat(played.decisions()).isGreaterThan(500);
    assertThat(played.restarts()).isGreaterThan(20);
    assertThat(played.kinds()).isGreaterThanOrEqualTo(4);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("days", 16));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void inALargeCenterToo(long seed) {
    RandomDay.Played played = new RandomDay(seed, 2_000, 60, 300).play(1_000);
    assertThat(played.decisions()).isGreaterThan(2_000);
  }
}
