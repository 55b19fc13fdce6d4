package org.switchroom.acd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The waiting contacts of one class, the one to be served first on top: a heap of four children
/// each, in which every contact knows its place. What they are compared by stands beside them, so
/// that memory is read in a row.
final class WaitingHeap {
  private RoutedContact[] heap = new RoutedContact[8];
  private long[] keys = new long[8];
  private long[] arrived = new long[8];
  private int size;
  private final Heads heads;
  private final int id;

  /// The one to be served first; null: nobody waits.
  @Nullable RoutedContact head;

  WaitingHeap(Heads heads, int id) {
    this.heads = heads;
    this.id = id;
  }

  int size() {
    return size;
  }

  RoutedContact get(int place) {
    return heap[place];
  }

  void add(RoutedContact contact) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
      keys = Arrays.copyOf(keys, size * 2);
      arrived = Arrays.copyOf(arrived, size * 2);
    }
    up(contact, contact.key, contact.arrived, size++);
    setHead();
  }

  void remove(RoutedContact contact) {
    int place = contact.heapPlace;
    contact.heapPlace = -1;
    RoutedContact last = heap[--size];
    heap[size] = null;
    if (last != contact) {
      long key = keys[size];
      long age = arrived[size];
      up(last, key, age, place);
      if (last.heapPlace == place) down(last, key, age, place);
    }
    setHead();
  }

  private void setHead() {
    if (head == heap[0]) return;
    head = heap[0];
    heads.set(id, head);
  }

  private void up(RoutedContact contact, long key, long age, int from) {
    int place = from;
    while (place > 0) {
      int parent = (place - 1) >>> 2;
      if (!before(contact, key, age, parent)) break;
      move(parent, place);
      place = parent;
    }
    put(contact, key, age, place);
  }

  private void down(RoutedContact contact, long key, long age, int from) {
    int place = from;
    for (int first = 4 * place + 1; first < size; first = 4 * place + 1) {
      int best = first;
      int end = Math.min(first + 4, size);
      for (int child = first + 1; child < end; child++) {
        if (before(heap[child], keys[child], arrived[child], best)) best = child;
      }
      if (before(contact, key, age, best)) break;
      move(best, place);
      place = best;
    }
    put(contact, key, age, place);
  }

  private boolean before(RoutedContact contact, long key, long age, int other) {
    if (key != keys[other]) return key > keys[other];
    if (age != arrived[other]) return age < arrived[other];
    return contact.sequence < heap[other].sequence;
  }

  private void move(int from, int to) {
    put(heap[from], keys[from], arrived[from], to);
  }

  private void put(RoutedContact contact, long key, long age, int place) {
    heap[place] = contact;
    keys[place] = key;
    arrived[place] = age;
    contact.heapPlace = place;
  }
}
