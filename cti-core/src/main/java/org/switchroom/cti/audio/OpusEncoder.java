package org.switchroom.cti.audio;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Makes Opus (RFC 7845) of a WAV, by a program of this machine: a tenth of the room. Where there
/// is none, recordings stay WAVs.
public final class OpusEncoder {
  /// A talk of a day is encoded in less.
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /// For both sides.
  private static final String KILOBITS = "32";

  private enum Program {
    OPUSENC {
      @Override
      List<String> command(Path program, Path wav, Path opus) {
        return List.of(
            program.toString(), "--quiet", "--bitrate", KILOBITS, wav.toString(), opus.toString());
      }
    },
    FFMPEG {
      @Override
      List<String> command(Path program, Path wav, Path opus) {
        return List.of(
            program.toString(),
            "-nostdin",
            "-loglevel",
            "error",
            "-y",
            "-f",
            "wav",
            "-i",
            wav.toString(),
            "-c:a",
            "libopus",
            "-b:a",
            KILOBITS + "k",
            "-f",
            "ogg",
            opus.toString());
      }
    };

    abstract List<String> command(Path program, Path wav, Path opus);
  }

  private final Path path;
  private final Program program;

  private OpusEncoder(Path path, Program program) {
    this.path = path;
    this.program = program;
  }

  /// The first that this machine has; empty: none.
  public static Optional<OpusEncoder> found() {
    return in(Optional.ofNullable(System.getenv("PATH")).orElse(""));
  }

  /// @param folders as in `PATH`
  static Optional<OpusEncoder> in(String folders) {
    return Arrays.stream(Program.values())
        .flatMap(
            program ->
                Arrays.stream(folders.split(File.pathSeparator))
                    .filter(folder -> !folder.isBlank())
                    .map(folder -> Path.of(folder, program.name().toLowerCase(Locale.ROOT)))
                    .filter(Files::isExecutable)
                    .map(path -> new OpusEncoder(path, program)))
        .findFirst();
  }

  /// @return whether it is made; else nothing is left of it
  boolean encode(Path wav, Path opus) throws IOException {
    try {
      Process process =
          new ProcessBuilder(program.command(path, wav, opus))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
      if (!ended) process.destroyForcibly();
      boolean made =
          ended && process.exitValue() == 0 && Files.isRegularFile(opus) && Files.size(opus) > 0;
      if (!made) Files.deleteIfExists(opus);
      return made;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Files.deleteIfExists(opus);
      return false;
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
