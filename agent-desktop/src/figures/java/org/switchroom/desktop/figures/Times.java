package org.switchroom.desktop.figures;

import org.HdrHistogram.Histogram;

/// Times in microseconds, and how they are printed.
final class Times {
  private final Histogram micros = new Histogram(3);

  synchronized void add(long nanos) {
    micros.recordValue(Math.max(0, nanos / 1_000));
  }

  synchronized long count() {
    return micros.getTotalCount();
  }

  synchronized double millisAt(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1_000.0;
  }

  synchronized String line(String name) {
    return "%-28s n=%-6d mean %9.2f   p50 %9.2f   p95 %9.2f   p99 %9.2f   max %9.2f  ms"
        .formatted(
            name,
            micros.getTotalCount(),
            micros.getMean() / 1_000,
            millisAt(50),
            millisAt(95),
            millisAt(99),
            micros.getMaxValue() / 1_000.0);
  }
}
