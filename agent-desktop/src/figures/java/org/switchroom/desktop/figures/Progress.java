package org.switchroom.desktop.figures;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// How far a long run is, on one line of the error output that is written anew, so that what is
/// measured can be sent to a file. Any thread.
final class Progress implements LongConsumer {
  private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

  private final String things;
  private final long all;
  private final long began = System.nanoTime();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong said = new AtomicLong(began);

  /// @param things what is counted
  Progress(String things, long all) {
    this.things = things;
    this.all = all;
  }

  /// So many more are done.
  @Override
  public void accept(long more) {
    long now = System.nanoTime();
    long reached = done.addAndGet(more);
    long last = said.get();
    boolean over = reached >= all;
    if (!over && now - last < EVERY || !said.compareAndSet(last, now)) return;
    long left = (now - began) / reached * (all - reached) / TimeUnit.SECONDS.toNanos(1);
    System.err.printf(
        Locale.ROOT,
        "\r%,d of %,d %s, %d s to go %s",
        Math.min(reached, all),
        all,
        things,
        Math.max(left, 0),
        over ? "\n" : "");
  }
}
