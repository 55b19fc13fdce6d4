package org.switchroom.desktop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.switchroom.desktop.settings.SettingsLoader;

/// A server as `serve` runs it, in whose next turn something is thrown when it is told so by a line
/// on its standard input.
public final class FaultyServer {
  /// @param config as of `serve --config FILE`
  public static void main(String... config) throws Exception {
    Path file = Path.of(config[config.length - 1]);
    var fails = new AtomicBoolean();
    Thread.ofVirtual().start(() -> hear(fails));
    ServeCommand.serve(
        SettingsLoader.load(file),
        file,
        _ -> {
          if (fails.get()) throw new IllegalStateException("This fault was asked for.");
        });
  }

  private static void hear(AtomicBoolean fails) {
    try {
      if (System.in.read() >= 0) fails.set(true);
    } catch (IOException e) {
      // Nobody will ask.
    }
  }
}
