package org.switchroom.cti.pbx.asterisk;

import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Holds the reader back while too much waits for the listener, for as long as that takes.
/// Asterisk-Java keeps 20,000 events and silently drops the rest, responses and disconnects
/// included; with this the socket fills and Asterisk keeps them instead.
///
/// What waits cannot be counted: of one message the library makes two events, of another none. But
/// it hands them on in their order. So a mark of ours ([FlowMarkEvent]) is read among the messages
/// from time to time, and when it comes to the listener, all that was read before it has come.
final class AmiFlow {
  /// A mark follows so many messages.
  static final int STRIDE = 1_000;

  /// So many marks are under way at most, with 8,000 messages: of the 20,000 events that
  /// Asterisk-Java keeps they make 16,000, if each makes two.
  static final int MOST_MARKS = 8;

  /// The mark, as the reader has it.
  static final List<String> MARK = List.of("Event: " + FlowMarkEvent.NAME);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progress = lock.newCondition();
  private int marks;
  private boolean open;

  /// Messages since the last mark; the reader's own.
  private int since;

  /// One message was read from the socket.
  ///
  /// @return whether a mark follows it
  boolean read() {
    if (++since < STRIDE) return false;
    since = 0;
    lock.lock();
    try {
      marks++;
    } finally {
      lock.unlock();
    }
    return true;
  }

  /// Blocks while all marks are under way.
  void holdBack() {
    lock.lock();
    try {
      while (marks >= MOST_MARKS && !open) progress.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /// A mark has come to the listener.
  void passed() {
    lock.lock();
    try {
      marks--;
      progress.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Nobody is held back any more: the connection is at its end.
  void end() {
    lock.lock();
    try {
      open = true;
      progress.signal();
    } finally {
      lock.unlock();
    }
  }
}
