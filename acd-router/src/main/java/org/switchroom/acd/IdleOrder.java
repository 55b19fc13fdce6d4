package org.switchroom.acd;

import java.util.Arrays;
import org.switchroom.acd.plan.Strategy;

/// The free agents of one class and one tier, in the order of its strategy. Agents are known by
/// their place among the members of the class.
sealed interface IdleOrder {
  /// @param key for strategies that go by a number: smaller first
  void add(int member, long turn, long key);

  void remove(int member);

  boolean isEmpty();

  /// The one to be taken for this contact. There must be one.
  int first(RoutedContact contact);

  /// @param keyed whether the agents go by a number that the policy or the strategy gives them
  static IdleOrder of(Strategy.Kind kind, boolean keyed, RequirementClass of) {
    if (keyed) return new ByKey();
    return switch (kind) {
      case LONGEST_IDLE, RING_ALL -> new ByTurn();
      case LEAST_OCCUPIED, FEWEST_CONTACTS, MOST_SKILLED, LEAST_SKILLED, PERCENT_ALLOCATION ->
          new ByKey();
      case ROUND_ROBIN, LINEAR, RANDOM -> new ByPlace(kind, of);
    };
  }

  /// Longest idle: a linked list through the members. Whoever becomes free goes to its end at once;
  /// whoever gets an old turn back walks in from the nearer end.
  final class ByTurn implements IdleOrder {
    private long[] turns = new long[8];
    private int[] next = new int[8];
    private int[] previous = new int[8];
    private int head = -1;
    private int tail = -1;

    @Override
    public void add(int member, long turn, long key) {
      if (member >= next.length) {
        int length = Math.max(member + 1, next.length * 2);
        turns = Arrays.copyOf(turns, length);
        next = Arrays.copyOf(next, length);
        previous = Arrays.copyOf(previous, length);
      }
      turns[member] = turn;
      int before = tail;
      if (tail >= 0 && turns[tail] > turn) before = lastBefore(turn);
      int after = before < 0 ? head : next[before];
      previous[member] = before;
      next[member] = after;
      if (before < 0) head = member;
      else next[before] = member;
      if (after < 0) tail = member;
      else previous[after] = member;
    }

    private int lastBefore(long turn) {
      int fromHead = head;
      int fromTail = tail;
      while (true) {
        if (turns[fromHead] > turn) return previous[fromHead];
        if (turns[fromTail] < turn) return fromTail;
        fromHead = next[fromHead];
        fromTail = previous[fromTail];
      }
    }

    @Override
    public void remove(int member) {
      int before = previous[member];
      int after = next[member];
      if (before < 0) head = after;
      else next[before] = after;
      if (after < 0) tail = before;
      else previous[after] = before;
    }

    @Override
    public boolean isEmpty() {
      return head < 0;
    }

    @Override
    public int first(RoutedContact contact) {
      return head;
    }
  }

  /// By a number, then by turn: a heap in which every member has its place.
  final class ByKey implements IdleOrder {
    private int[] heap = new int[8];
    private int[] place = new int[8];
    private long[] keys = new long[8];
    private long[] turns = new long[8];
    private int size;

    @Override
    public void add(int member, long turn, long key) {
      if (member >= place.length) {
        int length = Math.max(member + 1, place.length * 2);
        place = Arrays.copyOf(place, length);
        keys = Arrays.copyOf(keys, length);
        turns = Arrays.copyOf(turns, length);
      }
      if (size == heap.length) heap = Arrays.copyOf(heap, size * 2);
      keys[member] = key;
      turns[member] = turn;
      up(member, size++);
    }

    @Override
    public void remove(int member) {
      int hole = place[member];
      int last = heap[--size];
      if (last == member) return;
      up(last, hole);
      if (place[last] == hole) down(last, hole);
    }

    @Override
    public boolean isEmpty() {
      return size == 0;
    }

    @Override
    public int first(RoutedContact contact) {
      return heap[0];
    }

    private void up(int member, int from) {
      int at = from;
      while (at > 0) {
        int parent = (at - 1) >>> 1;
        if (!before(member, heap[parent])) break;
        put(heap[parent], at);
        at = parent;
      }
      put(member, at);
    }

    private void down(int member, int from) {
      int at = from;
      for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
        if (child + 1 < size && before(heap[child + 1], heap[child])) child++;
        if (!before(heap[child], member)) break;
        put(heap[child], at);
        at = child;
      }
      put(member, at);
    }

    private void put(int member, int at) {
      heap[at] = member;
      place[member] = at;
    }

    private boolean before(int a, int b) {
      return keys[a] < keys[b] || (keys[a] == keys[b] && turns[a] < turns[b]);
    }
  }

  /// By the fixed order of the members: a set of bits.
  final class ByPlace implements IdleOrder {
    private final Strategy.Kind kind;
    private final RequirementClass of;
    private long[] bits = new long[1];
    private int size;

    ByPlace(Strategy.Kind kind, RequirementClass of) {
      this.kind = kind;
      this.of = of;
    }

    @Override
    public void add(int member, long turn, long key) {
      int word = member >> 6;
      if (word >= bits.length) bits = Arrays.copyOf(bits, Math.max(word + 1, bits.length * 2));
      bits[word] |= 1L << member;
      size++;
    }

    @Override
    public void remove(int member) {
      bits[member >> 6] &= ~(1L << member);
      size--;
    }

    @Override
    public boolean isEmpty() {
      return size == 0;
    }

    @Override
    public int first(RoutedContact contact) {
      return switch (kind) {
        case ROUND_ROBIN -> from(of.memberAfter(of.line.lastOffered));
        case RANDOM -> nth((int) Long.remainderUnsigned(draw(contact), size));
        default -> from(0);
      };
    }

    /// The first at this place or after it, or else from the beginning.
    private int from(int place) {
      int word = place >> 6;
      if (word < bits.length) {
        long rest = bits[word] & (-1L << place);
        while (rest == 0 && ++word < bits.length) rest = bits[word];
        if (rest != 0) return (word << 6) + Long.numberOfTrailingZeros(rest);
      }
      return from(0);
    }

    private int nth(int n) {
      int left = n;
      int word = 0;
      while (left >= Long.bitCount(bits[word])) left -= Long.bitCount(bits[word++]);
      long rest = bits[word];
      while (left-- > 0) rest &= rest - 1;
      return (word << 6) + Long.numberOfTrailingZeros(rest);
    }
  }

  /// A number that looks drawn by chance and is always the same for a contact: the finalizer of
  /// SplitMix64 (Steele, Lea, Flood 2014).
  static long draw(RoutedContact contact) {
    long z = contact.sequence * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
