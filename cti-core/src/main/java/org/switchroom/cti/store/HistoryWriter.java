package org.switchroom.cti.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.customer.HistoryRecord;

/// Writes the history on a thread of its own, many records a commit, so that nobody waits for SQL.
public final class HistoryWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HistoryWriter.class);

  /// Records waiting while the database is away: half an hour at 50 calls a second. One more is
  /// refused.
  private static final int MOST_WAITING = 100_000;

  private static final int MOST_IN_A_COMMIT = 500;
  private static final long RETRY_MILLIS = 1_000;

  /// @param done is told once: null when durable, else why not
  private record Entry(HistoryRecord record, Consumer<String> done) {}

  private final SqlHistoryStore store;
  private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread;
  private volatile boolean closing;

  public HistoryWriter(SqlHistoryStore store) {
    this.store = store;
    thread = Thread.ofPlatform().name("history-writer").start(this::run);
  }

  /// @param done is told, on the writer's thread, null when the record is durable, else why it
  ///   never will be
  public void write(HistoryRecord record, Consumer<String> done) {
    if (closing || !waiting.offer(new Entry(record, done))) {
      log.error(
          "The history cannot take call {}: the database is away for too long.", record.call());
      done.accept("The database is not reachable.");
    }
  }

  private void run() {
    var batch = new ArrayList<Entry>(MOST_IN_A_COMMIT);
    while (!closing || !waiting.isEmpty()) {
      try {
        Entry first = waiting.poll(200, TimeUnit.MILLISECONDS);
        if (first == null) continue;
        batch.add(first);
        waiting.drainTo(batch, MOST_IN_A_COMMIT - 1);
        writeUntilDurable(batch);
        batch.clear();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /// A database that is away is waited for. A batch that it refuses is tried record by record, so
  /// that one bad record stops nothing else.
  private void writeUntilDurable(List<Entry> batch) throws InterruptedException {
    while (true) {
      try {
        store.append(batch.stream().map(Entry::record).toList());
        batch.forEach(entry -> entry.done().accept(null));
        return;
      } catch (org.jdbi.v3.core.ConnectionException e) {
        log.error("The history waits for the database: {}", e.getMessage());
        if (closing) {
          batch.forEach(entry -> entry.done().accept("The database is not reachable."));
          return;
        }
        Thread.sleep(RETRY_MILLIS);
      } catch (RuntimeException e) {
        if (batch.size() == 1) {
          log.error("The history refuses {}", batch.getFirst().record(), e);
          batch.getFirst().done().accept("The database refuses it: " + e.getMessage());
          return;
        }
        for (Entry entry : batch) writeUntilDurable(List.of(entry));
        return;
      }
    }
  }

  /// Writes what is waiting, then stops.
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
