package org.switchroom.cti.audio;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// How loud a recording is over its time, to be drawn.
///
/// @param millis how long it is
/// @param caller the peaks of what the caller said, in equal parts of the time, from 0 to 100
/// @param heard those of what they heard
public record Waveform(long millis, List<Integer> caller, List<Integer> heard) {
  static final int MOST = 400;

  private static final int LOUDEST = 32_768;

  static Waveform of(Path raw) throws IOException {
    long frames = Files.size(raw) / StereoWav.FRAME;
    int parts = (int) Math.min(MOST, frames);
    var caller = new int[parts];
    var heard = new int[parts];
    try (var in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(raw), 1 << 16))) {
      for (long i = 0; i < frames; i++) {
        int part = (int) (i * parts / frames);
        caller[part] = Math.max(caller[part], Math.abs(sample(in)));
        heard[part] = Math.max(heard[part], Math.abs(sample(in)));
      }
    }
    return new Waveform(frames * 1_000 / StereoWav.RATE, percent(caller), percent(heard));
  }

  private static int sample(DataInputStream in) throws IOException {
    return Short.reverseBytes(in.readShort());
  }

  private static List<Integer> percent(int[] peaks) {
    return Arrays.stream(peaks).mapToObj(peak -> peak * 100 / LOUDEST).toList();
  }

  void write(Path file) throws IOException {
    Files.writeString(file, "%d\n%s\n%s\n".formatted(millis, line(caller), line(heard)));
  }

  private static String line(List<Integer> peaks) {
    return peaks.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  static Waveform read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    try {
      return new Waveform(Long.parseLong(lines.get(0)), peaks(lines.get(1)), peaks(lines.get(2)));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new IOException(file + " is no waveform.", e);
    }
  }

  private static List<Integer> peaks(String line) {
    var peaks = new ArrayList<Integer>();
    for (String one : line.split(" ")) if (!one.isEmpty()) peaks.add(Integer.parseInt(one));
    return peaks;
  }
}
