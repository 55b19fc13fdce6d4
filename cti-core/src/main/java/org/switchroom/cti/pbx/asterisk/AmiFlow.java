package org.switchroom.cti.pbx.asterisk;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Holds the reader back while too many messages wait for the listener. Asterisk-Java keeps 20,000
/// and silently drops the rest, responses and disconnects included; with this the socket fills and
/// Asterisk keeps them instead.
final class AmiFlow {
  /// Well below the 20,000 at which Asterisk-Java drops.
  private static final long MOST_PENDING = 8_000;

  private static final long RESUME_BELOW = 4_000;

  /// A message that the library cannot read never reaches the listener, so the count may drift;
  /// when nothing was dispatched for so long, nothing is pending.
  private static final long IDLE_MILLIS = 50;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progress = lock.newCondition();
  private long pending;
  private boolean waiting;

  /// One message was read from the socket. May block.
  void read() {
    lock.lock();
    try {
      pending++;
      if (pending < MOST_PENDING) return;
      waiting = true;
      while (pending > RESUME_BELOW) {
        long before = pending;
        progress.await(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (pending == before) pending = 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting = false;
      lock.unlock();
    }
  }

  /// One message has reached the listener and the listener is done with it.
  void dispatched() {
    lock.lock();
    try {
      if (pending > 0) pending--;
      if (waiting && pending <= RESUME_BELOW) progress.signal();
    } finally {
      lock.unlock();
    }
  }
}
