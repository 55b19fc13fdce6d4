package org.switchroom.cti.ledger;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings to the disk what the engine has written, one force after the other, and tells who waits
/// for it. All that is written while one force lasts is in the next.
final class Forcer {
  private static final Logger log = LoggerFactory.getLogger(Forcer.class);
  private static final int MOST_WAITING = 100_000;
  private static final long CLOSING_MILLIS = 10_000;

  private record Waiting(long number, Runnable told) {}

  /// What stands beside the frames. The forcing thread's.
  interface Beside {
    /// What frames need that are written by now is on the disk afterwards.
    void force() throws IOException;

    /// What no frame needs any more may go.
    void tidy();
  }

  private final Retention retention;
  private final Beside beside;
  private final Consumer<String> failed;

  /// Segments that are written to, or were and are not on the disk, oldest first.
  private final Queue<SegmentWriter> unforced = new ConcurrentLinkedQueue<>();

  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final Listeners<Long> listeners = new Listeners<>();
  private final List<Waker> readersOfWritten = new CopyOnWriteArrayList<>();
  private final List<Waker> readersOfForced = new CopyOnWriteArrayList<>();
  private final AtomicBoolean tidy = new AtomicBoolean(true);
  private final Waker news = new Waker();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("ledger-forcer").unstarted(this::run);
  private volatile long written;
  private volatile long forced;

  /// What a frame on the disk says was there before it. The forcing thread's.
  private long told;

  /// What the next force makes true of [#told].
  private long tellsNext;

  private volatile boolean closing;
  private volatile boolean ended;
  private volatile boolean broken;

  /// @param last the last frame; it is on the disk
  /// @param failed is told when a force has failed
  Forcer(Retention retention, Beside beside, long last, Consumer<String> failed) {
    this.retention = retention;
    this.beside = beside;
    this.failed = failed;
    written = last;
    forced = last;
    told = last;
    tellsNext = last;
  }

  void start() {
    thread.start();
  }

  long written() {
    return written;
  }

  long forced() {
    return forced;
  }

  boolean hasEnded() {
    return ended;
  }

  int unforcedSegments() {
    return unforced.size();
  }

  // ── From the engine's thread ────────────────────────────────────────────────────────────────

  /// A new segment, before its first frame.
  void takes(SegmentWriter next) {
    unforced.add(next);
    tidy.set(true);
  }

  void written(long number) {
    written = number;
    news.wake();
    readersOfWritten.forEach(Waker::wake);
  }

  // ── From any thread ─────────────────────────────────────────────────────────────────────────

  void onForced(LongConsumer listener) {
    listeners.add(listener::accept);
  }

  void whenForced(long number, Runnable told) {
    if (waitingCount.incrementAndGet() > MOST_WAITING) {
      waitingCount.decrementAndGet();
      throw new LedgerFault(
          "%d wait to hear that frames up to %d are on the disk, which has them up to %d."
              .formatted(MOST_WAITING, number, forced));
    }
    waiting.add(new Waiting(number, told));
    news.wake();
  }

  void tidy() {
    tidy.set(true);
    news.wake();
  }

  List<Waker> wakers(boolean ofForced) {
    return ofForced ? readersOfForced : readersOfWritten;
  }

  // ── The forcing thread ──────────────────────────────────────────────────────────────────────

  private void run() {
    try {
      while (!closing || (forced < written && !broken)) {
        news.await();
        round();
      }
    } catch (InterruptedException e) {
      fail("The forcing thread was interrupted.");
    } catch (Throwable e) {
      fail("The forcing thread has ended: " + e);
      throw e;
    }
  }

  /// Forces what is written by now, and does what has become due.
  void round() {
    if (broken) return;
    long target = written;
    if (target > forced) {
      try {
        force(target);
      } catch (IOException e) {
        fail("Forcing has failed: %s. What the disk has is not known.".formatted(e.getMessage()));
        return;
      }
      // What was written during this force says what was there before it; the next one brings that.
      told = tellsNext;
      tellsNext = forced;
      forced = target;
      readersOfForced.forEach(Waker::wake);
      listeners.tell(target);
    }
    tellWaiting();
    retention.look();
    if (!tidy.getAndSet(false)) return;
    if (retention.tidy(told)) tidy.set(true);
    beside.tidy();
  }

  /// Every frame up to the target is in a segment that was in the list before the target was read.
  private void force(long target) throws IOException {
    beside.force();
    for (SegmentWriter segment : unforced) {
      if (segment.segment().first() > target) break;
      segment.force();
    }
    while (unforced.peek().segment().last() <= target) unforced.poll().close();
  }

  private void tellWaiting() {
    while (!waiting.isEmpty() && waiting.peek().number() <= forced) {
      Waiting one = waiting.poll();
      waitingCount.decrementAndGet();
      try {
        one.told().run();
      } catch (RuntimeException e) {
        log.error("Who was told that frame {} is on the disk has failed.", one.number(), e);
      }
    }
  }

  private void fail(String why) {
    broken = true;
    failed.accept(why);
  }

  /// Forces what is written; from now on whoever calls [#round] is the forcing thread.
  void stop() {
    if (thread.getState() == Thread.State.NEW) {
      round();
      return;
    }
    closing = true;
    news.wake();
    try {
      thread.join(CLOSING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // What the disk does not take in this time it does not take.
    if (thread.isAlive()) broken = true;
  }

  /// After [#stop]: no more frames come.
  void close() throws IOException {
    if (forced < written) {
      log.error("Frames from {} to {} are perhaps not on the disk.", forced + 1, written);
    }
    for (SegmentWriter segment : unforced) segment.close();
    ended = true;
    readersOfForced.forEach(Waker::wake);
    readersOfWritten.forEach(Waker::wake);
  }
}
