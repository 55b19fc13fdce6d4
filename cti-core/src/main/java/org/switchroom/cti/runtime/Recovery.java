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
  /// @param snapshot up to a frame; [Replica#NOTHING] up to 0
  /// @param stored the frame of the newest snapshot on the disk; what came after it is the ledger's
  public record Found(Snapshot snapshot, long frame, long stored) {
    /// There is no snapshot: all is the ledger's.
    public static final Found NOTHING = new Found(Replica.NOTHING, 0, 0);
  }

  /// @throws IOException when the ledger cannot be read
  public static Found snapshot(Ledger ledger, SnapshotStore store) throws IOException {
    Optional<SnapshotStore.Stored> newest = store.newest(ledger.lastWritten());
    if (newest.isEmpty()) return Found.NOTHING;
    try (InputStream in = newest.get().open()) {
      long frame = newest.get().frame();
      return new Found(new SnapshotCodec(ledger.keys()).read(in), frame, frame);
    }
  }

  /// Brings an engine to where the last run was.
  ///
  /// @return what it knows then: nobody else has to read those turns
  public static Found replay(Ledger ledger, Found from, Engine engine) throws IOException {
    long begun = System.nanoTime();
    engine.restore(from.snapshot());
    var codec = new TurnCodec(ledger.keys());
    long last = from.frame();
    try (LedgerReader reader = ledger.reader(last + 1, LedgerReader.Sees.WRITTEN)) {
      while (reader.poll() instanceof Next.Frame frame) {
        engine.replay(codec.decode(frame.number(), frame.payload()));
        last = frame.number();
      }
    }
    log.info(
        "The ledger knows {} calls and {} agents: a snapshot and {} turns, read in {} ms.",
        engine.state().calls().size(),
        engine.state().agents().size(),
        last - from.frame(),
        Duration.ofNanos(System.nanoTime() - begun).toMillis());
    return new Found(engine.snapshot(), last, from.stored());
  }
}
