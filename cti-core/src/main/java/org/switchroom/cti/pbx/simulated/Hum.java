package org.switchroom.cti.pbx.simulated;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a simulated caller says: a voice that hums and pauses.
final class Hum {
  private static final Logger log = LoggerFactory.getLogger(Hum.class);

  private static final int RATE = 8_000;

  private Hum() {}

  /// Only where the folder is there.
  static void write(String name, Duration length) {
    Path file = Path.of(name);
    if (file.getParent() == null || !Files.isDirectory(file.getParent())) return;
    int samples = (int) Math.min(length.toMillis() * RATE / 1_000, 60 * RATE);
    byte[] sound = new byte[samples * 2];
    for (int i = 0; i < samples; i++) {
      double second = (double) i / RATE;
      double loudness = Math.max(0, Math.sin(second * 7) * Math.sin(second * 1.7));
      double tone = Math.sin(2 * Math.PI * (150 + 25 * Math.sin(second * 5)) * second);
      int value = (int) (6_000 * loudness * tone);
      sound[2 * i] = (byte) value;
      sound[2 * i + 1] = (byte) (value >> 8);
    }
    var format = new AudioFormat(RATE, 16, 1, true, false);
    try (var stream = new AudioInputStream(new ByteArrayInputStream(sound), format, samples)) {
      AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
    } catch (IOException e) {
      log.warn("{} cannot be written: {}", file, e.toString());
    }
  }
}
