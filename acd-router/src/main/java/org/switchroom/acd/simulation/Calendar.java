package org.switchroom.acd.simulation;

import java.util.Arrays;

/// What will happen to whom, by number from 0: a heap of four children each, in which everybody has
/// at most one time.
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
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  int first() {
    return heap[0];
  }

  boolean has(int who) {
    return who < places.length && places[who] >= 0;
  }

  /// In place of the time that they have, if they have one: that costs half of [#cancel] and this.
  void set(int who, long time) {
    if (who >= places.length) grow(who);
    int place = places[who];
    if (place < 0) up(who, time, size++);
    else if (time < times[place]) up(who, time, place);
    else down(who, time, place);
  }

  void cancel(int who) {
    if (!has(who)) return;
    int hole = places[who];
    places[who] = -1;
    int last = heap[--size];
    if (last == who) return;
    long time = times[size];
    up(last, time, hole);
    if (places[last] == hole) down(last, time, hole);
  }

  private void grow(int who) {
    int length = Math.max(who + 1, places.length * 2);
    int old = places.length;
    times = Arrays.copyOf(times, length);
    heap = Arrays.copyOf(heap, length);
    places = Arrays.copyOf(places, length);
    Arrays.fill(places, old, length, -1);
  }

  private void up(int who, long time, int from) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) >>> 2;
      if (times[parent] <= time) break;
      put(heap[parent], times[parent], at);
      at = parent;
    }
    put(who, time, at);
  }

  private void down(int who, long time, int from) {
    int at = from;
    for (int child = 4 * at + 1; child < size; child = 4 * at + 1) {
      int best = child;
      int end = Math.min(child + 4, size);
      for (int other = child + 1; other < end; other++) {
        if (times[other] < times[best]) best = other;
      }
      if (times[best] >= time) break;
      put(heap[best], times[best], at);
      at = best;
    }
    put(who, time, at);
  }

  private void put(int who, long time, int at) {
    heap[at] = who;
    times[at] = time;
    places[who] = at;
  }
}
