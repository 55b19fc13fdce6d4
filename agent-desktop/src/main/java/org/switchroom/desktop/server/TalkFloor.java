package org.switchroom.desktop.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.audio.OpusEncoder;
import org.switchroom.cti.audio.TalkFolder;
import org.switchroom.cti.history.TalkIndex;
import org.switchroom.desktop.settings.Settings;

/// Takes care of the recordings of talks, on a thread of its own: of what is over it makes what is
/// kept, and deletes what is kept no longer.
final class TalkFloor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TalkFloor.class);

  /// Some talks of an hour.
  private static final long LEAST_ROOM = 512L << 20;

  private static final Duration EACH = Duration.ofSeconds(2);

  /// Asterisk writes into one that goes on each second, or knows of its end before this.
  static final Duration QUIET = Duration.ofSeconds(5);

  private final TalkFolder folder;
  private final TalkIndex index;
  private final ZoneId zone;
  private final Optional<Integer> keepDays;
  private final InstantSource wall;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().name("recordings").daemon().unstarted(work));
  private final BooleanSupplier records;
  private final Consumer<Optional<String>> told;
  private Optional<String> fault = Optional.empty();
  private boolean looked;
  private LocalDate deletedOn = LocalDate.MIN;
  private boolean fails;

  /// @param records whether any talk is to be recorded now
  /// @param told is told what keeps talks from being recorded, and when nothing does any more
  /// @throws IOException when the folder cannot be made
  TalkFloor(
      Settings.CallRecordings talks,
      ZoneId zone,
      TalkIndex index,
      InstantSource wall,
      BooleanSupplier records,
      Consumer<Optional<String>> told)
      throws IOException {
    makeForPbx(talks.folder());
    folder = new TalkFolder(talks.folder(), zone, OpusEncoder.found());
    this.index = index;
    this.zone = zone;
    keepDays = talks.keepDays();
    this.wall = wall;
    this.records = records;
    this.told = told;
  }

  TalkFolder folder() {
    return folder;
  }

  void start() {
    thread.scheduleWithFixedDelay(this::look, 0, EACH.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// What cannot be done is tried again, and said once.
  private void look() {
    try {
      lookAtTheDisk();
      Instant now = wall.instant();
      folder.finish(now.minus(QUIET), id -> index.goesOn(id, now));
      forget(LocalDate.ofInstant(now, zone));
      fails = false;
    } catch (IOException | RuntimeException e) {
      if (!fails) log.warn("Recordings of talks stay as Asterisk has written them.", e);
      fails = true;
    }
  }

  /// What has room again has twice as much, or it would be said each second.
  private void lookAtTheDisk() {
    Optional<String> now =
        records.getAsBoolean()
            ? folder.fault(fault.isEmpty() ? LEAST_ROOM : 2 * LEAST_ROOM)
            : Optional.empty();
    boolean same = looked && now.isPresent() == fault.isPresent();
    fault = now;
    looked = true;
    if (same) return;
    now.ifPresent(why -> log.warn("No talk is recorded: {}. Talks go on.", why));
    told.accept(now);
  }

  private void forget(LocalDate today) throws IOException {
    if (keepDays.isEmpty() || deletedOn.equals(today)) return;
    int days = folder.deleteBefore(today.minusDays(keepDays.get()));
    if (days > 0) log.info("Recordings of {} days were deleted: they are kept no longer.", days);
    deletedOn = today;
  }

  /// The PBX writes there as one of the folder's group. One that is there is its maker's.
  static void makeForPbx(Path folder) throws IOException {
    if (Files.isDirectory(folder)) return;
    Files.createDirectories(folder);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
