package org.switchroom.cti.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.center.Engine;
import org.switchroom.cti.ledger.HaltRecord;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerBrokenException;
import org.switchroom.cti.ledger.SnapshotStore;

/// What the last run has left in a folder: its ledger, and the state that it tells of. It is taken
/// up on a thread of its own, while the rest of the server begins.
///
/// ```
///   halt record ─▶ ledger ─▶ snapshot + turns ─▶ engine
/// ```
///
/// Three runs that have halted within a minute, or could not take the ledger up, make the ledger
/// itself suspect: it is set aside, and everything begins from what the PBX has.
public final class LastRun implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LastRun.class);

  private final Path folder;
  private final InstantSource wall;
  private final boolean passing;

  /// Empty: it was handed over.
  private Optional<FutureTask<TakenUp>> taking;

  /// What the ledger is called, as soon as it is open; empty: it could not be opened.
  private final CompletableFuture<Optional<String>> name = new CompletableFuture<>();

  /// Whether somebody was told why it cannot be taken up.
  private boolean told;

  /// A ledger that is open, and an engine that knows what is in it.
  ///
  /// @param known what the engine knows
  record TakenUp(
      HaltRecord halts, Ledger ledger, SnapshotStore snapshots, Engine engine, Recovery.Found known)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try (halts) {
        ledger.close();
      }
    }
  }

  private LastRun(Path folder, InstantSource wall, boolean passing) {
    this.folder = folder;
    this.wall = wall;
    this.passing = passing;
    var task = new FutureTask<>(this::takeUpOrSay);
    taking = Optional.of(task);
    Thread.ofPlatform().name("last-run").daemon().start(task);
  }

  /// Begins to take up what is in a folder, which is made where it is not there.
  public static LastRun in(Path folder, InstantSource wall) {
    return new LastRun(folder, wall, false);
  }

  /// There was none, and there will be none after: the folder goes with the process.
  public static LastRun none(InstantSource wall) throws IOException {
    return new LastRun(Files.createTempDirectory("switchroom-ledger"), wall, true);
  }

  Path folder() {
    return folder;
  }

  /// Waits until the ledger is open, not until it is read, and tells what it is called.
  ///
  /// @throws IOException as [#get]
  public String ledger() throws IOException {
    try {
      Optional<String> opened = name.get();
      return opened.isPresent() ? opened.get() : read().ledger().id().toString();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /// Waits for it, and hands it over: whoever has it closes it.
  ///
  /// @throws IOException when another server has it open, or it cannot be read
  /// @throws IllegalStateException when it was handed over already
  synchronized TakenUp get() throws IOException {
    TakenUp found = read();
    taking = Optional.empty();
    return found;
  }

  /// What [#get] hands over.
  synchronized TakenUp read() throws IOException {
    try {
      return taking.orElseThrow(IllegalStateException::new).get();
    } catch (ExecutionException e) {
      told = true;
      switch (e.getCause()) {
        case IOException fault -> throw fault;
        case RuntimeException fault -> throw fault;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IOException("It was told to stop before the ledger was read.", e);
  }

  private TakenUp takeUpOrSay() throws IOException {
    try {
      return takeUp();
    } finally {
      name.complete(Optional.empty());
    }
  }

  private TakenUp takeUp() throws IOException {
    HaltRecord halts = HaltRecord.open(folder, wall, LastRun::needed);
    try {
      if (halts.ledgerSuspect()) setAside(halts);
      Ledger ledger = ledger(halts);
      name.complete(Optional.of(ledger.id().toString()));
      try {
        // They stay where a ledger is set aside: without them that is of no help.
        ledger.keys();
        var snapshots = new SnapshotStore(folder.resolve("snapshots"), ledger.id());
        var engine = new Engine();
        Recovery.Found known = replay(halts, ledger, snapshots, engine);
        halts.waits();
        return new TakenUp(halts, ledger, snapshots, engine, known);
      } catch (Throwable e) {
        ledger.close();
        throw e;
      }
    } catch (Throwable e) {
      halts.close();
      throw e;
    }
  }

  private void setAside(HaltRecord halts) throws IOException {
    Path aside = Ledger.setAside(folder, wall);
    halts.ledgerWasSetAside();
    log.error(
        "Three runs have halted within a minute. The ledger is set aside in {}: agents log in"
            + " again, and calls are what the PBX has.",
        aside);
  }

  private Ledger ledger(HaltRecord halts) throws IOException {
    try {
      return Ledger.open(folder, LedgerTurns.OF_A_CENTER, wall);
    } catch (LedgerBrokenException e) {
      halts.halting();
      throw e;
    }
  }

  /// A ledger that cannot be taken up is what the run dies of.
  private static Recovery.Found replay(
      HaltRecord halts, Ledger ledger, SnapshotStore snapshots, Engine engine) throws IOException {
    try {
      return Recovery.replay(ledger, Recovery.snapshot(ledger, snapshots), engine);
    } catch (Throwable e) {
      halts.halting();
      throw e;
    }
  }

  /// What the engine cannot be without.
  private static boolean needed(String subject) {
    return subject.startsWith("start")
        || subject.startsWith("pbx")
        || subject.startsWith("disk")
        || subject.startsWith("clock")
        || subject.startsWith("configuration")
        || subject.startsWith("timer of");
  }

  private static void forget(Path folder) {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// When all is over: what goes with the process is gone. Where nobody has taken it up, it is left
  /// as it was found; that nobody could, had they come so far, is said in the log.
  @Override
  public synchronized void close() {
    boolean known = told;
    try {
      if (taking.isPresent()) read().close();
    } catch (IOException | RuntimeException e) {
      if (!known) log.error("What the last run has left cannot be taken up: {}", e.getMessage());
    }
    taking = Optional.empty();
    if (passing && Files.exists(folder)) forget(folder);
  }
}
