package org.switchroom.acd;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The contacts of one queue in the order in which they would be served, so that the place of one
/// of them is found without counting those before it: a tree in which each node knows how many are
/// below it, and for how many of them a phone rings. It is balanced by numbers that look like
/// chance and follow from the contacts' own, so that the same contacts always make the same tree; a
/// search takes about `2 ln n` steps.
final class Places {
  private static final class Node {
    final RoutedContact contact;
    final long key;
    final long rank;
    final boolean rings;
    int size = 1;
    int ringing;
    @Nullable Node before;
    @Nullable Node after;

    Node(RoutedContact contact) {
      this.contact = contact;
      key = contact.key;
      rank = mixed(contact.sequence);
      rings = contact.offered();
      ringing = rings ? 1 : 0;
    }

    /// As in [WaitingHeap].
    boolean goesBefore(Node other) {
      if (key != other.key) return key > other.key;
      return QueueState.byArrival(contact, other.contact) < 0;
    }

    Node counted() {
      size = 1 + sizeOf(before) + sizeOf(after);
      ringing = (rings ? 1 : 0) + ringingOf(before) + ringingOf(after);
      return this;
    }
  }

  private final Map<RoutedContact, Node> nodes = new HashMap<>();
  private @Nullable Node root;

  /// It is one of them from now on, goes by another key, or a phone rings for it, or no more.
  void put(RoutedContact contact) {
    Node known = nodes.get(contact);
    if (known != null) {
      if (known.key == contact.key && known.rings == contact.offered()) return;
      root = without(root, known);
    }
    var node = new Node(contact);
    nodes.put(contact, node);
    root = with(root, node);
  }

  void remove(RoutedContact contact) {
    Node node = nodes.remove(contact);
    if (node != null) root = without(root, node);
  }

  /// From 1; 0: it is none of them.
  int of(RoutedContact contact) {
    Node node = nodes.get(contact);
    return node == null ? 0 : before(node, Places::sizeOf) + 1;
  }

  /// From 1, of one that is none of them and came now.
  int ofNew(RoutedContact contact) {
    return before(new Node(contact), Places::sizeOf) + 1;
  }

  /// For how many of those before one of them a phone rings.
  int ringingBefore(RoutedContact contact) {
    Node node = nodes.get(contact);
    return node == null ? 0 : before(node, Places::ringingOf);
  }

  /// Of all who go before it.
  ///
  /// @param node one that is there, or would be
  /// @param below what is counted, of a node and all below it
  private int before(Node node, ToIntFunction<@Nullable Node> below) {
    int before = 0;
    Node at = root;
    while (at != null) {
      if (at == node) return before + below.applyAsInt(at.before);
      if (node.goesBefore(at)) {
        at = at.before;
      } else {
        before += below.applyAsInt(at) - below.applyAsInt(at.after);
        at = at.after;
      }
    }
    if (nodes.get(node.contact) == node) throw misplaced(node);
    return before;
  }

  private static IllegalStateException misplaced(Node node) {
    return new IllegalStateException(
        "Contact %s is not where its key %d says. Maybe what orders it changed while it was there."
            .formatted(node.contact.id, node.key));
  }

  private static Node with(@Nullable Node at, Node node) {
    if (at == null) return node;
    if (node.rank > at.rank) {
      split(at, node);
      return node.counted();
    }
    if (node.goesBefore(at)) at.before = with(at.before, node);
    else at.after = with(at.after, node);
    return at.counted();
  }

  /// What goes before the node comes below it on the one side, what goes after it on the other.
  private static void split(@Nullable Node at, Node node) {
    if (at == null) {
      node.before = null;
      node.after = null;
    } else if (at.goesBefore(node)) {
      split(at.after, node);
      at.after = node.before;
      node.before = at.counted();
    } else {
      split(at.before, node);
      at.before = node.after;
      node.after = at.counted();
    }
  }

  private static @Nullable Node without(@Nullable Node at, Node node) {
    if (at == null) throw misplaced(node);
    if (at == node) return joined(node.before, node.after);
    if (node.goesBefore(at)) at.before = without(at.before, node);
    else at.after = without(at.after, node);
    return at.counted();
  }

  private static @Nullable Node joined(@Nullable Node before, @Nullable Node after) {
    if (before == null) return after;
    if (after == null) return before;
    if (before.rank > after.rank) {
      before.after = joined(before.after, after);
      return before.counted();
    }
    after.before = joined(before, after.before);
    return after.counted();
  }

  private static int sizeOf(@Nullable Node node) {
    return node == null ? 0 : node.size;
  }

  private static int ringingOf(@Nullable Node node) {
    return node == null ? 0 : node.ringing;
  }

  /// SplitMix64's last step.
  private static long mixed(long number) {
    long mixed = number * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
