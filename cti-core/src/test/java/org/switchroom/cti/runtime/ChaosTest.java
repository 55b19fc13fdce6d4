package org.switchroom.cti.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// `agent-desktop/bench chaos 5000` runs as many seeds as one likes.
class ChaosTest {
  private static final long FIRST = Long.getLong("switchroom.seed", 1L);
  private static final int SEEDS = Integer.getInteger("switchroom.seeds", 150);

  @Test
  void afterAnyTroubleEverythingIsInOrder() {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Chaos.Result result = Chaos.run(seed);
      assertThat(result.faults()).as("seed %d: %s", seed, result).isEmpty();
    }
  }

  @Test
  void aSeedIsTheSameEachTime() {
    assertThat(Chaos.run(FIRST)).isEqualTo(Chaos.run(FIRST));
  }
}
