package org.switchroom.desktop.server;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.history.HistoryGap;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.pbx.asterisk.AsteriskPbx;
import org.switchroom.cti.pbx.asterisk.PbxOwner;
import org.switchroom.cti.runtime.EffectRunner;
import org.switchroom.cti.runtime.EngineLoop;
import org.switchroom.cti.runtime.LastRun;
import org.switchroom.cti.runtime.RunningEngine;
import org.switchroom.cti.screens.Screens;
import org.switchroom.desktop.settings.Settings;

/// The engine with its PBX, with whom it asks for customers, and with the history that is made of
/// what it decides.
final class EngineFloor implements AutoCloseable {
  /// What desks wait for is durable by then.
  private static final Duration ANSWERS_COME = Duration.ofSeconds(3);

  private final CustomerDesk customers;
  private final AsteriskPbx pbx;
  private final LedgerHistory history;
  private final RunningEngine engine;

  /// Goes on where the last run has stopped, and does nothing before it is started.
  ///
  /// @param lacks is told what the history lacks, the last first
  /// @throws IOException when the ledger cannot be read
  /// @throws StartFault when another server serves the Asterisk
  EngineFloor(
      Settings settings,
      LastRun lastRun,
      Stores stores,
      Screens screens,
      Consumer<List<HistoryGap>> lacks,
      EffectRunner.Voice voice,
      Running running)
      throws IOException {
    var us = PbxOwner.of(lastRun.ledger());
    mustNotBeServed(settings, us);
    pbx = new AsteriskPbx(settings.pbx(), us, running.clock());
    customers = new CustomerDesk(stores.customers(), this::post);
    history = new LedgerHistory(stores, settings.zone(), running.wall(), lacks);
    var ports =
        new RunningEngine.Ports(
            pbx,
            screens,
            voice,
            customers,
            history,
            running.clock(),
            running.wall(),
            running.halt(),
            running.recorder());
    try {
      engine = RunningEngine.open(lastRun, settings.forCenter(), ports);
    } catch (Throwable e) {
      history.close();
      customers.close();
      throw e;
    }
  }

  /// Two servers on one Asterisk would hang up each other's calls.
  private static void mustNotBeServed(Settings settings, PbxOwner us) throws IOException {
    try {
      Optional<String> why = AsteriskPbx.refusal(settings.pbx(), us);
      if (why.isPresent()) throw new StartFault(why.get() + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("It was told to stop before it knew who serves the Asterisk.", e);
    }
  }

  /// Before the engine, which sends from its first turn on, the PBX; what is heard waits for that.
  void start(CenterSettings settings) {
    pbx.start(phones(settings), fact -> post(new Input.FromPbx(fact)));
    engine.start();
  }

  /// From now on it goes by these.
  void configure(CenterSettings settings) {
    post(new Input.Configured(settings));
    pbx.watch(phones(settings));
  }

  private static Set<String> phones(CenterSettings settings) {
    var phones = new HashSet<String>();
    settings.agents().forEach(agent -> phones.add(agent.phone()));
    return phones;
  }

  void post(Input input) {
    engine.loop().post(input);
  }

  EngineLoop loop() {
    return engine.loop();
  }

  Ledger ledger() {
    return engine.ledger();
  }

  /// Waits until the database has what is on the disk by now.
  void catchUpHistory(Duration most) throws IOException {
    history.catchUpTo(most);
  }

  /// Nothing new is taken from desks, and what they wait for is answered.
  void refuseDesks() {
    engine.loop().refuseDesks();
    engine.loop().awaitAnswers(ANSWERS_COME);
  }

  /// Callers stay with the PBX, for the next run.
  @Override
  public void close() {
    pbx.close();
    engine.close();
    history.close();
    customers.close();
  }
}
