package org.switchroom.cti.journal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.customer.HistoryRecord;
import org.switchroom.cti.ledger.LastingFault;

/// The history: first on the disk, then in the database. Nobody waits for SQL; a database that is
/// away is caught up with.
public final class JournaledHistory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JournaledHistory.class);

  private static final int MOST_IN_A_COMMIT = 500;
  private static final long RETRY_MILLIS = 1_000;

  /// Who wants to know when a record is in the database; those beyond are not told.
  private static final int MOST_LISTENERS = 100_000;

  private final Journal journal;
  private final Projection projection;

  /// Only the projector's.
  private final JournalReader reader;

  private final Map<Long, Runnable> projected = new ConcurrentHashMap<>();
  private final AtomicLong position;
  private final Object news = new Object();
  private final Thread projector;
  private final LastingFault away =
      new LastingFault(log, "The database takes the history again.", InstantSource.system());
  private volatile boolean closing;

  /// Whether it is not known if the last commit came through. Only the projector's.
  private boolean doubted;

  /// Projects what an earlier run has left behind, before it returns.
  ///
  /// @throws IOException when the journal cannot be read
  public JournaledHistory(Journal journal, Projection projection) throws IOException {
    this.journal = journal;
    this.projection = projection;
    reader = journal.reader();
    position = new AtomicLong(projection.position(journal.name()));
    if (position.get() > journal.last()) {
      throw new IOException(
          "The database has %d records of this journal, which has only %d. Maybe an old copy of the journal was put back."
              .formatted(position.get(), journal.last()));
    }
    catchUp();
    journal.onWritten(this::wake);
    projector = Thread.ofPlatform().name("history-projector").start(this::run);
  }

  private void catchUp() throws IOException {
    long from = position.get();
    while (position.get() < journal.last()) step();
    if (position.get() > from) {
      log.info("{} records of the last run were brought into the database.", position.get() - from);
    }
  }

  /// @param waits whether somebody waits to be told
  /// @param durable is told null when it is on the disk, else why it never will be
  /// @param inDatabase is told when it is in the database
  public void write(
      HistoryRecord record, boolean waits, Consumer<String> durable, Runnable inDatabase) {
    journal.append(
        RecordCodec.bytes(record),
        waits,
        fault -> {
          durable.accept(fault);
          if (fault == null) later(inDatabase);
        });
  }

  /// After everything that is on the disk by now.
  private void later(Runnable inDatabase) {
    long number = journal.last();
    if (position.get() >= number) {
      inDatabase.run();
      return;
    }
    if (projected.size() >= MOST_LISTENERS) return;
    projected.merge(
        number,
        inDatabase,
        (a, b) ->
            () -> {
              a.run();
              b.run();
            });
    if (position.get() >= number) tell();
  }

  /// Waits until the database has what is on the disk by now.
  ///
  /// @throws IOException when it does not come in this time
  public void catchUpTo(Duration most) throws IOException {
    var there = new CompletableFuture<Void>();
    later(() -> there.complete(null));
    try {
      there.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException(
          "The database has not taken what the journal has, in %d s. Is it away?"
              .formatted(most.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private void wake() {
    synchronized (news) {
      news.notifyAll();
    }
  }

  private void run() {
    try (reader) {
      project();
    } catch (IOException e) {
      log.warn("The journal's reader is not closed cleanly: {}", e.toString());
    }
  }

  private void project() {
    while (true) {
      try {
        synchronized (news) {
          while (position.get() >= journal.last()) {
            if (closing) return;
            news.wait();
          }
        }
        step();
        away.isOver();
      } catch (InterruptedException e) {
        return;
      } catch (IOException e) {
        log.error("The journal cannot be read: {}", e.getMessage());
        pause();
      } catch (RuntimeException e) {
        away.lasts("The history waits for the database: " + e.getMessage());
        if (closing) return;
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The next records, in one commit. Of a commit that the database refuses, each is tried alone,
  /// so that one bad record stops nothing else.
  private void step() throws IOException {
    if (doubted) position.set(Math.max(position.get(), projection.position(journal.name())));
    doubted = false;
    var records = new ArrayList<HistoryRecord>();
    long[] until = {position.get()};
    reader.read(
        position.get() + 1,
        (number, payload) -> {
          try {
            records.add(RecordCodec.record(payload));
          } catch (IOException e) {
            log.error(
                "Record {} is none that can be read; it is left out: {}", number, e.getMessage());
            records.add(null);
          }
          until[0] = number;
          return records.size() < MOST_IN_A_COMMIT;
        });
    if (records.isEmpty()) return;
    List<HistoryRecord> good = records.stream().filter(Objects::nonNull).toList();
    try {
      projection.project(good, journal.name(), until[0]);
    } catch (RuntimeException e) {
      // The commit may have come through although its answer did not.
      doubted = true;
      if (projection.away(e)) throw e;
      if (projection.position(journal.name()) < until[0]) oneByOne(records);
      doubted = false;
    }
    position.set(until[0]);
    tell();
    journal.forget(until[0]);
  }

  private void oneByOne(List<HistoryRecord> records) {
    long number = position.get();
    for (HistoryRecord record : records) {
      number++;
      try {
        projection.project(record == null ? List.of() : List.of(record), journal.name(), number);
      } catch (RuntimeException e) {
        if (projection.away(e)) throw e;
        log.error("The database refuses record {}: {}", number, record, e);
        projection.project(List.of(), journal.name(), number);
      }
      position.set(number);
    }
  }

  private void tell() {
    for (Long number : List.copyOf(projected.keySet())) {
      if (number > position.get()) continue;
      Runnable listener = projected.remove(number);
      if (listener != null) listener.run();
    }
  }

  /// Writes what is waiting, brings it into the database if that is there, and stops.
  @Override
  public void close() {
    journal.close();
    closing = true;
    wake();
    try {
      projector.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
