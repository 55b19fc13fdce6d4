package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.runtime.Recorder;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.server.StartFault;
import org.switchroom.desktop.settings.SettingsLoader;
import org.switchroom.desktop.testkit.CenterFile;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// Two servers with ledgers of their own that are given one PBX, as for a pilot.
class TwoServersTest {
  @TempDir Path folder;

  private CenterFile center(String name, SimulatedRig rig) throws Exception {
    Path its = Files.createDirectory(folder.resolve(name));
    return TestCenter.on(rig).onlyQueue("q").in(its);
  }

  @Test
  void theSecondEndsItsStartAndSaysWhoServes() throws Exception {
    try (var rig = new SimulatedRig()) {
      CenterFile live = center("live", rig);
      CenterFile pilot = center("pilot", rig);
      try (var database = live.database();
          var _ = TestServer.start(SettingsLoader.load(live.path()), database);
          var stop = new StopSignal()) {
        assertThatExceptionOfType(StartFault.class)
            .isThrownBy(() -> serve(pilot, stop))
            .withMessageStartingWith("Another Switchroom serves the callers of switchroom@")
            .withMessageContaining("process " + ProcessHandle.current().pid() + " on ")
            .withMessageContaining(", since ")
            .withMessageEndingWith("give this one an Asterisk of its own in pbx:.");
      }
      // It was stopped, and has given the PBX away: nobody is waited for.
      try (var database = pilot.database();
          var server = TestServer.start(SettingsLoader.load(pilot.path()), database)) {
        assertThat(server.webPort()).isEqualTo(pilot.web());
      }
    }
  }

  private static void serve(CenterFile center, StopSignal stop) throws Exception {
    ServeCommand.serve(
        SettingsLoader.load(center.path()),
        center.path(),
        Recorder.NONE,
        (why, fault) -> {
          throw new AssertionError(why, fault);
        },
        stop);
  }
}
