package org.switchroom.desktop.figures;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.switchroom.cti.runtime.Chaos;

/// The whole server on fake time under every kind of trouble, seed after seed. A seed that fails is
/// printed, and fails in the same way when it is run again.
///
/// Options: seeds, first seed.
final class ChaosFigure {
  private static final int MOST_PRINTED = 10;

  private ChaosFigure() {}

  public static void main(String[] options) {
    long seeds = options.length > 0 ? Long.parseLong(options[0]) : 5_000;
    long first = options.length > 1 ? Long.parseLong(options[1]) : 1;
    long began = System.nanoTime();
    var facts = new AtomicLong();
    var calls = new AtomicLong();
    var crashes = new AtomicLong();
    var failed = new AtomicLong();
    var traces = new LongAdder();
    var progress = new Progress("seeds", seeds);
    LongStream.range(first, first + seeds)
        .parallel()
        .mapToObj(Chaos::run)
        .forEach(
            result -> {
              facts.addAndGet(result.facts());
              calls.addAndGet(result.calls());
              crashes.addAndGet(result.crashes());
              traces.add(result.trace());
              progress.accept(1);
              boolean bad = !result.faults().isEmpty();
              if (bad && failed.incrementAndGet() <= MOST_PRINTED) {
                System.out.printf("Seed %d: %s%n", result.seed(), result.faults());
              }
            });
    System.out.printf("%,12d seeds in %.0f s%n", seeds, (System.nanoTime() - began) / 1e9);
    System.out.printf("%,12d facts%n", facts.get());
    System.out.printf("%,12d calls%n", calls.get());
    System.out.printf("%,12d crashes of the server%n", crashes.get());
    System.out.printf("%,12d seeds that failed%n", failed.get());
    System.out.printf("%16x: what happened, the same for the same seeds%n", traces.sum());
    if (failed.get() > 0) System.exit(1);
  }
}
