package org.switchroom.desktop.figures;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.switchroom.cti.center.RandomDays;

/// Random days of a whole center, with reloads, transfers and crashes. A seed that fails is
/// printed, and fails in the same way when it is run again.
///
/// Options: days, first seed.
final class DaysFigure {
  private static final int MOST_PRINTED = 10;

  private DaysFigure() {}

  public static void main(String[] options) {
    long days = options.length > 0 ? Long.parseLong(options[0]) : 1_000;
    long first = options.length > 1 ? Long.parseLong(options[1]) : 1;
    long began = System.nanoTime();
    var failed = new AtomicLong();
    var progress = new Progress("days", days);
    RandomDays.Sums sums =
        LongStream.range(first, first + days)
            .parallel()
            .mapToObj(seed -> day(seed, failed))
            .peek(_ -> progress.accept(1))
            .reduce(RandomDays.Sums.NOTHING, RandomDays.Sums::plus);
    System.out.printf("%,12d days in %.0f s%n", sums.days(), (System.nanoTime() - began) / 1e9);
    System.out.printf("%,12d turns%n", sums.turns());
    System.out.printf("%,12d waits of callers and tasks%n", sums.waits());
    System.out.printf("%,12d answered%n", sums.answered());
    System.out.printf("%,12d configurations taken%n", sums.configurations());
    System.out.printf("%,12d times the PBX has said what lives%n", sums.lists());
    System.out.printf("%,12d seeds that failed%n", failed.get());
    if (failed.get() > 0) System.exit(1);
  }

  private static RandomDays.Sums day(long seed, AtomicLong failed) {
    try {
      return RandomDays.run(seed);
    } catch (RuntimeException | AssertionError e) {
      if (failed.incrementAndGet() <= MOST_PRINTED) System.out.printf("Seed %d: %s%n", seed, e);
      return RandomDays.Sums.NOTHING;
    }
  }
}
