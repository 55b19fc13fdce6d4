package org.switchroom.cti.ledger;

import java.util.concurrent.Semaphore;

/// Wakes the one thread that waits for news. Waking never blocks, and costs next to nothing where
/// it has been woken already.
final class Waker {
  private final Semaphore news = new Semaphore(0);

  /// Waits for a wake since the last time; there may be nothing new.
  void await() throws InterruptedException {
    news.acquire();
    news.drainPermits();
  }

  void wake() {
    // Who takes the permit that is there looks after us, and sees what we have done.
    if (news.availablePermits() == 0) news.release();
  }
}
