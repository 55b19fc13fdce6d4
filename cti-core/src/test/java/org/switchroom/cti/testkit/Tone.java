package org.switchroom.cti.testkit;

/// A tone as G.711 μ-law, 8,000 samples a second, and how much of one is in a sound.
final class Tone {
  static final int RATE = 8_000;

  private static final int LOUD = 9_000;

  private Tone() {}

  /// @param number of the sample, from the tone's beginning
  static byte sample(int hertz, int number) {
    return muLaw((int) (LOUD * Math.sin(2 * Math.PI * hertz * (number % RATE) / RATE)));
  }

  /// Goertzel's algorithm: 1 where the sound is this tone as [#sample] makes it, 0 where nothing of
  /// it is heard.
  static double share(int hertz, byte[] sound) {
    double factor = 2 * Math.cos(2 * Math.PI * hertz / RATE);
    double last = 0;
    double before = 0;
    for (byte sample : sound) {
      double now = linear(sample) + factor * last - before;
      before = last;
      last = now;
    }
    double power = last * last + before * before - factor * last * before;
    return 2 * Math.sqrt(Math.max(0, power)) / sound.length / LOUD;
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

  private static int linear(byte muLaw) {
    int bits = ~muLaw;
    int magnitude = (((bits & 0x0F) << 3) + 132 << (bits >> 4 & 0x07)) - 132;
    return (bits & 0x80) == 0 ? magnitude : -magnitude;
  }
}
