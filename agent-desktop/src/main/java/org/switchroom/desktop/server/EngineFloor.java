package org.switchroom.desktop.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.center.AgentSettings;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.pbx.asterisk.AgiAdmission;
import org.switchroom.cti.pbx.asterisk.AsteriskPbx;
import org.switchroom.cti.pbx.asterisk.PbxOwner;
import org.switchroom.cti.runtime.EffectRunner;
import org.switchroom.cti.runtime.EngineInbox;
import org.switchroom.cti.runtime.EngineLoop;
import org.switchroom.cti.runtime.LastRun;
import org.switchroom.cti.runtime.RunningEngine;
import org.switchroom.cti.screens.Screens;
import org.switchroom.desktop.settings.Settings;

/// The engine with its PBX, with whom it asks for customers, and with the history that is made of
/// what it decides.
final class EngineFloor implements EngineInbox, AutoCloseable {
  /// What desks wait for is durable by then.
  private static final Duration ANSWERS_COME = Duration.ofSeconds(3);

  private final CustomerDesk customers;
  private final AsteriskPbx pbx;
  private final LedgerHistory history;
  private final RunningEngine.Ports ports;
  private @Nullable RunningEngine engine;

  /// Nobody tells or asks anything before it is open.
  ///
  /// @param lacks is told what the history lacks, the last first
  /// @throws IOException when the ledger cannot be read
  /// @throws StartFault when another server serves the Asterisk
  EngineFloor(
      Settings settings,
      LastRun lastRun,
      Stores stores,
      Screens screens,
      LedgerHistory.Lacking lacks,
      EffectRunner.Voice voice,
      Running running)
      throws IOException {
    var us = PbxOwner.of(lastRun.ledger());
    mustNotBeServed(settings, us);
    pbx = new AsteriskPbx(settings.pbx(), us, running.clock());
    customers = new CustomerDesk(stores.customers(), this::post);
    history = new LedgerHistory(stores, settings.zone(), running.wall(), lacks);
    ports =
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
  }

  /// Goes on where the last run has stopped, and does nothing before it is started.
  ///
  /// @throws IOException when the ledger cannot be read
  void open(LastRun lastRun, CenterSettings settings) throws IOException {
    engine = RunningEngine.open(lastRun, settings, ports);
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
  ///
  /// @param agiPort where FastAGI takes callers by now
  void start(CenterSettings settings, int agiPort) {
    pbx.start(phones(settings), fact -> post(new Input.FromPbx(fact)), agiPort);
    opened().start();
  }

  /// Who may bring callers to scripts.
  AgiAdmission admission() {
    return pbx.admission();
  }

  /// From now on it goes by these.
  void configure(CenterSettings settings) {
    post(new Input.Configured(settings));
    pbx.watch(phones(settings));
  }

  private static Set<String> phones(CenterSettings settings) {
    var phones = new HashSet<String>();
    for (AgentSettings agent : settings.agents()) {
      if (!agent.phone().isEmpty()) phones.add(agent.phone());
      agent.other().ifPresent(phones::add);
    }
    phones.addAll(settings.hotDesks());
    return phones;
  }

  @Override
  public void post(Input input) {
    loop().post(input);
  }

  @Override
  public void note(Input.Note note) {
    loop().note(note);
  }

  @Override
  public void ask(Input.DeskCommand command, Consumer<Optional<Refusal>> answer) {
    loop().ask(command, answer);
  }

  @Override
  public void askPlaces(
      ContactId contact, List<QueueId> queues, Consumer<Map<QueueId, Integer>> answer) {
    loop().askPlaces(contact, queues, answer);
  }

  @Override
  public Optional<String> ask(Input.ScriptRequest request, Duration within) {
    return loop().ask(request, within);
  }

  @Override
  public Instant now() {
    return loop().now();
  }

  int liveCalls() {
    return loop().liveCalls();
  }

  private EngineLoop loop() {
    return opened().loop();
  }

  private RunningEngine opened() {
    return requireNonNull(engine, "The engine is not open yet.");
  }

  Ledger ledger() {
    return opened().ledger();
  }

  /// Waits until the database has what is on the disk by now.
  void catchUpHistory(Duration most) throws IOException {
    history.catchUpTo(most);
  }

  /// What the history lacks may be in it by now.
  void tellWhatIsLacking() {
    history.tell();
  }

  /// Nothing new is taken from desks, and what they wait for is answered.
  void refuseDesks() {
    loop().refuseDesks();
    loop().awaitAnswers(ANSWERS_COME);
  }

  /// Callers stay with the PBX, for the next run.
  @Override
  public void close() {
    pbx.close();
    if (engine != null) engine.close();
    history.close();
    customers.close();
  }
}
