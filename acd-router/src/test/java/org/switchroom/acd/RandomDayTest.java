package org.switchroom.acd;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomDayTest {
  /// The argument is the seed: a day that fails is played again by it.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void everyChoiceIsTheObviousOne(long seed) {
    new RandomDay(seed).play();
  }
}
