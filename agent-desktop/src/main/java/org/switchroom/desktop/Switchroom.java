package org.switchroom.desktop;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.center.Effect;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.customer.CustomerDirectory;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.customer.Pins;
import org.switchroom.cti.ivr.HttpServices;
import org.switchroom.cti.ivr.ScriptEnvironment;
import org.switchroom.cti.ivr.ScriptFacts;
import org.switchroom.cti.ivr.ScriptLibrary;
import org.switchroom.cti.ivr.ScriptedCallers;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.asterisk.AsteriskPbx;
import org.switchroom.cti.pbx.asterisk.FastAgiFront;
import org.switchroom.cti.pbx.asterisk.PbxOwner;
import org.switchroom.cti.runtime.EffectRunner;
import org.switchroom.cti.runtime.EngineLoop;
import org.switchroom.cti.runtime.Halt;
import org.switchroom.cti.runtime.LastRun;
import org.switchroom.cti.runtime.Recorder;
import org.switchroom.cti.runtime.RunningEngine;
import org.switchroom.cti.store.Backup;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlBackOffice;
import org.switchroom.cti.store.SqlCustomerStore;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.store.SqlLogIns;
import org.switchroom.cti.store.SqlScriptStore;
import org.switchroom.desktop.settings.IvrSettings;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.web.DeskHub;
import org.switchroom.desktop.web.WebServer;
import org.switchroom.ivr.Prompt;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.Sounds;
import org.switchroom.ivr.Speaker;
import org.switchroom.ivr.prompts.PromptFolder;
import org.switchroom.ivr.yaml.FaultsException;

/// A running server: the parts, wired.
public final class Switchroom implements AutoCloseable, Control.Server {
  private static final Logger log = LoggerFactory.getLogger(Switchroom.class);

  /// Callers in scripts may come to their end when the server stops.
  private static final Duration SCRIPTS_END = Duration.ofSeconds(3);

  /// What desks wait for is durable by then.
  private static final Duration ANSWERS_COME = Duration.ofSeconds(3);

  /// A backup has what was acknowledged before it; a database that is away has it not.
  private static final Duration BACKUP_WAITS = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Database database;

  /// Null: the ledger goes with the process, or there can be none.
  private final Control control;

  private final LastRun lastRun;

  private final CustomerDirectory customers;
  private final CustomerDesk customerDesk;
  private final AsteriskPbx pbx;
  private final LedgerHistory history;
  private final RunningEngine engine;
  private final FastAgiFront agi;
  private final WebServer web;
  private final ScriptLibrary library;
  private final HttpServices http;
  private volatile Settings now;

