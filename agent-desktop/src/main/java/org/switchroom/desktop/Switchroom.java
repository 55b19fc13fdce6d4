package org.switchroom.desktop;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.acd.AcdEvent;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.center.CenterEvent;
import org.switchroom.cti.center.CenterLoop;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.center.Effect;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.center.Standing;
import org.switchroom.cti.customer.CustomerDirectory;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.customer.Pins;
import org.switchroom.cti.figures.QueueFigures;
import org.switchroom.cti.ivr.Helpers;
import org.switchroom.cti.ivr.HttpServices;
import org.switchroom.cti.ivr.ScriptLibrary;
import org.switchroom.cti.ivr.ScriptedCallers;
import org.switchroom.cti.journal.Journal;
import org.switchroom.cti.journal.JournaledHistory;
import org.switchroom.cti.pbx.asterisk.AsteriskPbx;
import org.switchroom.cti.pbx.asterisk.FastAgiFront;
import org.switchroom.cti.store.Backup;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlBackOffice;
import org.switchroom.cti.store.SqlCustomerStore;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.store.SqlLogIns;
import org.switchroom.cti.store.SqlScriptStore;
import org.switchroom.cti.store.SqlStanding;
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
public final class Switchroom implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Switchroom.class);

  /// Callers in scripts may come to their end when the server stops.
  private static final Duration SCRIPTS_END = Duration.ofSeconds(3);

  /// What desks wait for is durable by then.
  private static final Duration ANSWERS_COME = Duration.ofSeconds(3);

  /// A backup has what was acknowledged before it; a database that is away has it not.
  private static final Duration BACKUP_WAITS = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final JournaledHistory history;
  private final Database database;
  private final ExecutorService identifier =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("identifier").daemon().factory());

  /// Null: the journal goes with the process, or there can be none.
  private final Control control;

  /// Goes with the process; null: the journal stays.
  private final Path passing;

  private final CustomerDirectory customers;
  private final AsteriskPbx pbx;
  private final CenterLoop center;
  private final FastAgiFront agi;
  private final WebServer web;
  private final InstantSource clock;
  private final ScriptLibrary library;
  private final HttpServices http;
  private volatile Settings now;

  /// Starts everything. The database stays the caller's.
  ///
  /// @param hints accounts that the log-in page may name
  /// @throws IOException when FastAGI's address is taken
  /// @throws FaultsException when a script does not fit the center
  /// @throws RuntimeException when the web server's address is taken
  public Switchroom(
      Settings settings, Database database, InstantSource clock, List<WebServer.Hint> hints)
      throws IOException, FaultsException {
    this(settings, database, clock, hints, _ -> {});
  }

  /// @param witness is given every fact that the router is told; it must not block
  public Switchroom(
      Settings settings,
      Database database,
      InstantSource clock,
      List<WebServer.Hint> hints,
      Consumer<AcdEvent> witness)
      throws IOException, FaultsException {
    this.clock = clock;
    this.database = database;
    now = settings;
    IvrSettings ivr = settings.ivr();
    PromptFolder prompts =
        ivr.prompts() == null
            ? null
            : new PromptFolder(ivr.prompts().folder(), ivr.prompts().reachedAt(), ivr.voices());
    // A PBX that plays nothing is told the names.
    Sounds sounds =
        prompts == null ? (language, name, _) -> "named/" + language + "/" + name : prompts;
    var scriptStore = new SqlScriptStore(database);
    library = new ScriptLibrary(scriptStore, prompts, clock);
    load(settings);
    // One loop: everything about screens happens on it, in order.
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(4));
    var hub = new DeskHub(vertx);
    var historyStore = new SqlHistoryStore(database);
    var standing = new SqlStanding(database);
    var office = new SqlBackOffice(database);
    customers =
        new CustomerDirectory(new SqlCustomerStore(database), new Numbers(settings.region()));
    passing = settings.journal() == null ? Files.createTempDirectory("switchroom-journal") : null;
    history =
        new JournaledHistory(
            Journal.open(passing == null ? settings.journal() : passing, Journal.Limits.DEFAULT),
            historyStore);
    pbx = new AsteriskPbx(settings.pbx(), clock);
    var speaker = new Speaker(sounds, () -> LocalDate.ofInstant(clock.instant(), now.zone()));
    center =
        new CenterLoop(
            settings.forCenter(
                new Standing(
                    today(settings, historyStore, clock.instant()),
                    standing.seats(),
                    standing.calls(),
                    standing.closed(),
                    office.openTasks())),
            clock,
            pbx,
            hub,
            (record, from, waits, done) ->
                history.write(
                    record,
                    waits,
                    done,
                    () -> {
                      if (from != null) customers.changed(from);
                    }),
            new Voice(speaker),
            this::identify,
            witness);
    http = new HttpServices();
    var helpers =
        new Helpers(
            customers,
            office,
            new Pins(),
            http,
            clock,
            () -> new Helpers.Around(now.zone(), now.ivr().calendars(), now.ivr().scriptOf()),
            center::post);
    var callers =
        new ScriptedCallers(
            library,
            helpers,
            sounds,
            number -> now.dialing().dial(number),
            run -> history.write(run, false, _ -> {}, () -> {}));
    agi =
        new FastAgiFront(
            InetAddress.getByName(settings.agi().address()),
            settings.agi().port(),
            recordings(ivr),
            callers,
            call -> center.post(new CenterEvent.ScriptFroze(clock.instant(), call)));
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
    web = new WebServer(vertx, options, settings.users(), hub, center, customers, shelf, clock);
    try {
      agi.start();
      web.start();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    center.start();
    control = settings.journal() == null ? null : Control.open(settings.journal(), this::backup);
    pbx.start(
        phones(settings.forCenter(Standing.NONE)),
        fact -> center.post(new CenterEvent.FromPbx(fact)));
  }

  /// A caller of an earlier run is looked up again; where that fails, their agent sees the number.
  /// One after the other: phones ring first.
  private void identify(Effect.Identify who) {
    identifier.execute(
        () -> {
          try {
            var matches =
                who.customer() == null
                    ? customers.byNumber(who.from()).join()
                    : customers.byId(who.customer()).join();
            if (matches.isEmpty()) return;
            center.post(new CenterEvent.CallerIdentified(clock.instant(), who.call(), matches));
          } catch (CompletionException e) {
            log.warn("The caller of {} could not be looked up: {}", who.call(), e.toString());
          }
        });
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
  private record Voice(Speaker speaker) implements CenterLoop.Voice {
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
    CenterSettings changed = settings.forCenter(Standing.NONE);
    web.replaceUsers(settings.users());
    center.post(new CenterEvent.Reconfigured(clock.instant(), changed));
    pbx.watch(phones(changed));
  }

  private static void forget(Path folder) {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> phones(CenterSettings settings) {
    var phones = new HashSet<String>();
    settings.agents().forEach(agent -> phones.add(agent.phone()));
    return phones;
  }

  private static Map<QueueId, QueueFigures> today(
      Settings settings, SqlHistoryStore history, Instant now) {
    var targets = new HashMap<QueueId, Duration>();
    settings.queues().forEach(queue -> targets.put(queue.id(), queue.targetWithin()));
    LocalDate day = now.atZone(settings.zone()).toLocalDate();
    return history.since(day.atStartOfDay(settings.zone()).toInstant(), targets);
  }

  public int webPort() {
    return web.port();
  }

  /// For those who act as desks inside the process: the demo's colleagues.
  public CenterLoop center() {
    return center;
  }

  /// Everything that was acknowledged by now is in it.
  public void backup(Path file, Consumer<String> said) throws IOException {
    history.catchUpTo(BACKUP_WAITS);
    Backup.write(database, file, said);
  }

  /// In good order: desks are told and nothing new is taken; what they wait for is answered, and
  /// callers in scripts may come to their end. Callers stay with the PBX, for the next run.
  @Override
  public void close() {
    center.refuseDesks();
    center.awaitAnswers(ANSWERS_COME);
    if (web != null) web.close();
    agi.close(SCRIPTS_END);
    if (control != null) control.close();
    pbx.close();
    center.close();
    history.close();
    identifier.shutdownNow();
    customers.close();
    if (http != null) http.close();
    if (passing != null) forget(passing);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
