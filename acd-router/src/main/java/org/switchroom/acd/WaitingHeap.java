package org.switchroom.acd;

import java.util.Arrays;

/// The waiting contacts of one class, the one to be served first on top. Each knows its place.
final class WaitingHeap {
  private Contact[] heap = new Contact[8];
  private int size;

  /// The one to be served first; null: nobody waits.
  Contact head;

  int size() {
    return size;
  }

  Contact get(int place) {
    return heap[place];
  }

  void add(Contact contact) {
    if (size == heap.length) heap = Arrays.copyOf(heap, size * 2);
    up(contact, size++);
    head = heap[0];
  }

  void remove(Contact contact) {
    int place = contact.heapPlace;
    contact.heapPlace = -1;
    Contact last = heap[--size];
    heap[size] = null;
    if (last != contact) {
      up(last, place);
      if (last.heapPlace == place) down(last, place);
    }
    head = heap[0];
  }

  private void up(Contact contact, int from) {
    int place = from;
    while (place > 0) {
      int parent = (place - 1) >>> 2;
      if (!contact.before(heap[parent])) break;
      put(heap[parent], place);
      place = parent;
    }
    put(contact, place);
  }

  private void down(Contact contact, int from) {
    int place = from;
    while (true) {
      int first = 4 * place + 1;
      if (first >= size) break;
      int best = first;
      int end = Math.min(first + 4, size);
      for (int child = first + 1; child < end; child++) {
        if (heap[child].before(heap[best])) best = child;
      }
      if (!heap[best].before(contact)) break;
      put(heap[best], place);
      place = best;
    }
    put(contact, place);
  }

  private void put(Contact contact, int place) {
    heap[place] = contact;
    contact.heapPlace = place;
  }
}
