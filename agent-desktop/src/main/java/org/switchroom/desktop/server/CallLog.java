package org.switchroom.desktop.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.runtime.Recorder;

/// Each call in the log, by [CallLogText]. The engine's thread hands a reference over and wakes
/// nobody; a thread of its own writes, a tenth of a second later at most. One that cannot keep up,
/// as when nobody reads the log, leaves out and says how much: no call waits for it.
///
/// What the last run has left is not told again.
public final class CallLog implements Recorder, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CallLog.class);

  /// More than a second of the busiest center's.
  static final int MOST_WAITING = 16_384;

  private static final Duration GATHERED = Duration.ofMillis(100);
  private static final Duration LAST = Duration.ofSeconds(2);

  private final Consumer<String> out;
  private final RefusedNumbers refused = new RefusedNumbers();
  private final ArrayBlockingQueue<Turn> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong left = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("call-log").daemon().unstarted(this::run);

  public CallLog() {
    this(log::info);
  }

  /// @param out is given each line, on a thread of its own
  CallLog(Consumer<String> out) {
    this.out = out;
    thread.start();
  }

  @Override
  public void begins(Snapshot known, Set<String> aside) {}

  @Override
  public void takes(Input input, Instant now, Instant wall) {}

  @Override
  public void decides(Turn turn) {
    if (!waiting.offer(turn)) left.incrementAndGet();
  }

  private void run() {
    try {
      boolean more = true;
      while (more) {
        more = !closing.await(GATHERED.toMillis(), TimeUnit.MILLISECONDS);
        write();
      }
    } catch (InterruptedException e) {
      // the server stops
    }
  }

  private void write() {
    var turns = new ArrayList<Turn>();
    while (waiting.drainTo(turns) > 0) {
      for (Turn turn : turns) {
        turn.events().forEach(event -> CallLogText.of(event).ifPresent(out));
        turn.events().forEach(refused::hears);
      }
      turns.clear();
    }
    refused.tells(System.nanoTime()).ifPresent(out);
    long lost = left.getAndSet(0);
    if (lost > 0)
      log.warn("{} turns of calls are not in this log, which is read too slowly.", lost);
  }

  /// What was handed over by now is written, unless nobody reads it.
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(LAST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
