package org.switchroom.desktop.testkit;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.runtime.Recorder;
import org.switchroom.cti.store.Database;
import org.switchroom.desktop.server.Running;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.web.Desks;
import org.switchroom.ivr.yaml.FaultsException;

/// The whole server in a test's process. An engine that halts says so and stands still: the test
/// fails by what does not happen, and its process lives to tell.
public final class TestServer {
  private static final Logger log = LoggerFactory.getLogger(TestServer.class);

  private TestServer() {}

  public static Switchroom start(Settings settings, Database database)
      throws IOException, FaultsException {
    return start(settings, database, InstantSource.system());
  }

  public static Switchroom start(Settings settings, Database database, InstantSource clock)
      throws IOException, FaultsException {
    return start(settings, database, clock, Recorder.NONE);
  }

  /// @param recorder is told what the engine is given and decides
  public static Switchroom start(Settings settings, Database database, Recorder recorder)
      throws IOException, FaultsException {
    return start(settings, database, InstantSource.system(), recorder);
  }

  private static Switchroom start(
      Settings settings, Database database, InstantSource clock, Recorder recorder)
      throws IOException, FaultsException {
    return new Switchroom(
        settings,
        database,
        Switchroom.lastRun(settings),
        Desks.open(settings.web(), Switchroom.key(settings)),
        List.of(),
        new Running(
            clock,
            InstantSource.system(),
            recorder,
            (why, fault) -> log.error("The engine has halted. {}", why, fault)));
  }
}
