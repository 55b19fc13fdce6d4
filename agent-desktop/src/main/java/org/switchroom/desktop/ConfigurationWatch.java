package org.switchroom.desktop;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.SettingsLoader;
import org.switchroom.ivr.yaml.FaultsException;

/// Takes the configuration file again whenever it is written. One with mistakes is refused, and
/// everything stays as it was.
final class ConfigurationWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConfigurationWatch.class);

  /// An editor writes a file in several steps.
  private static final long QUIET_MILLIS = 300;

  private final Path file;
  private final Taker taken;
  private final WatchService watch;

  /// What becomes of settings that have no mistakes.
  @FunctionalInterface
  interface Taker {
    void take(Settings settings) throws FaultsException;
  }

  /// @param scripts a folder whose files count too; null: there is none
  ConfigurationWatch(Path file, Path scripts, Taker taken) throws IOException {
    this.file = file.toAbsolutePath();
    this.taken = taken;
    watch = this.file.getFileSystem().newWatchService();
    this.file
        .getParent()
        .register(
            watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
    if (scripts != null) {
      scripts.register(
          watch,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
    }
    Thread.ofVirtual().name("configuration").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        boolean ours = names(watch.take());
        for (WatchKey more = quiet(); more != null; more = quiet()) ours |= names(more);
        if (ours) take();
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      // the server stops
    }
  }

  private WatchKey quiet() throws InterruptedException {
    return watch.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
  }

  private boolean names(WatchKey key) {
    boolean ours =
        key.pollEvents().stream()
            .anyMatch(
                event ->
                    file.getFileName().equals(event.context())
                        || String.valueOf(event.context()).endsWith(".yaml"));
    key.reset();
    return ours;
  }

  private void take() {
    try {
      taken.take(SettingsLoader.load(file));
      log.info(
          "The configuration was changed: queues, agents, routing and scripts are as {} says now.",
          file);
    } catch (FaultsException e) {
      log.error("The changed configuration has mistakes, so everything stays as it was:");
      e.faults().forEach(fault -> log.error("  {}", fault));
    } catch (RuntimeException e) {
      log.error("The changed configuration could not be taken; everything stays as it was.", e);
    }
  }

  @Override
  public void close() throws IOException {
    watch.close();
  }
}
