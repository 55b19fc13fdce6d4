package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.desktop.testkit.Flood;

/// More than can be served. `agent-desktop/bench flood` has 10,000 desks and 5,000 callers.
class FloodTest {
  private static final int DESKS = 1_000;
  private static final int CALLERS = 600;

  @TempDir Path folder;

  @Test
  void whatIsTooMuchWaitsAndWhatIsInGoesOn() throws Exception {
    try (var flood = new Flood(folder, DESKS, CALLERS)) {
      Flood.Result result = flood.run();
      System.out.println(result);
      assertThat(result.everybodyIsBack()).as(flood.log()).isTrue();
      assertThat(result.answered()).as("everybody comes to their turn").isEqualTo(CALLERS);
      assertThat(result.dropped()).isZero();
    }
  }
}
