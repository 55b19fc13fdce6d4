package org.switchroom.desktop.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.customer.Pins;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.runtime.EngineInbox;
import org.switchroom.cti.runtime.Halt;
import org.switchroom.cti.runtime.LastRun;
import org.switchroom.cti.store.Backup;
import org.switchroom.cti.store.Database;
import org.switchroom.desktop.settings.IvrSettings;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.web.Desks;
import org.switchroom.desktop.web.LogInHint;
import org.switchroom.desktop.web.RecordedTalks;
import org.switchroom.desktop.web.WebParts;
import org.switchroom.desktop.web.WebServer;
import org.switchroom.ivr.yaml.FaultsException;

/// A running server: its floors, stacked, and what can be asked of the whole.
public final class Switchroom implements AutoCloseable, Control.Server {
  private static final Logger log = LoggerFactory.getLogger(Switchroom.class);

  /// A backup has what was acknowledged before it; a database that is away has it not.
  private static final Duration BACKUP_WAITS = Duration.ofSeconds(30);

  private final Closing closing = new Closing();
  private final Stores stores;
  private final Voices voices;
  private final EngineFloor engine;
  private final Blocking blocking;
  private final WebServer web;
  private volatile Settings now;

  /// Starts everything. The database stays the caller's.
  ///
  /// @param desks are open: browsers have their page while all else begins. They are closed with
  ///   this, or here when this cannot begin
  /// @param lastRun what it goes on from; it is closed with this, or here when this cannot begin
  /// @param hints accounts that the log-in page may name
  /// @throws IOException when the ledger cannot be read, or FastAGI's address is taken
  /// @throws FaultsException when a script does not fit the center
  /// @throws RuntimeException when another server serves the Asterisk
  public Switchroom(
      Settings settings,
      Database database,
      LastRun lastRun,
      Desks desks,
      List<LogInHint> hints,
      Running running)
      throws IOException, FaultsException {
    now = settings;
    try {
      closing.add(lastRun);
      closing.add(desks);
      stores = closing.add(Stores.in(database, settings.region()));
      voices = Voices.of(settings.ivr(), stores.scripts(), running.wall(), () -> now.zone());
      voices.load(settings);
      engine = closing.add(engine(settings, lastRun, desks, running));
      var pins = new Pins(desks.key());
      var numbers = new Numbers(settings.region());
      blocking = new Blocking(stores.blocked(), numbers, engine::post);
      var ivr =
          closing.add(
              new IvrFloor(() -> now, stores, pins, blocking, voices, engine, running.wall()));
      Optional<TalkFloor> talks = Optional.empty();
      if (settings.callRecordings().isPresent()) {
        talks =
            Optional.of(
                closing.add(
                    new TalkFloor(
                        settings.callRecordings().get(),
                        settings.zone(),
                        stores.talks(),
                        running.wall(),
                        () -> now.recordsTalks(),
                        fault -> recordings(desks, fault))));
      }
      web = closing.add(web(settings, blocking, numbers, desks, hints, running, talks));
      // By now it is read; all that does not need it was made meanwhile.
      engine.open(lastRun, settings.forCenter());
      int agiPort = ivr.start();
      web.configure(settings.forCenter());
      web.start();
      engine.start(settings.forCenter(), agiPort);
      blocking.tell();
      talks.ifPresent(TalkFloor::start);
      settings.ledger().flatMap(folder -> Control.open(folder, this)).ifPresent(closing::add);
      closing.add(engine::refuseDesks);
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  private EngineFloor engine(Settings settings, LastRun lastRun, Desks desks, Running running)
      throws IOException {
    return new EngineFloor(
        settings,
        lastRun,
        stores,
        desks.hub(),
        desks.hub()::historyLacks,
        voices.queues(),
        running);
  }

  /// The engine ends them, and supervisors are told.
  private void recordings(Desks desks, Optional<String> fault) {
    engine.post(new Input.RecordingDisk(fault.isPresent()));
    desks.hub().recordings(fault.isEmpty());
  }

  /// The server's own, or one of this run where it has none.
  ///
  /// @throws IOException when it cannot be read or written
  public static ServerKey key(Settings settings) throws IOException {
    return settings.serverKey().isPresent()
        ? ServerKey.in(settings.serverKey().get())
        : ServerKey.random();
  }

  private WebServer web(
      Settings settings,
      Blocking blocking,
      Numbers numbers,
      Desks desks,
      List<LogInHint> hints,
      Running running,
      Optional<TalkFloor> talks) {
    return new WebServer(
        desks,
        new WebServer.Options(settings.title(), hints),
        settings.users(),
        engine,
        new WebParts(
            voices.library(),
            stores.scripts(),
            stores.office(),
            stores.records(),
            stores.logIns(),
            stores.audit(),
            stores.history(),
            blocking,
            numbers,
            settings.ivr().recordings().map(IvrSettings.Sound::folder),
            talks.map(one -> new RecordedTalks(one.folder(), stores.talks())),
            settings.browserPhones()),
        running.wall());
  }

  /// Begins to read what the last run has left, on a thread of its own.
  public static LastRun lastRun(Settings settings) throws IOException {
    InstantSource wall = InstantSource.system();
    return settings.ledger().isPresent()
        ? LastRun.in(settings.ledger().get(), wall)
        : LastRun.none(wall);
  }

  /// Nothing is closed in order: what was done is in the ledger, and who watches over the process
  /// starts it again.
  public static void haltProcess(String why, Throwable fault) {
    log.error("The server halts, so that nothing is done by halves. {}", why, fault);
    Runtime.getRuntime().halt(Halt.STATUS);
  }

  /// Queues, agents, tiers, entry points, scripts, calendars and the policy are as these settings
  /// say from now on, while calls wait and agents talk. Everything else takes a restart.
  ///
  /// @throws FaultsException when a script that somebody has taken does not fit any more; then
  ///   everything stays as it was
  public void reconfigure(Settings settings) throws FaultsException {
    voices.load(settings);
    now = settings;
    web.replaceUsers(settings.users());
    web.configure(settings.forCenter());
    engine.configure(settings.forCenter());
  }

  /// The web server's certificate is another one, in the same files.
  public void replaceCertificate() {
    web.replaceCertificate();
  }

  public int webPort() {
    return web.port();
  }

  /// For those who act as desks inside the process: the demo's colleagues.
  public EngineInbox engine() {
    return engine;
  }

  /// As of the last turn.
  public int liveCalls() {
    return engine.liveCalls();
  }

  /// Everything that was acknowledged by now is in it.
  @Override
  public void backup(Path file, Consumer<String> said) throws IOException {
    engine.catchUpHistory(BACKUP_WAITS);
    Backup.write(stores.database(), file, said);
  }

  /// As far as the database is.
  @Override
  public boolean recount(Consumer<String> said) throws IOException {
    boolean equal = Recounting.run(engine.ledger(), stores.history(), said);
    engine.tellWhatIsLacking();
    return equal;
  }

  /// Who calls meanwhile is a new person.
  @Override
  public void erase(Erasure.Who who, Consumer<String> said) throws IOException {
    engine.catchUpHistory(BACKUP_WAITS);
    Erasure.of(now, stores.database(), Optional.of(engine.ledger()))
        .run(who, Instant.now(), about -> engine.post(Erasure.note(about)), said)
        .numbers()
        .forEach(number -> stores.customers().changed(new PhoneNumber(number)));
    blocking.tell();
  }

  /// In good order: desks are told and nothing new is taken; what they wait for is answered, and
  /// callers in scripts may come to their end. Callers stay with the PBX, for the next run. Of a
  /// start that has failed, whatever is there by then.
  @Override
  public void close() {
    closing.close();
  }
}
