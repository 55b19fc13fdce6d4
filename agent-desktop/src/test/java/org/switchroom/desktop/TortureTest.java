package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.desktop.testkit.Torture;

/// Callers and phones that cross each other within milliseconds, on a real Asterisk: nobody is
/// lost, nobody is a ghost, nothing is left. `agent-desktop/bench torture` does it for longer.
@NeedsAsterisk
class TortureTest {
  private static final long SEED = Long.getLong("switchroom.seed", 7L);
  private static final int CALLS = 200;

  @Test
  void nothingIsLostAndNothingIsLeft() throws Exception {
    try (var torture = new Torture()) {
      Torture.Result result = torture.run(CALLS, SEED, _ -> {});
      System.out.printf("Seed %d: %s%n", SEED, result);
      assertThat(result.faults()).as("what should not be").isEmpty();
      assertThat(torture.left()).as("channels that are left").isEmpty();
      assertThat(torture.stopsGracefully()).as("Asterisk ends when it is asked to").isTrue();
    }
  }
}
