package org.switchroom.desktop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.runtime.Recorder;
import org.switchroom.desktop.settings.SettingsLoader;

/// A server as `serve` runs it, in whose next turn something is thrown when it is told so by a line
/// on its standard input.
public final class FaultyServer {
  private static final AtomicBoolean FAILS = new AtomicBoolean();

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
      if (FAILS.get()) throw new IllegalStateException("This fault was asked for.");
    }
  }

  private static void hear() {
    try {
      if (System.in.read() >= 0) FAILS.set(true);
    } catch (IOException e) {
      // Nobody will ask.
    }
  }
}
