package org.switchroom.cti.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.TestPlan;
import org.switchroom.cti.figures.DayFigures;
import org.switchroom.cti.ledger.HaltRecord;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerOptions;
import org.switchroom.cti.runtime.RunningEngine.History;
import org.switchroom.cti.testkit.LogWatch;
import org.switchroom.cti.testkit.NoCustomers;
import org.switchroom.cti.testkit.NoPbx;
import org.switchroom.cti.testkit.RecordedScreens;

/// What a start does with what the last run has left.
class RunningEngineTest {
  private static final CenterSettings SETTINGS = TestPlan.of("q").agents("ann").settings();

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-01-05T01:00:00Z");
  private final InstantSource clock = () -> now;

  private RunningEngine open(History history) throws IOException {
    return RunningEngine.open(
        LastRun.in(folder, clock),
        SETTINGS,
        new RunningEngine.Ports(
            new NoPbx(),
            new RecordedScreens(),
            _ -> List.of(),
            new NoCustomers(),
            history,
            clock,
            clock,
            (why, fault) -> {
              throw new AssertionError(why, fault);
            },
            Recorder.NONE));
  }

  private RunningEngine open() throws IOException {
    return open(_ -> nothingYet());
  }

  private History.Begun nothingYet() {
    return new History.Begun(new DayFigures(ZoneOffset.UTC, now, Map.of()), Input.Kept.NOTHING);
  }

  private void nobodyCanReadTheLedger() throws IOException {
    try (var ledger = Ledger.open(folder, LedgerOptions.DEFAULT, clock)) {
      ledger.append(ByteBuffer.wrap("nonsense".getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void aLedgerThatThreeRunsInAMinuteCannotTakeUpIsSetAside() throws Exception {
    nobodyCanReadTheLedger();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(this::open).isInstanceOf(IOException.class);
      now = now.plusSeconds(15);
    }
    try (var log = new LogWatch(LastRun.class);
        var engine = open()) {
      assertThat(log.said(Level.ERROR)).singleElement().asString().contains("is set aside in");
      assertThat(engine.ledger().lastWritten()).isZero();
    }
  }

  /// A database that is away says nothing of the ledger.
  @Test
  void whatElseKeepsARunFromStartingIsNoReason() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () ->
                  open(
                      _ -> {
                        throw new IllegalStateException("The database is away.");
                      }))
          .hasMessage("The database is away.");
      now = now.plusSeconds(5);
    }
    now = now.plus(Duration.ofSeconds(1));
    // It is read, so it is not set aside.
    nobodyCanReadTheLedger();
    assertThatThrownBy(this::open).isInstanceOf(IOException.class);
  }

  @Test
  void whatNobodyGoesOnFromIsFreeForTheNext() throws Exception {
    for (int i = 0; i < 2; i++) LastRun.in(folder, clock).close();
    try (var engine = open()) {
      assertThat(engine.ledger().lastWritten()).isZero();
    }
  }

  /// Of the process nothing is left but its files.
  private void leave(Path to) throws IOException {
    Files.createDirectories(to);
    for (String file : List.of("halt", "faults")) {
      if (Files.exists(folder.resolve(file))) Files.copy(folder.resolve(file), to.resolve(file));
    }
  }

  private void nobodyHasHalted(Path killed) throws Exception {
    try (var log = new LogWatch(HaltRecord.class);
        var next = LastRun.in(killed, clock)) {
      next.read();
      assertThat(log.said(Level.ERROR)).isEmpty();
    }
  }

  @Test
  void whoIsKilledBeforeAnybodyGoesOnHasNotHalted(@TempDir Path killed) throws Exception {
    try (var waits = LastRun.in(folder, clock)) {
      waits.read();
      leave(killed);
    }
    nobodyHasHalted(killed);
  }

  /// A database that does not answer, or a web server that does not begin.
  @Test
  void whoIsKilledWhileTheStartWaitsForOthersHasNotHalted(
      @TempDir Path inHistory, @TempDir Path beforeTheStart) throws Exception {
    History history =
        _ -> {
          leave(inHistory);
          return nothingYet();
        };
    try (var _ = open(history)) {
      leave(beforeTheStart);
    }
    nobodyHasHalted(inHistory);
    nobodyHasHalted(beforeTheStart);
  }

  /// A library that begins while the process is told to end throws it.
  @Test
  void alsoAnErrorLeavesTheLedgerToTheNext() throws Exception {
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(
              () ->
                  open(
                      _ -> {
                        throw new ExceptionInInitializerError("It ends.");
                      }))
          .hasMessage("It ends.");
    }
    try (var log = new LogWatch(HaltRecord.class);
        var _ = open()) {
      assertThat(log.said(Level.ERROR)).isEmpty();
    }
  }

  /// They stay where a ledger is set aside, so that it would be for nothing.
  @Test
  void aLedgerWhoseKeysCannotBeOpenedIsNotSetAside() throws Exception {
    Path keys = folder.resolve("persons");
    Files.createDirectories(keys);
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(keys.toString());
    }
    Files.delete(keys);
    try (var log = new LogWatch(HaltRecord.class);
        var _ = open()) {
      assertThat(log.said(Level.ERROR)).isEmpty();
    }
  }

  /// Where something else has failed as well, somebody still has to hear of it.
  @Test
  void whatNobodyWasToldIsInTheLog() throws Exception {
    nobodyCanReadTheLedger();
    try (var log = new LogWatch(LastRun.class)) {
      var told = LastRun.in(folder, clock);
      assertThatThrownBy(told::get).isInstanceOf(IOException.class);
      told.close();
      assertThat(log.said(Level.ERROR)).isEmpty();
      LastRun.in(folder, clock).close();
      assertThat(log.said(Level.ERROR)).singleElement().asString().contains("cannot be taken up");
    }
  }

  @Test
  void aLedgerThatGoesWithTheProcessLeavesNothing() throws Exception {
    LastRun none = LastRun.none(clock);
    none.get().close();
    assertThat(none.folder()).isDirectory();
    none.close();
    assertThat(none.folder()).doesNotExist();
  }
}
