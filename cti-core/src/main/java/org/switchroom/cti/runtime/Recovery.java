package org.switchroom.cti.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.center.Engine;
import org.switchroom.cti.center.Replica;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerReader;
import org.switchroom.cti.ledger.LedgerReader.Next;
import org.switchroom.cti.ledger.SnapshotStore;

/// What the ledger knows: the newest snapshot, and every turn after it, in their order. Nothing is
/// decided meanwhile.
public final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private Recovery() {}

  /// What was found.
  ///
  /// @param snapshot up to a frame; [Snapshot#NOTHING] up to 0
  public record Found(Snapshot snapshot, long frame) {}

  /// @throws IOException when the ledger cannot be read
  public static Found snapshot(Ledger ledger, SnapshotStore store) throws IOException {
    Optional<SnapshotStore.Stored> newest = store.newest(ledger.lastWritten());
    if (newest.isEmpty()) return new Found(Snapshot.NOTHING, 0);
    try (InputStream in = newest.get().open()) {
      return new Found(new SnapshotCodec(ledger.keys()).read(in), newest.get().frame());
    }
  }

  /// Brings an engine, and what is shown, to where the last run was.
  public static void replay(Ledger ledger, Found from, Engine engine, Replica shown)
      throws IOException {
    long begun = System.nanoTime();
    engine.restore(from.snapshot());
    shown.restore(from.snapshot());
    var codec = new TurnCodec(ledger.keys());
    long turns = 0;
    try (LedgerReader reader = ledger.reader(from.frame() + 1, LedgerReader.Sees.WRITTEN)) {
      while (reader.poll() instanceof Next.Frame frame) {
        Turn turn = codec.decode(frame.number(), frame.payload());
        engine.replay(turn);
        shown.apply(turn);
        turns++;
      }
    }
    log.info(
        "The ledger knows {} calls and {} agents: a snapshot and {} turns, read in {} ms.",
        engine.state().calls().size(),
        engine.state().agents().size(),
        turns,
        Duration.ofNanos(System.nanoTime() - begun).toMillis());
  }
}
