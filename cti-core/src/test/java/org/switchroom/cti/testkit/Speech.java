package org.switchroom.cti.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Something to be heard from a SIPp caller or phone: six seconds of a tone, as G.711 μ-law.
final class Speech {
  private static final int SAMPLES = 6 * 8_000;

  private static final int HERTZ = 440;

  private static final Map<Integer, Path> FILES = new HashMap<>();

  private Speech() {}

  static Path file() {
    return file(HERTZ);
  }

  static synchronized Path file(int hertz) {
    return FILES.computeIfAbsent(hertz, Speech::write);
  }

  private static Path write(int hertz) {
    try {
      byte[] sound = new byte[SAMPLES];
      for (int i = 0; i < SAMPLES; i++) {
        sound[i] = muLaw((int) (9_000 * Math.sin(2 * Math.PI * hertz * i / 8_000)));
      }
      Path file = Files.write(Files.createTempFile("switchroom-speech", ".ul"), sound);
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// ITU-T G.711.
  private static byte muLaw(int sample) {
    int sign = sample < 0 ? 0x80 : 0;
    int magnitude = Math.min(Math.abs(sample), 32_635) + 132;
    int exponent = 7;
    for (int mask = 0x4000; exponent > 0 && (magnitude & mask) == 0; mask >>= 1) exponent--;
    int mantissa = magnitude >> (exponent + 3) & 0x0F;
    return (byte) ~(sign | exponent << 4 | mantissa);
  }
}
