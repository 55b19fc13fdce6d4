package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.runtime.SnapshotCodec;
import org.switchroom.cti.runtime.TurnCodec;
import org.switchroom.cti.testkit.Differences;
import org.switchroom.cti.testkit.MemoryKeys;

/// A ledger on paper: the bytes of all turns, a snapshot of some of them, and a follower that folds
/// what it reads. An engine is taken up from it in every way there is.
final class PaperLedger {
  private static final int TURNS_BETWEEN_SNAPSHOTS = 8;

  private final MemoryKeys keys = new MemoryKeys();
  private final TurnCodec codec =
      new TurnCodec(
          keys,
          lost -> {
            throw new AssertionError("Of a turn's bytes this cannot be read: " + lost);
          });
  private final List<byte[]> turns = new ArrayList<>();
  private Replica follower = new Replica();
  private byte[] snapshot;
  private int snapshotOf;

  boolean isEmpty() {
    return turns.isEmpty();
  }

  /// What all turns so far amount to.
  Snapshot known() {
    return follower.snapshot();
  }

  /// A turn of an earlier process.
  void has(Turn turn) {
    turns.add(bytes(codec.encode(turn)));
    follower.apply(turn);
  }

  /// Returns the turn as it is read again.
  Turn append(Turn turn) {
    byte[] bytes = bytes(codec.encode(turn));
    turns.add(bytes);
    Turn kept = decode(turns.size(), bytes);
    assertThat(kept.events()).as("a turn, read again").isEqualTo(turn.events());
    follower.apply(kept);
    if (turns.size() % TURNS_BETWEEN_SNAPSHOTS == 0) {
      snapshot = json(follower.snapshot());
      snapshotOf = turns.size();
    }
    return kept;
  }

  /// It is lost.
  void clear() {
    turns.clear();
    follower = new Replica();
    snapshotOf = 0;
  }

  /// Another engine that knows what this one does: from a snapshot, from all turns, and from an
  /// older snapshot with the turns after it.
  Engine again(Snapshot before) {
    var fromSnapshot = new Engine();
    fromSnapshot.restore(read(json(before)));
    same(before, fromSnapshot.snapshot(), "From a snapshot");
    var fromTurns = new Engine();
    replay(fromTurns, 0);
    same(before, fromTurns.snapshot(), "From every turn");
    if (snapshotOf == 0) return fromTurns;
    var fromBoth = new Engine();
    fromBoth.restore(read(snapshot));
    replay(fromBoth, snapshotOf);
    same(before, fromBoth.snapshot(), "From a snapshot and the turns after it");
    return fromBoth;
  }

  private void replay(Engine into, int from) {
    for (int i = from; i < turns.size(); i++) into.replay(decode(i + 1, turns.get(i)));
  }

  /// The fields that differ are named.
  static void same(Snapshot expected, Snapshot found, String which) {
    if (expected.equals(found)) return;
    throw new AssertionError(
        which
            + " is not what the engine knew:\n"
            + String.join("\n", Differences.between(expected, found)));
  }

  private Turn decode(long number, byte[] bytes) {
    try {
      return codec.decode(number, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private byte[] json(Snapshot snapshot) {
    var out = new ByteArrayOutputStream();
    try {
      new SnapshotCodec(keys).write(snapshot, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private Snapshot read(byte[] json) {
    try {
      return new SnapshotCodec(keys).read(new ByteArrayInputStream(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
