package org.switchroom.cti.runtime;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.center.Replica;
import org.switchroom.cti.center.Snapshot;
import org.switchroom.cti.ledger.LastingFault;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerReader;
import org.switchroom.cti.ledger.LedgerReader.Next;
import org.switchroom.cti.ledger.SnapshotStore;

/// Writes down now and then all that is known, so that a start reads only what came after. It folds
/// a state of its own from what is on the disk, on a thread of its own: the engine never pauses for
/// it.
public final class SnapshotWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SnapshotWriter.class);

  /// A start reads no more turns than about these, or than there are calls, or than come in
  /// [#NOT_WITHIN]: what is written down for a turn does not grow with the center.
  private static final long EVERY_TURNS = 2_000;

  private static final Duration EVERY = Duration.ofMinutes(5);

  /// Not at the beginning of a run either, which has more urgent things to do.
  private static final Duration NOT_WITHIN = Duration.ofSeconds(2);

  /// What comes within it is read at once: whoever wakes at each turn takes the processor just when
  /// a phone is to ring.
  private static final Duration GATHERED = Duration.ofMillis(200);

  private final Ledger ledger;
  private final SnapshotStore store;
  private final LedgerReader reader;
  private final Replica replica = new Replica();
  private final TurnCodec codec;
  private final SnapshotCodec snapshots;
  private final LastingFault unwritten;
  private final InstantSource clock;
  private final Thread thread;
  private long last;
  private long written;
  private long writtenAt;
  private final CountDownLatch closing = new CountDownLatch(1);

  /// @param known up to a frame; what follows is read
  /// @throws IOException when the keys of persons cannot be read
  public SnapshotWriter(
      Ledger ledger, SnapshotStore store, Recovery.Found known, InstantSource clock)
      throws IOException {
    this.ledger = ledger;
    this.store = store;
    this.clock = clock;
    codec = new TurnCodec(ledger.keys(), _ -> {});
    snapshots = new SnapshotCodec(ledger.keys());
    replica.restore(known.snapshot());
    last = known.frame();
    written = known.stored();
    writtenAt = System.nanoTime();
    reader = ledger.reader(last + 1, LedgerReader.Sees.FORCED);
    unwritten = new LastingFault(log, "Snapshots are written again.", clock);
    thread = Thread.ofPlatform().name("snapshots").daemon().start(this::run);
  }

  private void run() {
    try {
      while (true) {
        switch (next()) {
          case Next.Frame frame -> {
            replica.apply(codec.decode(frame.number(), frame.payload()));
            last = frame.number();
            if (untilDue() <= 0) write();
          }
          case Next.Gap gap ->
              throw new IOException("Frames %d to %d are gone.".formatted(gap.from(), gap.to()));
          case Next.UpToDate _ -> write();
          case Next.Closed _ -> {
            write();
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      log.error("No snapshots are written any more: the next start reads all that comes.", e);
    }
  }

  /// [Next.UpToDate] only when a snapshot is due.
  private Next next() throws IOException, InterruptedException {
    Next next = reader.poll();
    if (!(next instanceof Next.UpToDate)) return next;
    long nanos = many() ? Math.max(untilDue(), GATHERED.toNanos()) : GATHERED.toNanos();
    closing.await(nanos, TimeUnit.NANOSECONDS);
    return many() && untilDue() <= 0 ? next : reader.take();
  }

  private boolean many() {
    return last - written >= Math.max(EVERY_TURNS, replica.state().calls().size());
  }

  /// In nanoseconds; not above 0 when it is.
  private long untilDue() {
    Duration since = many() ? NOT_WITHIN : EVERY;
    return writtenAt + since.toNanos() - System.nanoTime();
  }

  private void write() {
    if (last == written) return;
    Snapshot snapshot = replica.snapshot();
    try {
      store.write(last, out -> snapshots.write(snapshot, out));
      ledger.passed(Ledger.SNAPSHOT, store.oldestFrame());
      unwritten.isOver();
    } catch (IOException e) {
      unwritten.lasts("A snapshot could not be written: " + e.getMessage());
    }
    written = last;
    writtenAt = System.nanoTime();
  }

  /// After the ledger is closed: a last snapshot is written, so that the next start is short.
  @Override
  public void close() throws IOException {
    closing.countDown();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reader.close();
  }
}
