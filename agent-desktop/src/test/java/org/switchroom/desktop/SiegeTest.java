package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.desktop.testkit.ServerProcess;
import org.switchroom.desktop.testkit.Siege;

/// Calls go on while strangers do what they can. `agent-desktop/bench siege` measures it for
/// longer.
class SiegeTest {
  private static final int MOST_LINES_OF_A_KIND = 1;

  @TempDir Path folder;

  @Test
  void strangersTakeNothingFromCallersAndAgents() throws Exception {
    var size =
        new Siege.Size(ServerProcess.Manner.SOON, 8, 4, Duration.ZERO, Duration.ofSeconds(2), 0.5);
    try (var siege = new Siege(folder, size)) {
      Siege.Result result = siege.run();
      System.out.println(result.attacks());
      assertThat(result.quiet().lost()).isZero();
      assertThat(result.siege().lost()).as(siege.log()).isZero();
      assertThat(result.siege().answered()).isEqualTo(result.siege().offered());
      assertThat(result.refused()).as("a known browser's log-ins").isEmpty();
      assertThat(result.logIns()).isNotEmpty();
      assertThat(result.strangersLines().values())
          .as("lines of %s", result.strangersLines())
          .allMatch(lines -> lines <= MOST_LINES_OF_A_KIND);
    }
  }
}
