package org.switchroom.cti.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/// A recording of two sides, 8,000 samples a second each, to be asked what is heard in it.
public final class StereoSound {
  private static final int RATE = 8_000;

  private final ShortBuffer samples;

  private StereoSound(ByteBuffer bytes) {
    samples = bytes.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
  }

  /// @param header so many bytes before the samples
  public static StereoSound in(Path file, int header) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return new StereoSound(ByteBuffer.wrap(bytes, header, bytes.length - header).slice());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public double seconds() {
    return samples.limit() / 2.0 / RATE;
  }

  /// How loud a tone is on a side, as its amplitude (Goertzel).
  ///
  /// @param side 0: left
  public double tone(int side, double hertz, double from, double seconds) {
    int first = (int) (from * RATE);
    int count = (int) (seconds * RATE);
    double turn = 2 * Math.cos(2 * Math.PI * hertz / RATE);
    double last = 0;
    double before = 0;
    for (int i = first; i < first + count; i++) {
      double now = samples.get(2 * i + side) + turn * last - before;
      before = last;
      last = now;
    }
    return 2 * Math.sqrt(Math.max(0, last * last + before * before - turn * last * before)) / count;
  }

  /// The loudest sample of both sides.
  public int loudest(double from, double seconds) {
    int loudest = 0;
    int end = 2 * (int) ((from + seconds) * RATE);
    for (int i = 2 * (int) (from * RATE); i < end; i++) {
      loudest = Math.max(loudest, Math.abs(samples.get(i)));
    }
    return loudest;
  }
}
