package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
  @ParameterizedTest
  @ValueSource(longs = {101, 102, 103})
  void theSameFactsLeadToTheSameDecisions(long seed) {
    var day = new RandomDay(seed, 12, 6, 5);
    day.play(3_000);
    var router = new Router();
    var again = new ArrayList<Decision>();
    day.told().forEach(fact -> router.on(fact, again::add));
    assertThat(again).hasSizeGreaterThan(1_000).isEqualTo(day.made());
  }
}
