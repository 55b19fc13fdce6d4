package org.switchroom.cti.runtime;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.center.CenterPlan;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.center.Engine;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Replica;
import org.switchroom.cti.figures.DayFigures;
import org.switchroom.cti.ledger.HaltRecord;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerBrokenException;
import org.switchroom.cti.ledger.LedgerOptions;
import org.switchroom.cti.ledger.SnapshotStore;
import org.switchroom.cti.pbx.Pbx;
import org.switchroom.cti.screens.ScreenProjection;
import org.switchroom.cti.screens.Screens;

/// The engine with its ledger: taken up from where the last run has left it, run, and closed.
///
/// ```
///   open:  halt record ─▶ ledger ─▶ snapshot + turns ─▶ engine, screens
///   start: the first input; the PBX is asked what lives
///   close: the loop, the ledger, a last snapshot
/// ```
public final class RunningEngine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunningEngine.class);

  private final HaltRecord halts;
  private final Ledger ledger;
  private final SnapshotStore snapshots;
  private final SnapshotWriter writer;
  private final EngineLoop loop;
  private final CenterSettings settings;
  private final Input.Kept kept;

  /// What the engine is connected with.
  ///
  /// @param history reads the ledger from here on
  /// @param clock for order and deadlines: it is never set back
  /// @param wall for opening hours and records
  /// @param recorder of every input, and of what it was decided to
  public record Ports(
      Pbx pbx,
      Screens screens,
      EffectRunner.Voice voice,
      EffectRunner.Customers customers,
      History history,
      InstantSource clock,
      InstantSource wall,
      Halt halt,
      Recorder recorder) {}

  /// Who makes the history of what is in the ledger.
  @FunctionalInterface
  public interface History {
    /// Takes up what the last run has left.
    Begun begin(Ledger ledger) throws IOException;

    /// @param figures of the day so far
    record Begun(DayFigures figures, Input.Kept kept) {}
  }

  private RunningEngine(
      HaltRecord halts, Ledger ledger, Path folder, CenterSettings settings, Ports ports)
      throws IOException {
    this.halts = halts;
    this.ledger = ledger;
    this.settings = settings;
    snapshots = new SnapshotStore(folder.resolve("snapshots"), ledger.id());
    var engine = new Engine();
    History.Begun begun = ports.history().begin(ledger);
    kept = begun.kept();
    var screens = new ScreenProjection(ports.screens(), new CenterPlan(settings), begun.figures());
    Recovery.Found found = recover(engine, screens.replica());
    writer = new SnapshotWriter(ledger, snapshots, found.snapshot(), found.frame(), ports.wall());
    var turnLog = new LedgerLog(ledger);
    turnLog.knows(engine.state());
    ports.recorder().begins(engine.snapshot(), subjects(halts));
    var effects = new EffectRunner(turnLog, ports.pbx(), ports.voice(), ports.customers());
    var runner =
        new TurnRunner(engine, turnLog, screens, effects, new Recorded(halts), ports.recorder());
    Halt halting =
        (why, fault) -> {
          halts.halting();
          ports.halt().halt(why, fault);
        };
    loop =
        new EngineLoop(
            runner,
            effects,
            turnLog,
            ports.pbx(),
            SteadyClock.goingOn(ports.clock(), engine.last()),
            ports.wall(),
            halting);
  }

  private static Set<String> subjects(HaltRecord halts) {
    return halts.setAside().stream().map(HaltRecord.SetAside::subject).collect(toSet());
  }

  /// A ledger that cannot be taken up is what the run dies of.
  private Recovery.Found recover(Engine engine, Replica shown) throws IOException {
    try {
      Recovery.Found found = Recovery.snapshot(ledger, snapshots);
      Recovery.replay(ledger, found, engine, shown);
      return found;
    } catch (IOException | RuntimeException e) {
      halts.halting();
      throw e;
    }
  }

  /// Takes up what the last run has left in a folder. Three runs that have halted within a minute,
  /// or could not take the ledger up, make the ledger itself suspect: it is set aside, and
  /// everything begins from what the PBX has.
  ///
  /// @throws IOException when another server has it open, or it cannot be read
  public static RunningEngine open(Path folder, CenterSettings settings, Ports ports)
      throws IOException {
    HaltRecord halts = HaltRecord.open(folder, ports.wall(), RunningEngine::needed);
    try {
      if (halts.ledgerSuspect()) {
        Path aside = Ledger.setAside(folder, ports.wall());
        halts.ledgerWasSetAside();
        log.error(
            "Three runs have halted within a minute. The ledger is set aside in {}: agents log in"
                + " again, and calls are what the PBX has.",
            aside);
      }
      Ledger ledger = ledger(folder, halts, ports.wall());
      try {
        return new RunningEngine(halts, ledger, folder, settings, ports);
      } catch (IOException | RuntimeException e) {
        ledger.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      halts.close();
      throw e;
    }
  }

  private static Ledger ledger(Path folder, HaltRecord halts, InstantSource clock)
      throws IOException {
    try {
      return Ledger.open(
          folder, LedgerOptions.DEFAULT.withRequired(Ledger.SNAPSHOT, LedgerTurns.HISTORY), clock);
    } catch (LedgerBrokenException e) {
      halts.halting();
      throw e;
    }
  }

  /// From here on it takes inputs. Every other one comes after the start.
  public void start() {
    var start = new Input.Start(ledger.epoch(), settings, halts.lastAlive(), kept);
    // Before its first turn, which may be its last.
    halts.started();
    loop.start(start);
  }

  public EngineLoop loop() {
    return loop;
  }

  public Ledger ledger() {
    return ledger;
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

  /// What a turn is about, over the end of the process.
  private record Recorded(HaltRecord halts) implements Blame {
    @Override
    public boolean begins(String subject) {
      if (halts.setAside(subject)) return false;
      halts.begin(subject);
      return true;
    }

    @Override
    public boolean begins(String kind, String id) {
      if (halts.setAside(kind, id)) return false;
      halts.begin(kind, id);
      return true;
    }

    @Override
    public void ends() {
      halts.end();
    }

    @Override
    public void alive(Instant now) {
      halts.alive(now);
    }
  }

  /// Whatever waits in the inbox is left; callers stay with the PBX, for the next run.
  @Override
  public void close() {
    loop.close();
    try {
      ledger.close();
      writer.close();
      halts.close();
    } catch (IOException e) {
      log.warn("The ledger is not closed cleanly: {}", e.toString());
    }
  }
}
