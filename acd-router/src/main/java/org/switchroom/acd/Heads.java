package org.switchroom.acd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Of each class the contact to be served first, and what it is compared by, side by side: an agent
/// who becomes free looks at a few neighbouring numbers instead of at classes all over the memory.
final class Heads {
  /// The key where nobody waits.
  static final long NOBODY = Long.MIN_VALUE;

  RoutedContact[] contacts = new RoutedContact[64];
  long[] keys = new long[64];
  int[] channels = new int[64];
  int[] agings = new int[64];
  private int[] spare = new int[64];
  private int spares;
  private int used;

  /// A number for a class, from 0; those given back are given again.
  int take(QueueState line, int channelBit) {
    int id = spares > 0 ? spare[--spares] : used++;
    if (id == keys.length) {
      contacts = Arrays.copyOf(contacts, id * 2);
      keys = Arrays.copyOf(keys, id * 2);
      channels = Arrays.copyOf(channels, id * 2);
      agings = Arrays.copyOf(agings, id * 2);
      spare = Arrays.copyOf(spare, id * 2);
    }
    keys[id] = NOBODY;
    contacts[id] = null;
    channels[id] = channelBit;
    agings[id] = line.queue.urgency().aging();
    return id;
  }

  void giveBack(int id) {
    spare[spares++] = id;
  }

  /// @param head null: nobody waits
  void set(int id, @Nullable RoutedContact head) {
    contacts[id] = head;
    keys[id] = head == null ? NOBODY : head.key;
  }
}
