package org.switchroom.acd.simulation;

/// Random numbers: xoshiro256++ (Blackman and Vigna 2019), seeded by SplitMix64, and exponential
/// ones by the ziggurat of Marsaglia and Tsang (2000), exact to the last bit of a double.
final class RandomDraws {
  private static final int LAYERS = 256;
  private static final double RIGHT = 7.69711747013104972;
  private static final double AREA = 0.0039496598225815571993;

  /// Edges of the layers, and the density there.
  private static final double[] X = new double[LAYERS + 1];

  private static final double[] Y = new double[LAYERS + 1];

  static {
    X[0] = AREA / StrictMath.exp(-RIGHT);
    X[1] = RIGHT;
    for (int i = 2; i < LAYERS; i++) {
      X[i] = -StrictMath.log(StrictMath.exp(-X[i - 1]) + AREA / X[i - 1]);
    }
    X[LAYERS] = 0;
    for (int i = 0; i <= LAYERS; i++) Y[i] = StrictMath.exp(-X[i]);
  }

  private long s0;
  private long s1;
  private long s2;
  private long s3;

  RandomDraws(long seed) {
    long[] state = new long[4];
    long z = seed;
    for (int i = 0; i < 4; i++) {
      z += 0x9E3779B97F4A7C15L;
      long mixed = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
      state[i] = mixed ^ (mixed >>> 31);
    }
    s0 = state[0];
    s1 = state[1];
    s2 = state[2];
    s3 = state[3];
  }

  long bits() {
    long result = Long.rotateLeft(s0 + s3, 23) + s0;
    long t = s1 << 17;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = Long.rotateLeft(s3, 45);
    return result;
  }

  /// From 0, included, to 1, not included.
  double uniform() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  /// With mean 1.
  double exponential() {
    double beyond = 0;
    while (true) {
      long bits = bits();
      int layer = (int) bits & (LAYERS - 1);
      double x = (bits >>> 11) * 0x1.0p-53 * X[layer];
      if (x < X[layer + 1]) return beyond + x;
      if (layer == 0) {
        // The tail is the same curve again, further to the right.
        beyond += RIGHT;
      } else if (Y[layer] + uniform() * (Y[layer + 1] - Y[layer]) < StrictMath.exp(-x)) {
        return beyond + x;
      }
    }
  }
}
