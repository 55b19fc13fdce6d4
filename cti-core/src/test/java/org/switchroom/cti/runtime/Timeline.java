package org.switchroom.cti.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/// Time that passes only from one thing that is due to the next.
final class Timeline implements InstantSource {
  private record Due(Instant at, long order, Runnable work, CompletableFuture<Void> done) {}

  private final PriorityQueue<Due> dues =
      new PriorityQueue<>(
          (a, b) -> {
            int byTime = a.at().compareTo(b.at());
            return byTime != 0 ? byTime : Long.compare(a.order(), b.order());
          });
  private Instant now;
  private long order;

  Timeline(Instant begin) {
    now = begin;
  }

  @Override
  public Instant instant() {
    return now;
  }

  Future<?> in(Duration time, Runnable work) {
    var done = new CompletableFuture<Void>();
    dues.add(new Due(now.plus(time), ++order, work, done));
    return done;
  }

  /// Does what is due next; false: nothing is due before then.
  boolean step(Instant until) {
    Due next = dues.peek();
    if (next == null || next.at().isAfter(until)) {
      now = until;
      return false;
    }
    dues.poll();
    now = next.at();
    if (!next.done().isCancelled()) {
      next.done().complete(null);
      next.work().run();
    }
    return true;
  }
}
