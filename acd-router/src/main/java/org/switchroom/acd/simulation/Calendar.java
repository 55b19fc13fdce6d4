package org.switchroom.acd.simulation;

import java.util.Arrays;

/// What will happen to whom, by number from 0: a binary heap in which each has at most one time.
final class Calendar {
  private long[] times;
  private int[] heap;
  private int[] places;
  private int size;

  Calendar(int capacity) {
    times = new long[capacity];
    heap = new int[capacity];
    places = new int[capacity];
    Arrays.fill(places, -1);
  }

  /// [Long#MAX_VALUE]: nothing will happen.
  long firstTime() {
    return size == 0 ? Long.MAX_VALUE : times[heap[0]];
  }

  int first() {
    return heap[0];
  }

  boolean has(int who) {
    return who < places.length && places[who] >= 0;
  }

  void set(int who, long time) {
    if (who >= times.length) grow(who);
    times[who] = time;
    up(who, size++);
  }

  void cancel(int who) {
    if (who >= places.length || places[who] < 0) return;
    int hole = places[who];
    places[who] = -1;
    int last = heap[--size];
    if (last == who) return;
    up(last, hole);
    if (places[last] == hole) down(last, hole);
  }

  private void grow(int who) {
    int length = Math.max(who + 1, times.length * 2);
    int old = times.length;
    times = Arrays.copyOf(times, length);
    heap = Arrays.copyOf(heap, length);
    places = Arrays.copyOf(places, length);
    Arrays.fill(places, old, length, -1);
  }

  private void up(int who, int from) {
    int at = from;
    long time = times[who];
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (times[heap[parent]] <= time) break;
      put(heap[parent], at);
      at = parent;
    }
    put(who, at);
  }

  private void down(int who, int from) {
    int at = from;
    long time = times[who];
    for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && times[heap[child + 1]] < times[heap[child]]) child++;
      if (times[heap[child]] >= time) break;
      put(heap[child], at);
      at = child;
    }
    put(who, at);
  }

  private void put(int who, int at) {
    heap[at] = who;
    places[who] = at;
  }
}
