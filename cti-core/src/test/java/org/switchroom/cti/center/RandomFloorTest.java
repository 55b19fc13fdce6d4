package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

/// Whatever happens, in whatever order.
class RandomFloorTest {
  private static final int DAYS = Integer.getInteger("switchroom.days", 60);

  @Test
  void nobodyIsLostWhateverHappens() {
    long first = Long.getLong("switchroom.seed", 1L);
    for (long seed = first; seed < first + DAYS; seed++) {
      try {
        RandomDays.run(seed);
      } catch (RuntimeException | AssertionError e) {
        fail("The day of seed " + seed + " (-Dswitchroom.seed=" + seed + ")", e);
      }
    }
  }
}