  /// Starts everything. The database stays the caller's.
  ///
  /// @param lastRun what it goes on from; it is closed with this, or here when this cannot begin
  /// @param clock for order and deadlines: it is never set back
  /// @param hints accounts that the log-in page may name
  /// @param recorder of everything that the engine is given
  /// @param halt what an engine does that cannot go on
  /// @throws IOException when the ledger cannot be read, or FastAGI's address is taken
  /// @throws FaultsException when a script does not fit the center
  /// @throws RuntimeException when the web server's address is taken, or another server serves the
  ///   Asterisk
  public Switchroom(
      Settings settings,
      Database database,
      LastRun lastRun,
      InstantSource clock,
      List<WebServer.Hint> hints,
      Recorder recorder,
      Halt halt)
      throws IOException, FaultsException {
    InstantSource wall = InstantSource.system();
    this.database = database;
    this.lastRun = lastRun;
    now = settings;
    try {
      IvrSettings ivr = settings.ivr();
      PromptFolder prompts =
          ivr.prompts() == null
              ? null
              : new PromptFolder(ivr.prompts().folder(), ivr.prompts().reachedAt(), ivr.voices());
      // A PBX that plays nothing is told the names.
      Sounds sounds =
          prompts == null ? (language, name, _) -> "named/" + language + "/" + name : prompts;
      var scriptStore = new SqlScriptStore(database);
      library = new ScriptLibrary(scriptStore, prompts, wall);
      load(settings);
      // One loop: everything about screens happens on it, in order.
      vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(4));
      var hub = new DeskHub(vertx);
      var office = new SqlBackOffice(database);
      customers =
          new CustomerDirectory(new SqlCustomerStore(database), new Numbers(settings.region()));
      customerDesk = new CustomerDesk(customers, this::post);
      var us = PbxOwner.of(lastRun.ledger());
      mustNotBeServed(settings, us);
      pbx = new AsteriskPbx(settings.pbx(), us, clock);
      var speaker = new Speaker(sounds, () -> LocalDate.ofInstant(wall.instant(), now.zone()));
      history =
          new LedgerHistory(
              new SqlHistoryStore(database),
              office,
              settings.zone(),
              wall,
              customers,
              hub::historyLacks);
      engine =
          RunningEngine.open(
              lastRun,
              settings.forCenter(),
              new RunningEngine.Ports(
                  pbx,
                  hub,
                  new Voice(speaker),
                  customerDesk,
                  history,
                  clock,
                  wall,
                  halt,
                  recorder));
      http = new HttpServices();
      var helpers =
          new ScriptEnvironment(
              customers,
              office,
              new Pins(),
              http,
              wall,
              () ->
                  new ScriptEnvironment.Around(
                      now.zone(), now.ivr().calendars(), now.ivr().scriptOf()),
              scriptFacts());
      var callers =
          new ScriptedCallers(
              library,
              helpers,
              sounds,
              number -> now.dialing().dial(number),
              queue -> now.music(queue));
      agi =
          new FastAgiFront(
              InetAddress.getByName(settings.agi().address()),
              settings.agi().port(),
              recordings(ivr),
              callers,
              call -> post(new Input.ScriptFroze(call)));
      var options =
          new WebServer.Options(
              settings.web().address(), settings.web().port(), settings.title(), hints);
      var shelf =
          new WebServer.Shelf(
              library,
              scriptStore,
              office,
              new SqlLogIns(database),
              ivr.recordings() == null ? null : ivr.recordings().folder());
      web = new WebServer(vertx, options, settings.users(), hub, engine.loop(), shelf, wall);
      agi.start();
      web.start();
      // Before the engine, which sends from its first turn on; what is heard waits for that.
      pbx.start(phones(settings.forCenter()), fact -> post(new Input.FromPbx(fact)));
      engine.start();
      control = settings.ledger() == null ? null : Control.open(settings.ledger(), this);
    } catch (Throwable e) {
      close();
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

  private void post(Input input) {
    engine.loop().post(input);
  }

  private ScriptFacts scriptFacts() {
    return new ScriptFacts() {
      @Override
      public void tell(Input.ScriptFact fact) {
        post(fact);
      }

      @Override
      public Optional<String> ask(Input.ScriptRequest request, Duration within) {
        return engine.loop().ask(request, within);
      }
    };
  }

  /// Begins to read what the last run has left, on a thread of its own.
  public static LastRun lastRun(Settings settings) throws IOException {
    InstantSource wall = InstantSource.system();
    return settings.ledger() == null ? LastRun.none(wall) : LastRun.in(settings.ledger(), wall);
  }

  /// Nothing is closed in order: what was done is in the ledger, and who watches over the process
  /// starts it again.
  public static void haltProcess(String why, Throwable fault) {
    log.error("The server halts, so that nothing is done by halves. {}", why, fault);
    Runtime.getRuntime().halt(Halt.STATUS);
  }

  /// Scripts, and what is said to those who wait, are as the settings have them.
  private void load(Settings settings) throws FaultsException {
    var besides = new ArrayList<Saying.Wanted>();
    for (QueueSettings queue : settings.queues()) {
      var announcements = queue.announcements();
      besides.addAll(Script.wanted(announcements.sayings(), announcements.languages()));
    }
    library.load(settings.ivr().files(), settings.forScripts(), besides);
  }

  /// The folder as the PBX sees it.
  private static String recordings(IvrSettings ivr) throws IOException {
    if (ivr.recordings() == null) return "/nowhere";
    Files.createDirectories(ivr.recordings().folder());
    return ivr.recordings().reachedAt();
  }

  /// What is announced, as files.
  private record Voice(Speaker speaker) implements EffectRunner.Voice {
    /// AMI takes lines of 1,024 bytes; what does not fit is left out from the end.
    private static final int MOST_BYTES = 900;

    @Override
    public List<String> files(Effect.Announce announce) {
      var files = new ArrayList<String>();
      int bytes = 0;
      for (Effect.Said said : announce.said()) {
        var languages = said.saying().parts().keySet().stream().sorted().toList();
        var prompts =
            speaker.prompts(
                said.saying(), Script.speaking(languages), announce.language(), said.variables());
        for (Prompt prompt : prompts) {
          if (prompt.file() == null) continue;
          bytes += prompt.file().getBytes(StandardCharsets.UTF_8).length + 1;
          if (bytes > MOST_BYTES) return files;
          files.add(prompt.file());
        }
      }
      return files;
    }
  }

  /// Queues, agents, tiers, lines, scripts, calendars and the policy are as these settings say from
  /// now on, while calls wait and agents talk. Everything else takes a restart.
  ///
  /// @throws FaultsException when a script that somebody has taken does not fit any more; then
  ///   everything stays as it was
  public void reconfigure(Settings settings) throws FaultsException {
    load(settings);
    now = settings;
    CenterSettings changed = settings.forCenter();
    web.replaceUsers(settings.users());
    post(new Input.Configured(changed));
    pbx.watch(phones(changed));
  }

  private static Set<String> phones(CenterSettings settings) {
    var phones = new HashSet<String>();
    settings.agents().forEach(agent -> phones.add(agent.phone()));
    return phones;
  }

  public int webPort() {
    return web.port();
  }

  /// For those who act as desks inside the process: the demo's colleagues.
  public EngineLoop engine() {
    return engine.loop();
  }

  /// Everything that was acknowledged by now is in it.
  @Override
  public void backup(Path file, Consumer<String> said) throws IOException {
    history.catchUpTo(BACKUP_WAITS);
    Backup.write(database, file, said);
  }

  /// As far as the database is.
  @Override
  public boolean recount(Consumer<String> said) throws IOException {
    return RecountCommand.run(engine.ledger(), new SqlHistoryStore(database), said);
  }

  /// Who calls meanwhile is a new person.
  @Override
  public void erase(Erasure.Who who, Consumer<String> said) throws IOException {
    history.catchUpTo(BACKUP_WAITS);
    EraseCommand.erasure(now, database, Optional.of(engine.ledger()))
        .run(who, Instant.now(), about -> post(EraseCommand.note(about)), said)
        .numbers()
        .forEach(number -> customers.changed(new PhoneNumber(number)));
  }

  /// In good order: desks are told and nothing new is taken; what they wait for is answered, and
  /// callers in scripts may come to their end. Callers stay with the PBX, for the next run. Of a
  /// start that has failed, whatever is there by then.
  @Override
  public void close() {
    if (engine != null) {
      engine.loop().refuseDesks();
      engine.loop().awaitAnswers(ANSWERS_COME);
    }
    if (web != null) web.close();
    if (agi != null) agi.close(SCRIPTS_END);
    if (control != null) control.close();
    if (pbx != null) pbx.close();
    if (engine != null) engine.close();
    if (history != null) history.close();
    if (customerDesk != null) customerDesk.close();
    if (customers != null) customers.close();
    if (http != null) http.close();
    lastRun.close();
    if (vertx != null) vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
