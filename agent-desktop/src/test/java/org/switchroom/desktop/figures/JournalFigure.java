package org.switchroom.desktop.figures;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.switchroom.cti.journal.Journal;

/// 100,000 records a second through the journal, from the append to the word that it is on the
/// disk; beside it, in the same run, what one plain write and force takes.
///
/// Options: records a second, seconds.
final class JournalFigure {
  private static final byte[] RECORD = new byte[200];

  public static void main(String[] options) throws Exception {
    int perSecond = options.length > 0 ? Integer.parseInt(options[0]) : 100_000;
    int seconds = options.length > 1 ? Integer.parseInt(options[1]) : 10;
    Path folder = Files.createTempDirectory("switchroom-journal-figure");
    plain(folder.resolve("plain"));
    try (var journal = Journal.open(folder.resolve("journal"), Journal.Limits.DEFAULT)) {
      journal(journal, perSecond, 2, null);
      var latency = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);
      long refused = journal(journal, perSecond, seconds, latency);
      System.out.printf(
          "journal: %,d records/s for %d s: p50 %.2f ms, p99 %.2f ms, most %.2f ms; %d refused%n",
          perSecond,
          seconds,
          latency.getValueAtPercentile(50) / 1e6,
          latency.getValueAtPercentile(99) / 1e6,
          latency.getMaxValue() / 1e6,
          refused);
    }
  }

  private static void plain(Path file) throws Exception {
    var latency = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
      while (System.nanoTime() < end) {
        long began = System.nanoTime();
        channel.write(ByteBuffer.wrap(RECORD));
        channel.force(false);
        latency.recordValue(System.nanoTime() - began);
      }
    }
    System.out.printf(
        "plain write and force: %,d/s, p50 %.2f ms, p99 %.2f ms%n",
        latency.getTotalCount() / 3,
        latency.getValueAtPercentile(50) / 1e6,
        latency.getValueAtPercentile(99) / 1e6);
  }

  /// Returns how many were refused.
  private static long journal(
      Journal journal, int perSecond, int seconds, ConcurrentHistogram latency)
      throws InterruptedException {
    int all = perSecond * seconds;
    var done = new CountDownLatch(all);
    var refused = new AtomicLong();
    long begin = System.nanoTime();
    for (int i = 0; i < all; i++) {
      long due = begin + (long) (1e9 * i / perSecond);
      while (System.nanoTime() < due) Thread.onSpinWait();
      long appended = System.nanoTime();
      journal.append(
          RECORD,
          true,
          fault -> {
            if (fault != null) refused.incrementAndGet();
            else if (latency != null) latency.recordValue(System.nanoTime() - appended);
            done.countDown();
          });
    }
    done.await();
    return refused.get();
  }
}
