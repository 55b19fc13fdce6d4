package org.switchroom.cti.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;

/// A ledger on paper: what is written is there at once, what is forced is when the test says so.
final class PaperLog implements TurnLog {
  private record Waiting(long number, Runnable told) {}

  private final List<Turn> written = new ArrayList<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private boolean slow;
  private boolean full;

  @Override
  public synchronized Turn append(Turn turn) {
    Turn numbered = turn.numbered(written.size() + 1);
    written.add(numbered);
    return numbered;
  }

  @Override
  public void whenForced(long number, Runnable told) {
    synchronized (this) {
      if (slow || !waiting.isEmpty()) {
        waiting.add(new Waiting(number, told));
        return;
      }
    }
    told.run();
  }

  @Override
  public synchronized boolean healthy() {
    return !full;
  }

  @Override
  public void retry() {}

  /// From now on nothing is forced.
  synchronized void isSlow() {
    slow = true;
  }

  synchronized void isFull(boolean now) {
    full = now;
  }

  /// All that waits is on the disk.
  void forces() {
    List<Waiting> all;
    synchronized (this) {
      slow = false;
      all = List.copyOf(waiting);
      waiting.clear();
    }
    all.forEach(one -> one.told().run());
  }

  synchronized int waiting() {
    return waiting.size();
  }

  synchronized List<Event> events() {
    return written.stream().flatMap(turn -> turn.events().stream()).toList();
  }

  synchronized List<Turn> turns() {
    return List.copyOf(written);
  }
}
