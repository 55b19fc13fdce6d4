package org.switchroom.acd;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that is due some time, earliest first; of the same time, what was set first. A binary heap
/// in which every timer knows its place, so that it can be taken out.
final class Timers {
  private Timer[] heap = new Timer[64];
  private int size;
  private long sequence;

  /// Sets a timer, or sets it anew.
  void set(Timer timer, long due) {
    if (timer.place >= 0) cancel(timer);
    timer.due = due;
    timer.sequence = ++sequence;
    add(timer);
  }

  /// Sets a timer that is not set, as it was.
  void recall(Timer timer, Optional<DueMemory> memory) {
    if (memory.isEmpty()) return;
    timer.due = RouterTime.nanos(memory.get().at());
    timer.sequence = memory.get().number();
    add(timer);
  }

  /// The number of the one that was set last.
  long sequence() {
    return sequence;
  }

  void countFrom(long last) {
    sequence = last;
  }

  private void add(Timer timer) {
    if (size == heap.length) heap = Arrays.copyOf(heap, size * 2);
    up(timer, size++);
  }

  void cancel(Timer timer) {
    int place = timer.place;
    if (place < 0) return;
    timer.place = -1;
    Timer last = heap[--size];
    heap[size] = null;
    if (last == timer) return;
    up(last, place);
    if (last.place == place) down(last, place);
  }

  boolean dueBy(long at) {
    return size > 0 && heap[0].due <= at;
  }

  /// Null: nothing is set.
  @Nullable Timer first() {
    return size == 0 ? null : heap[0];
  }

  private void up(Timer timer, int from) {
    int place = from;
    while (place > 0) {
      int parent = (place - 1) >>> 1;
      if (!before(timer, heap[parent])) break;
      put(heap[parent], place);
      place = parent;
    }
    put(timer, place);
  }

  private void down(Timer timer, int from) {
    int place = from;
    for (int child = 2 * place + 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size && before(heap[child + 1], heap[child])) child++;
      if (!before(heap[child], timer)) break;
      put(heap[child], place);
      place = child;
    }
    put(timer, place);
  }

  private void put(Timer timer, int place) {
    heap[place] = timer;
    timer.place = place;
  }

  private static boolean before(Timer a, Timer b) {
    return a.due < b.due || (a.due == b.due && a.sequence < b.sequence);
  }
}
