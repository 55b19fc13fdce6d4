package org.switchroom.desktop;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.switchroom.acd.AcdEvent;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.center.CenterEvent;
import org.switchroom.cti.center.CenterLoop;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.customer.CustomerDirectory;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.figures.QueueFigures;
import org.switchroom.cti.ivr.ScriptedCallers;
import org.switchroom.cti.pbx.asterisk.AsteriskPbx;
import org.switchroom.cti.pbx.asterisk.FastAgiFront;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.HistoryWriter;
import org.switchroom.cti.store.SqlCustomerStore;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.web.DeskHub;
import org.switchroom.desktop.web.WebServer;

/// A running server: the parts, wired.
public final class Switchroom implements AutoCloseable {
  private final Vertx vertx;
  private final HistoryWriter history;
  private final CustomerDirectory customers;
  private final AsteriskPbx pbx;
  private final CenterLoop center;
  private final FastAgiFront agi;
  private final WebServer web;
  private final InstantSource clock;

  /// Starts everything. The database stays the caller's.
  ///
  /// @param hints accounts that the log-in page may name
  /// @throws IOException when FastAGI's address is taken
  /// @throws RuntimeException when the web server's address is taken
  public Switchroom(
      Settings settings, Database database, InstantSource clock, List<WebServer.Hint> hints)
      throws IOException {
    this(settings, database, clock, hints, _ -> {});
  }

  /// @param witness is given every fact that the router is told; it must not block
  public Switchroom(
      Settings settings,
      Database database,
      InstantSource clock,
      List<WebServer.Hint> hints,
      Consumer<AcdEvent> witness)
      throws IOException {
    // One loop: everything about screens happens on it, in order.
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(4));
    this.clock = clock;
    var hub = new DeskHub(vertx);
    var historyStore = new SqlHistoryStore(database);
    customers =
        new CustomerDirectory(new SqlCustomerStore(database), new Numbers(settings.region()));
    history = new HistoryWriter(historyStore);
    pbx = new AsteriskPbx(settings.pbx(), clock);
    center =
        new CenterLoop(
            settings.forCenter(today(settings, historyStore, clock.instant())),
            clock,
            pbx,
            hub,
            (record, from, done) ->
                history.write(
                    record,
                    fault -> {
                      customers.changed(from);
                      done.accept(fault);
                    }),
            witness);
    var callers = new ScriptedCallers(settings.script(), customers, clock, center::post);
    agi =
        new FastAgiFront(
            InetAddress.getByName(settings.agi().address()), settings.agi().port(), callers);
    var options =
        new WebServer.Options(
            settings.web().address(), settings.web().port(), settings.title(), hints);
    web = new WebServer(vertx, options, settings.users(), hub, center, customers, clock);
    try {
      agi.start();
      web.start();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    center.start();
    pbx.start(
        phones(settings.forCenter(Map.of())), fact -> center.post(new CenterEvent.FromPbx(fact)));
  }

  /// Queues, agents, tiers, lines and the policy are as these settings say from now on, while calls
  /// wait and agents talk. Everything else takes a restart.
  public void reconfigure(Settings settings) {
    CenterSettings changed = settings.forCenter(Map.of());
    web.replaceUsers(settings.users());
    center.post(new CenterEvent.Reconfigured(clock.instant(), changed));
    pbx.watch(phones(changed));
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

  /// Stops taking, lets what is written be written, and ends. Callers stay with the PBX.
  @Override
  public void close() {
    if (web != null) web.close();
    pbx.close();
    agi.close();
    center.close();
    history.close();
    customers.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
