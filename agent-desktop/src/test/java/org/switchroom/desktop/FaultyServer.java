package org.switchroom.desktop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.runtime.Recorder;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.SettingsLoader;

/// A server as `serve` runs it, in whose next turn something is thrown, or which never comes to its
/// end, when it is told so on its standard input.
public final class FaultyServer {
  /// What is to happen in the next turn.
  public enum Fault {
    NONE,
    THROWS,
    HANGS
  }

  private static final AtomicReference<Fault> NEXT = new AtomicReference<>(Fault.NONE);

  /// @param config as of `serve --config FILE`
  public static void main(String... config) throws Exception {
    Path file = Path.of(config[config.length - 1]);
    Thread.ofVirtual().start(FaultyServer::hear);
    try (var stop = new StopSignal()) {
      ServeCommand.serve(
          SettingsLoader.load(file), file, new Failing(), Switchroom::haltProcess, stop);
    }
  }

  private static final class Failing implements Recorder {
    @Override
    public void begins(Snapshot known, Set<String> aside) {}

    @Override
    public void takes(Input input, Instant now, Instant wall) {}

    @Override
    public void decides(Turn turn) {
      switch (NEXT.get()) {
        case NONE -> {}
        case THROWS -> throw new IllegalStateException("This fault was asked for.");
        case HANGS -> {
          while (true) LockSupport.park();
        }
      }
    }
  }

  private static void hear() {
    try {
      int asked = System.in.read();
      if (asked >= 0) NEXT.set(Fault.values()[asked]);
    } catch (IOException e) {
      // Nobody will ask.
    }
  }
}
