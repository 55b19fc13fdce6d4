package org.switchroom.acd.simulation;

/// The figures of one class, in batches, so that their error can be told.
final class Tally {
  static final int BATCHES = 40;

  /// Student's t for 39 degrees of freedom, two-sided 99.9 %.
  private static final double T = 3.558;

  private final long[] offered = new long[BATCHES];
  private final long[] served = new long[BATCHES];
  private final long[] abandoned = new long[BATCHES];
  private final long[] blocked = new long[BATCHES];
  private final long[] inTarget = new long[BATCHES];
  private final double[] wait = new double[BATCHES];

  void blocked(int batch) {
    offered[batch]++;
    blocked[batch]++;
  }

  void served(int batch, double seconds, boolean within) {
    offered[batch]++;
    served[batch]++;
    wait[batch] += seconds;
    if (within) inTarget[batch]++;
  }

  void abandoned(int batch, double seconds) {
    offered[batch]++;
    abandoned[batch]++;
    wait[batch] += seconds;
  }

  Report.Figures figures(double meanQueue) {
    long all = sum(offered);
    double accepted = sum(served) + sum(abandoned);
    double waits = 0;
    for (double one : wait) waits += one;
    return new Report.Figures(
        all,
        sum(served) / (double) all,
        sum(abandoned) / (double) all,
        sum(blocked) / (double) all,
        waits / accepted,
        meanQueue,
        sum(inTarget) / accepted,
        error(batch -> wait[batch], this::accepted),
        error(batch -> abandoned[batch], batch -> offered[batch]),
        error(batch -> blocked[batch], batch -> offered[batch]),
        error(batch -> inTarget[batch], this::accepted));
  }

  private double accepted(int batch) {
    return served[batch] + abandoned[batch];
  }

  private interface Of {
    double in(int batch);
  }

  /// Of a ratio of sums, by the deviations of the batches from the ratio of all.
  private static double error(Of above, Of below) {
    double tops = 0;
    double bottoms = 0;
    for (int i = 0; i < BATCHES; i++) {
      tops += above.in(i);
      bottoms += below.in(i);
    }
    double ratio = tops / bottoms;
    double squares = 0;
    for (int i = 0; i < BATCHES; i++) {
      double deviation = above.in(i) - ratio * below.in(i);
      squares += deviation * deviation;
    }
    double perBatch = Math.sqrt(squares / (BATCHES - 1));
    return T * perBatch * Math.sqrt(BATCHES) / bottoms;
  }

  private static long sum(long[] values) {
    long sum = 0;
    for (long value : values) sum += value;
    return sum;
  }
}
