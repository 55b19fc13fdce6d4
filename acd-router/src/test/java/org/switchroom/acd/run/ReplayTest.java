package org.switchroom.acd.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.acd.Decision;
import org.switchroom.acd.RandomDay;
import org.switchroom.acd.Router;

class ReplayTest {
  @ParameterizedTest
  @ValueSource(longs = {101, 102, 103})
  void aStoredDayGivesTheSameDecisions(long seed) {
    var day = new RandomDay(seed, 12, 6, 5);
    day.play(3_000);
    Stream<String> lines = day.told().stream().map(RunJson::of);
    var again = new ArrayList<Decision>();
    RunReplay.play(lines, new Router(), again::add);
    assertThat(again.stream().map(RunJson::of))
        .isEqualTo(day.made().stream().map(RunJson::of).toList());
    assertThat(again).isEqualTo(day.made());
  }

  @Test
  void aFactIsOneLineThatAPersonCanRead() {
    String line =
        "{\"is\":\"ContactQueued\",\"at\":\"2026-01-05T09:00:00Z\",\"contact\":\"c1\",\"queue\":\"billing\",\"arrived\":\"2026-01-05T08:59:00Z\",\"priority\":2,\"ask\":\"mandarin"
            + " >= 3\",\"preferred\":{\"agent\":\"ann\",\"within\":\"PT20S\"},\"work\":true,\"passedOver\":[\"ben\"]}";
    assertThat(RunJson.of(RunJson.fact(line))).isEqualTo(line);
  }

  @Test
  void whatIsWrongIsSaidWithItsLine() {
    refuses("{\"is\":\"Nonsense\"}", "Line 2", "is no AcdEvent");
    refuses("{\"is\":\"TimePassed\",\"at\":7}", "Line 2", "7 is no Instant");
    refuses("{\"is\":", "Line 2", "Column 7: expected a value");
    refuses("[".repeat(300), "Line 2", "at most 200 values inside each other");
    refuses(
        "{\"is\":\"AgentReady\",\"at\":\"2026-01-05T09:00:00Z\",\"agent\":\"nobody\"}",
        "Line 2",
        "Agent nobody is not known");
  }

  private static void refuses(String line, String... messages) {
    String time = "{\"is\":\"TimePassed\",\"at\":\"2026-01-05T09:00:00Z\"}";
    assertThatThrownBy(() -> RunReplay.play(Stream.of(time, line), new Router(), _ -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(messages);
  }
}
