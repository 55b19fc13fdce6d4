package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.pbx.asterisk.AgiFuzz;
import org.switchroom.cti.runtime.AmiFuzz;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.web.DeskFuzz;
import org.switchroom.desktop.web.HttpFuzz;

/// Hostile bytes at every door, for a short while. `agent-desktop/bench fuzz` does it for long.
class FuzzTest {
  private static final long SEED = Long.getLong("switchroom.seed", 1L);

  @Test
  void aPbxMaySayAnythingOnAmi() {
    assertThat(AmiFuzz.run(SEED, 100_000)).isEmpty();
  }

  @Test
  void aPbxMaySayAnythingOnFastAgi() throws Exception {
    assertThat(AgiFuzz.run(SEED, 2_000)).isEmpty();
  }

  @Test
  void aBrowserMaySayAnything(@TempDir Path folder) throws Exception {
    assertThat(DeskFuzz.run(SEED, 100_000, folder)).isEmpty();
  }

  @Test
  void anybodyMaySendAnythingToTheWebServer() throws Exception {
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("fuzz-test"), "sa", "");
        var server = TestCenter.on(rig).start(database)) {
      assertThat(HttpFuzz.run(SEED, 3_000, server.webPort())).isEmpty();
    }
  }
}
