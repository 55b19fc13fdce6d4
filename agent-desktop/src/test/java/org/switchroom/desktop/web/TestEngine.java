package org.switchroom.desktop.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.figures.DayFigures;
import org.switchroom.cti.pbx.asterisk.AmiSettings;
import org.switchroom.cti.runtime.EffectRunner;
import org.switchroom.cti.runtime.EngineLoop;
import org.switchroom.cti.runtime.LastRun;
import org.switchroom.cti.runtime.Recorder;
import org.switchroom.cti.runtime.RunningEngine;
import org.switchroom.cti.runtime.SteadyClock;
import org.switchroom.cti.screens.Screens;
import org.switchroom.cti.testkit.NoPbx;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.TestCenter;

/// An engine that runs without a PBX and without a database, for a few agents.
final class TestEngine implements AutoCloseable {
  final Settings settings;
  private final CompletableFuture<AssertionError> halted = new CompletableFuture<>();
  private final RunningEngine engine;

  TestEngine(Path folder, int agents, Screens screens, EffectRunner.Customers customers) {
    var ami = new AmiSettings("x", 1, "u", "s", "x:1", AmiSettings.DEFAULT_SILENCE);
    settings = TestCenter.on(ami).withAgents(agents).settings();
    try {
      engine =
          RunningEngine.open(
              LastRun.in(folder, InstantSource.system()),
              settings.forCenter(),
              new RunningEngine.Ports(
                  new NoPbx(),
                  screens,
                  _ -> List.of(),
                  customers,
                  _ ->
                      new RunningEngine.History.Begun(
                          new DayFigures(ZoneOffset.UTC, Instant.now(), Map.of()),
                          Input.Kept.NOTHING),
                  new SteadyClock(),
                  InstantSource.system(),
                  (why, fault) -> halted.complete(new AssertionError(why, fault)),
                  Recorder.NONE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    engine.start();
  }

  EngineLoop loop() {
    return engine.loop();
  }

  @Override
  public void close() {
    engine.close();
    if (halted.isDone()) throw halted.join();
  }
}
