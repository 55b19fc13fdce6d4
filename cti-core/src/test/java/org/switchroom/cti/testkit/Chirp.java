package org.switchroom.cti.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// A tone that rises: who hears it knows where in the file it is.
public final class Chirp {
  public static final double HERTZ_A_SECOND = 40;

  private static final double FIRST_HERTZ = 400;
  private static final int SECONDS = 60;
  private static final int RATE = 8_000;
  private static final int LOUD = 8_000;

  private Chirp() {}

  /// As samples of 16 bits, 8,000 a second: Asterisk's `sln`.
  static void write(Path file) throws IOException {
    var samples = ByteBuffer.allocate(2 * RATE * SECONDS).order(ByteOrder.LITTLE_ENDIAN);
    double phase = 0;
    for (int i = 0; i < RATE * SECONDS; i++) {
      double hertz = FIRST_HERTZ + HERTZ_A_SECOND * i / RATE;
      phase += 2 * Math.PI * hertz / RATE;
      samples.putShort((short) (LOUD * Math.sin(phase)));
    }
    Files.createDirectories(file.getParent());
    Files.write(file, samples.array());
  }
}
