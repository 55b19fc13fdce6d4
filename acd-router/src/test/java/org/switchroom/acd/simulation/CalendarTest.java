package org.switchroom.acd.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Beside a plain map.
class CalendarTest {
  @Test
  void theFirstIsTheFirstWhateverWasCancelled() {
    var random = new Random(7);
    var calendar = new Calendar(2);
    var plain = new HashMap<Integer, Long>();
    for (int i = 0; i < 200_000; i++) {
      int who = random.nextInt(40);
      if (random.nextInt(3) == 0) {
        calendar.cancel(who);
        plain.remove(who);
      } else {
        long time = random.nextInt(1_000);
        calendar.cancel(who);
        calendar.set(who, time);
        plain.put(who, time);
      }
      assertThat(calendar.has(who)).isEqualTo(plain.containsKey(who));
      long first = plain.values().stream().min(Comparator.naturalOrder()).orElse(Long.MAX_VALUE);
      assertThat(calendar.firstTime()).as("seed 7, step %d", i).isEqualTo(first);
      if (!plain.isEmpty()) {
        assertThat(plain).contains(Map.entry(calendar.first(), first));
      }
    }
  }
}
