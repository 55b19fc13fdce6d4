package org.switchroom.cti.audio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.switchroom.cti.pbx.RecordingId;

/// The folder of recordings. The PBX writes into it; what is over is a WAV in the folder of its
/// day, with its waveform beside it:
///
/// ```
///   17.1-1795893602000.raw           while the talk goes on
///   2026-11-28/17.1-1795893602000.wav  .waveform     or .opus, where a program makes it
/// ```
public final class TalkFolder {
  /// A name ends with the milliseconds of its beginning.
  private static final Pattern NAME = Pattern.compile(".*-(\\d{1,15})");

  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final String RAW = ".raw";
  private static final String WAV = ".wav";
  private static final String OPUS = ".opus";
  private static final String WAVEFORM = ".waveform";

  private final Path folder;
  private final ZoneId zone;
  private final Optional<OpusEncoder> encoder;

  /// One in which recordings are WAVs.
  ///
  /// @param zone in which a day begins
  public TalkFolder(Path folder, ZoneId zone) {
    this(folder, zone, Optional.empty());
  }

  /// @param encoder empty: recordings stay WAVs
  public TalkFolder(Path folder, ZoneId zone, Optional<OpusEncoder> encoder) {
    this.folder = folder;
    this.zone = zone;
    this.encoder = encoder;
  }

  public Path folder() {
    return folder;
  }

  /// What keeps anything from being recorded here; empty: nothing does.
  ///
  /// @param least so many bytes have to be free
  public Optional<String> fault(long least) {
    try {
      if (!Files.isDirectory(folder)) return Optional.of(folder + " is not there");
      if (!Files.isWritable(folder)) return Optional.of(folder + " may not be written");
      long free = Files.getFileStore(folder).getUsableSpace();
      return free < least
          ? Optional.of("%s has room for %d MB only".formatted(folder, free >> 20))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("%s cannot be looked at (%s)".formatted(folder, e));
    }
  }

  /// Empty: there is none, or it goes on, or is kept no longer.
  public Optional<Path> sound(RecordingId id) {
    return file(id, OPUS).or(() -> file(id, WAV));
  }

  public Optional<Waveform> waveform(RecordingId id) throws IOException {
    Optional<Path> file = file(id, WAVEFORM);
    return file.isEmpty() ? Optional.empty() : Optional.of(Waveform.read(file.get()));
  }

  private Optional<Path> file(RecordingId id, String ending) {
    return days(id).stream()
        .map(day -> day.resolve(id + ending))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /// Its day, and those beside it, where the zone was another.
  private List<Path> days(RecordingId id) {
    LocalDate day = day(id);
    return List.of(of(day), of(day.minusDays(1)), of(day.plusDays(1)));
  }

  private Path of(LocalDate day) {
    return folder.resolve(day.toString());
  }

  /// One of a name that says none is of the first of all days.
  private LocalDate day(RecordingId id) {
    Matcher name = NAME.matcher(id.value());
    long milli = name.matches() ? Long.parseLong(name.group(1)) : 0;
    return LocalDate.ofInstant(Instant.ofEpochMilli(milli), zone);
  }

  // ── What is over ────────────────────────────────────────────────────────────────────────────

  /// Makes of what the PBX has written what is kept.
  ///
  /// @param before what was written into since then is left
  /// @param goesOn whether a recording is not over, whatever is written into it
  /// @return how many it were
  public int finish(Instant before, Predicate<RecordingId> goesOn) throws IOException {
    if (!Files.isDirectory(folder)) return 0;
    int finished = 0;
    for (Path raw : raws()) {
      String name = raw.getFileName().toString();
      String id = name.substring(0, name.length() - RAW.length());
      if (!RecordingId.isOne(id) || !writtenBefore(raw, before)) continue;
      var recording = new RecordingId(id);
      if (goesOn.test(recording)) continue;
      finish(raw, recording);
      finished++;
    }
    return finished;
  }

  private List<Path> raws() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(RAW)).sorted().toList();
    }
  }

  private static boolean writtenBefore(Path file, Instant before) throws IOException {
    return Files.getLastModifiedTime(file).toInstant().isBefore(before);
  }

  /// Broken off at any point, it is done again.
  private void finish(Path raw, RecordingId id) throws IOException {
    Path day = of(day(id));
    Files.createDirectories(day);
    Path part = day.resolve(id + ".part");
    StereoWav.write(raw, part);
    Waveform.of(raw).write(day.resolve(id + WAVEFORM));
    Files.move(part, day.resolve(id + WAV), StandardCopyOption.REPLACE_EXISTING);
    Files.delete(raw);
    if (encoder.isPresent()) encode(encoder.get(), id, day);
  }

  /// What is not made of it is not missed: it stays a WAV.
  private static void encode(OpusEncoder encoder, RecordingId id, Path day) throws IOException {
    Path wav = day.resolve(id + WAV);
    Path part = day.resolve(id + ".part");
    if (!encoder.encode(wav, part)) return;
    Files.move(part, day.resolve(id + OPUS), StandardCopyOption.REPLACE_EXISTING);
    Files.delete(wav);
  }

  // ── What is kept no longer ──────────────────────────────────────────────────────────────────

  /// @return whether there was anything
  public boolean delete(RecordingId id) throws IOException {
    boolean there = Files.deleteIfExists(folder.resolve(id + RAW));
    for (Path day : days(id)) {
      there |= Files.deleteIfExists(day.resolve(id + WAV));
      there |= Files.deleteIfExists(day.resolve(id + OPUS));
      Files.deleteIfExists(day.resolve(id + WAVEFORM));
    }
    return there;
  }

  /// Deletes the folders of all days before this one.
  ///
  /// @return how many days
  public int deleteBefore(LocalDate first) throws IOException {
    if (!Files.isDirectory(folder)) return 0;
    int deleted = 0;
    for (Path day : daysBefore(first)) {
      try (var files = Files.walk(day)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
      }
      deleted++;
    }
    return deleted;
  }

  private List<Path> daysBefore(LocalDate first) throws IOException {
    var days = new ArrayList<Path>();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(Files::isDirectory).toList()) {
        if (isBefore(file.getFileName().toString(), first)) days.add(file);
      }
    }
    return days;
  }

  private static boolean isBefore(String name, LocalDate first) {
    if (!DAY.matcher(name).matches()) return false;
    try {
      return LocalDate.parse(name).isBefore(first);
    } catch (DateTimeException e) {
      return false;
    }
  }
}
