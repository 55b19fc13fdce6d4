package org.switchroom.cti.history;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.ledger.LastingFault;

/// Brings the ledger's turns into the database, on a thread of its own. Nobody waits for SQL; a
/// database that is away is caught up with.
public final class HistoryProjector implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HistoryProjector.class);

  private static final int MOST_IN_A_COMMIT = 5_000;

  /// So far apart are commits, unless somebody waits for them: a busy center has hundreds of turns
  /// a second, and the two cores are for callers.
  private static final Duration GATHERED = Duration.ofMillis(200);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(10);

  /// Who is told what has come of turns.
  @FunctionalInterface
  public interface Listener {
    /// These are in the database.
    void projected(List<Turn> turns);

    /// The database did not take this one, and keeps it for whoever looks after it.
    default void refused(Turn turn) {}

    /// The database will never have these.
    default void lacks(HistoryGap gap) {}
  }

  private final TurnSource source;
  private final Projection projection;
  private final Function<Turn, String> text;
  private final Listener listener;
  private final LastingFault away;
  private final LastingFault unreadable;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Object news = new Object();
  private final Thread thread = Thread.ofPlatform().name("history-projector").unstarted(this::run);

  /// Guarded by `news`, as is what follows.
  private long position;

  private boolean waitsForTheDatabase;

  /// Who cannot go on before the database has something.
  private int waiters;

  /// When the last commit was, of `System.nanoTime`; the thread's own.
  private long committed = System.nanoTime() - GATHERED.toNanos();

  /// Projects what an earlier run has left behind, before it returns.
  ///
  /// @param source is its own from here on, and closed with it
  /// @param text how a turn is kept that the database does not take
  /// @param listener is told on the projector's thread; what an earlier run has left behind, on
  ///   this one
  /// @param clock for how often a lasting fault is said
  /// @throws IOException when the ledger cannot be read, or is older than the database
  /// @throws RuntimeException when the database is away
  public HistoryProjector(
      TurnSource source,
      Projection projection,
      Function<Turn, String> text,
      Listener listener,
      InstantSource clock)
      throws IOException {
    this.source = source;
    this.projection = projection;
    this.text = text;
    this.listener = listener;
    away = new LastingFault(log, "The database takes the history again.", clock);
    unreadable = new LastingFault(log, "The ledger is read again.", clock);
    position = projection.position(source.ledger());
    if (position > source.last()) {
      throw new IOException(
          "The database has %d turns of this ledger, which has only %d. Maybe an old copy of the ledger was put back."
              .formatted(position, source.last()));
    }
    source.goOnAfter(position);
    source.passed(position);
    catchUp();
    thread.start();
  }

  private void catchUp() throws IOException {
    long from = position();
    for (List<Turn> turns = source.poll(MOST_IN_A_COMMIT);
        !turns.isEmpty();
        turns = source.poll(MOST_IN_A_COMMIT)) {
      project(turns);
    }
    if (position() > from) {
      log.info("{} turns of the last run were brought into the database.", position() - from);
    }
  }

  /// The last turn that is in the database.
  public long position() {
    synchronized (news) {
      return position;
    }
  }

  /// Waits until the database has what is on the disk by now.
  ///
  /// @throws IOException when it does not come in this time
  public void catchUpTo(Duration most) throws IOException {
    if (caughtUp(source.last(), most, false)) return;
    throw new IOException(
        "The database has not taken what the ledger has, in %d s. Is it away?"
            .formatted(most.toSeconds()));
  }

  /// @param impatient whether a database that is away is not waited for
  private boolean caughtUp(long wanted, Duration most, boolean impatient)
      throws InterruptedIOException {
    long until = System.nanoTime() + most.toNanos();
    synchronized (news) {
      waiters++;
      news.notifyAll();
      try {
        return comes(wanted, until, impatient);
      } finally {
        waiters--;
      }
    }
  }

  private boolean comes(long wanted, long until, boolean impatient) throws InterruptedIOException {
    synchronized (news) {
      while (position < wanted && !(impatient && waitsForTheDatabase)) {
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0) break;
        await(left);
      }
      return position >= wanted;
    }
  }

  private void await(long millis) throws InterruptedIOException {
    try {
      news.wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  // ── The projector's thread ──────────────────────────────────────────────────────────────────

  private void run() {
    try {
      while (true) {
        List<Turn> turns = next();
        if (turns.isEmpty()) return;
        while (!tried(turns)) {
          if (pausedUntilClosed()) return;
        }
      }
    } catch (InterruptedException e) {
      log.warn("The history is projected no more: interrupted.");
    }
  }

  /// None: there will be no more.
  private List<Turn> next() throws InterruptedException {
    while (true) {
      try {
        List<Turn> turns = source.take(MOST_IN_A_COMMIT);
        unreadable.isOver();
        return turns.isEmpty() ? turns : gathered(turns);
      } catch (IOException e) {
        unreadable.lasts("The history stands still, the ledger cannot be read: " + e.getMessage());
        if (pausedUntilClosed()) return List.of();
      }
    }
  }

  /// With those that come until the next commit is due.
  private List<Turn> gathered(List<Turn> turns) throws InterruptedException {
    awaitDue();
    try {
      var all = new ArrayList<>(turns);
      all.addAll(source.poll(MOST_IN_A_COMMIT));
      return all;
    } catch (IOException e) {
      // It is met again with the next.
      return turns;
    }
  }

  private void awaitDue() throws InterruptedException {
    long due = committed + GATHERED.toNanos();
    synchronized (news) {
      while (waiters == 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime());
        if (left <= 0) return;
        news.wait(left);
      }
    }
  }

  private boolean tried(List<Turn> turns) {
    try {
      project(turns);
      away.isOver();
      waits(false);
      return true;
    } catch (RuntimeException e) {
      waits(true);
      away.lasts("The history waits for the database: " + e.getMessage());
      return false;
    }
  }

  private void waits(boolean so) {
    synchronized (news) {
      waitsForTheDatabase = so;
      news.notifyAll();
    }
  }

  private boolean pausedUntilClosed() throws InterruptedException {
    return closing.await(RETRY_AFTER.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// In one commit. Of a commit that the database refuses, each turn is tried alone, so that one
  /// bad turn stops nothing else. A commit whose answer was lost is not done again: the projection
  /// knows how far it is.
  private void project(List<Turn> turns) {
    try {
      lacks(projection.project(turns, source.ledger()));
    } catch (RuntimeException e) {
      if (!projection.refuses(e)) throw e;
      turns.forEach(this::alone);
    }
    committed = System.nanoTime();
    advance(turns.getLast().number());
    source.passed(turns.getLast().number());
    listener.projected(turns);
  }

  private void alone(Turn turn) {
    try {
      lacks(projection.project(List.of(turn), source.ledger()));
    } catch (RuntimeException e) {
      if (!projection.refuses(e)) throw e;
      log.error(
          "The database does not take turn {}; it is kept in its table \"refused\": {}",
          turn.number(),
          projection.reason(e));
      refused(turn, projection.reason(e));
    }
  }

  /// What cannot even be kept so stops nothing. A log does not have what is personal: the ledger
  /// has the turn.
  private void refused(Turn turn, String why) {
    try {
      lacks(projection.refuse(turn, text.apply(turn), why, source.ledger()));
      listener.refused(turn);
    } catch (RuntimeException e) {
      if (!projection.refuses(e)) throw e;
      log.error("Turn {} is not kept there either: {}", turn.number(), projection.reason(e));
      lacks(projection.leaveOut(turn, source.ledger()));
    }
  }

  private void lacks(List<HistoryGap> gaps) {
    for (HistoryGap gap : gaps) {
      log.error(
          "The history lacks turns {} to {}, from {} to {}, and goes on behind them.",
          gap.from(),
          gap.to(),
          gap.since().map(Instant::toString).orElse("the beginning"),
          gap.until());
      listener.lacks(gap);
    }
  }

  private void advance(long to) {
    synchronized (news) {
      position = to;
      news.notifyAll();
    }
  }

  /// Brings what is on the disk into the database if that is there, and stops.
  @Override
  public void close() {
    long last = source.last();
    try {
      if (!caughtUp(last, STOPPED_WITHIN, true)) {
        log.warn(
            "The database lacks {} turns, which are brought into it at the next start.",
            last - position());
      }
    } catch (InterruptedIOException e) {
      log.warn("The history was not brought into the database to its end.");
    }
    closing.countDown();
    source.close();
    try {
      thread.join(STOPPED_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
