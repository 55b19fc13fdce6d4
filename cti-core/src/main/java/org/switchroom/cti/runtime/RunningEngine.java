package org.switchroom.cti.runtime;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.center.CenterPlan;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.center.Engine;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.figures.DayFigures;
import org.switchroom.cti.ledger.HaltRecord;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.pbx.Pbx;
import org.switchroom.cti.screens.ScreenProjection;
import org.switchroom.cti.screens.Screens;

/// The engine with its ledger: goes on where the last run has stopped, is run, and closed.
///
/// ```
///   open:  what the last run has left ─▶ history, screens, snapshots, loop
///   start: the first input; the PBX is asked what lives
///   close: the loop, the ledger, a last snapshot
/// ```
public final class RunningEngine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunningEngine.class);

  private final HaltRecord halts;
  private final Ledger ledger;
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

  private RunningEngine(LastRun.TakenUp last, CenterSettings settings, Ports ports)
      throws IOException {
    this.settings = settings;
    halts = last.halts();
    ledger = last.ledger();
    Engine engine = last.engine();
    // A database may keep it waiting as long as it likes: who is killed meanwhile has not halted.
    History.Begun begun = ports.history().begin(ledger);
    halts.goesOn();
    kept = begun.kept();
    var screens = new ScreenProjection(ports.screens(), new CenterPlan(settings), begun.figures());
    screens.replica().restore(last.known().snapshot());
    writer = new SnapshotWriter(ledger, last.snapshots(), last.known(), ports.wall());
    var turnLog = new LedgerLog(ledger);
    turnLog.knows(engine.state());
    ports.recorder().begins(last.known().snapshot(), subjects(halts));
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
    // For whoever else has to begin, such as a web server.
    halts.waits();
  }

  private static Set<String> subjects(HaltRecord halts) {
    return halts.setAside().stream().map(HaltRecord.SetAside::subject).collect(toSet());
  }

  /// Goes on where the last run has stopped.
  ///
  /// @param last is closed with this, or here when it cannot go on
  /// @throws IOException when another server has the ledger open, or it cannot be read
  public static RunningEngine open(LastRun last, CenterSettings settings, Ports ports)
      throws IOException {
    LastRun.TakenUp found = last.get();
    try {
      return new RunningEngine(found, settings, ports);
    } catch (Throwable e) {
      found.close();
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
    try (halts;
        writer) {
      ledger.close();
    } catch (IOException e) {
      log.warn("The ledger is not closed cleanly: {}", e.toString());
    }
  }
}
