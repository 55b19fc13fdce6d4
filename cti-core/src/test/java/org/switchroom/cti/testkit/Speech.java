package org.switchroom.cti.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Something to be heard from a SIPp caller or phone: six seconds of a tone, as G.711 μ-law.
final class Speech {
  private static final int SAMPLES = 6 * Tone.RATE;
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
        sound[i] = Tone.sample(hertz, i);
      }
      Path file = Files.write(Files.createTempFile("switchroom-speech", ".ul"), sound);
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
