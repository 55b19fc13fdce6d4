package org.switchroom.desktop;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.SettingsLoader;
import org.switchroom.ivr.yaml.FaultsException;

/// Takes the configuration file again whenever it is written, and when a script is another one; and
/// the web server's certificate. What else is written beside them changes nothing. A configuration
/// with mistakes is refused, and everything stays as it was.
final class ConfigurationWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConfigurationWatch.class);

  /// An editor writes a file in several steps.
  private static final long QUIET_MILLIS = 300;

  /// What is written beside it without end, such as a log, keeps it waiting no longer.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final Path file;
  private final Taker taken;
  private final Runnable certificate;
  private final WatchService watch;
  private final Set<WatchKey> certificates = new HashSet<>();

  /// The scripts as they were taken last, with their texts.
  private Map<String, String> scripts;

  /// What was written.
  private enum News {
    NOTHING,
    /// Perhaps a script.
    YAML,
    CONFIGURATION
  }

  /// What becomes of settings that have no mistakes.
  @FunctionalInterface
  interface Taker {
    void take(Settings settings) throws FaultsException;
  }

  /// @param now what was taken from the file
  /// @param certificate is run when something was written where the web server's certificate is
  ConfigurationWatch(Path file, Settings now, Taker taken, Runnable certificate)
      throws IOException {
    this.file = file.toAbsolutePath();
    this.taken = taken;
    this.certificate = certificate;
    scripts = now.ivr().files();
    watch = this.file.getFileSystem().newWatchService();
    // A file has a folder.
    requireNonNull(this.file.getParent())
        .register(
            watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
    if (now.ivr().folder().isPresent()) {
      now.ivr()
          .folder()
          .get()
          .register(
              watch,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
    }
    for (Path folder : certificates(now)) {
      certificates.add(
          folder.register(
              watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY));
    }
    Thread.ofVirtual().name("configuration").start(this::run);
  }

  private static Set<Path> certificates(Settings settings) {
    return settings.web().tls().stream()
        .flatMap(tls -> Stream.of(tls.certificate(), tls.key()))
        .map(one -> requireNonNull(one.getParent()))
        .collect(Collectors.toSet());
  }

  private void run() {
    try {
      while (true) {
        News news = News.NOTHING;
        boolean certified = false;
        WatchKey first = watch.take();
        long until = System.nanoTime() + LONGEST_WAIT.toNanos();
        for (WatchKey key = first; key != null; key = quiet(until)) {
          certified |= certificates.contains(key);
          news = greater(news, news(key));
        }
        if (certified) certificate.run();
        if (news != News.NOTHING) take(news);
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      // the server stops
    }
  }

  /// Null: nothing was written for a while, or it is late.
  private @Nullable WatchKey quiet(long until) throws InterruptedException {
    return System.nanoTime() < until ? watch.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS) : null;
  }

  private News news(WatchKey key) {
    News news = News.NOTHING;
    for (WatchEvent<?> event : key.pollEvents()) {
      // So much was written that nobody knows what.
      if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) news = News.CONFIGURATION;
      else if (file.getFileName().equals(event.context())) news = News.CONFIGURATION;
      else if (String.valueOf(event.context()).endsWith(".yaml")) news = greater(news, News.YAML);
    }
    key.reset();
    return news;
  }

  private static News greater(News one, News other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /// Who writes the configuration as it was wants something tried again, such as a voice.
  private void take(News news) {
    try {
      Settings settings = SettingsLoader.load(file);
      if (news == News.YAML && settings.ivr().files().equals(scripts)) return;
      taken.take(settings);
      scripts = settings.ivr().files();
      log.info(
          "The configuration was changed: queues, agents, routing and scripts are as {} says now.",
          file);
    } catch (FaultsException e) {
      untaken();
      log.error("The changed configuration has mistakes, so everything stays as it was:");
      e.faults().forEach(fault -> log.error("  {}", fault));
    } catch (RuntimeException e) {
      untaken();
      log.error("The changed configuration could not be taken; everything stays as it was.", e);
    }
  }

  /// The next file that is written may mend it, and be it by a script as it was.
  private void untaken() {
    scripts = Map.of();
  }

  @Override
  public void close() throws IOException {
    watch.close();
  }
}
