package org.switchroom.cti.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Something to be heard from a SIPp caller: six seconds of a tone, as G.711 μ-law.
final class Speech {
  private static final int SAMPLES = 6 * Tone.RATE;

  private static final int HERTZ = 440;

  private static Path file;

  private Speech() {}

  static synchronized Path file() {
    if (file != null) return file;
    try {
      byte[] sound = new byte[SAMPLES];
      for (int i = 0; i < SAMPLES; i++) {
        sound[i] = Tone.sample(HERTZ, i);
      }
      file = Files.write(Files.createTempFile("switchroom-speech", ".ul"), sound);
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
