package org.switchroom.desktop.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.switchroom.cti.center.CenterSettings;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.cti.runtime.EngineInbox;
import org.switchroom.desktop.settings.User;

/// The API over HTTP: what is mounted where, and whose request it is.
public final class WebServer implements AutoCloseable {
  /// How often screens are looked for whose log-in has run out.
  private static final long LOOKS_EVERY_MILLIS = 30_000;

  /// @param hints only the demo has any
  public record Options(String title, List<LogInHint> hints) {}

  private final Vertx vertx;
  private final Door door;
  private final Accounts accounts;
  private final DeskHub hub;
  private final Connections connections;
  private final Sessions sessions;
  private final Notes notes;
  private final LogInRoutes logIns;
  private final ScriptRoutes scripts;
  private final RecordingRoutes recordings;
  private final TalkRoutes talks;
  private final AuditRoutes audit;
  private final BlockRoutes blocked;
  private final CustomerRoutes customers;
  private final DirectoryRoutes directory;
  private final SeatRoutes seats;
  private final PhoneRoutes phones;
  private final DeskRoutes desks;

  private List<Routes.Entry> routes = List.of();
  private final long looking;

  public WebServer(
      Desks screens,
      Options options,
      List<User> users,
      EngineInbox engine,
      WebParts parts,
      InstantSource wall) {
    this(
        screens,
        options,
        users,
        engine,
        parts,
        wall,
        new SecretHash(LogInRoutes.CHECKED_AT_ONCE)::matches);
  }

  WebServer(
      Desks screens,
      Options options,
      List<User> users,
      EngineInbox engine,
      WebParts parts,
      InstantSource wall,
      Accounts.Check check) {
    vertx = screens.vertx();
    door = screens.door();
    hub = screens.hub();
    var tokens = new SessionTokens(screens.key());
    accounts = new Accounts(users, check, tokens);
    connections = door.connections();
    Peers peers = door.peers();
    notes = new Notes(engine);
    sessions = new Sessions(vertx, parts.logIns(), accounts, tokens, peers, wall);
    var found = new FoundCustomers(vertx, parts.customers());
    var commands = new DeskCommands(engine, found);
    phones = new PhoneRoutes(vertx, parts.phones(), sessions, connections, wall);
    desks = new DeskRoutes(vertx, hub, engine, commands, accounts, sessions, connections, phones);
    customers =
        new CustomerRoutes(vertx, parts.customers(), parts.numbers(), found, sessions, hub, notes);
    directory = new DirectoryRoutes(vertx, engine, hub, sessions::user);
    seats = new SeatRoutes(hub, sessions::user);
    logIns =
        new LogInRoutes(
            vertx,
            options.title(),
            options.hints(),
            screens.key(),
            accounts,
            sessions,
            peers,
            desks,
            notes);
    scripts =
        new ScriptRoutes(vertx, parts.library(), parts.versions(), wall, sessions::user, notes);
    recordings =
        new RecordingRoutes(vertx, parts.office(), parts.recordings(), sessions::user, hub, notes);
    talks = new TalkRoutes(vertx, hub, parts.talks(), sessions::user, notes);
    audit = new AuditRoutes(vertx, parts.audit(), parts.refused(), sessions::user, notes);
    blocked = new BlockRoutes(vertx, parts.blocked(), parts.numbers(), sessions::user, notes, wall);
    looking =
        vertx.setPeriodic(
            LOOKS_EVERY_MILLIS, _ -> hub.loop().runOnContext(_ -> desks.closeEnded()));
  }

  /// From now on requests are answered: the engine may be told and asked.
  public void start() {
    door.answer(routes());
  }

  /// From now on these may log in. Log-ins of those who are gone, or have another password or other
  /// roles, are over, and their screens with them. Any thread.
  public void replaceUsers(List<User> users) {
    accounts.replace(users);
    hub.loop().runOnContext(_ -> desks.closeEnded());
  }

  /// From now on these numbers outside may be dialed, and these agents serve these queues. Any
  /// thread.
  public void configure(CenterSettings settings) {
    customers.replaceDialing(settings.dialing());
    directory.configure(settings);
  }

  /// The certificate's files are others: connections that come from now on are served with them.
  /// Where they cannot be read, the old ones stay.
  public void replaceCertificate() {
    door.replaceCertificate();
  }

  public int port() {
    return door.port();
  }

  private Router routes() {
    Router router = Router.router(vertx);
    router.route().failureHandler(Door::failed);
    router.route("/api/*").handler(this::checkOrigin);
    router.route("/api/*").handler(sessions::recognize);
    router.route("/api/*").handler(this::known);
    var api = new Routes(router, sessions::user, connections);
    desks.mount(api);
    logIns.mount(api);
    scripts.mount(api);
    recordings.mount(api);
    talks.mount(api);
    audit.mount(api);
    blocked.mount(api);
    customers.mount(api);
    directory.mount(api);
    seats.mount(api);
    phones.mount(api);
    routes = api.all();
    router
        .route("/api/*")
        .handler(request -> Replies.refuse(request, 404, "not-found", "There is nothing here."));
    return router;
  }

  /// Who may take what.
  List<Routes.Entry> entries() {
    return routes;
  }

  /// Connections that are open.
  int open() {
    return connections.open();
  }

  private void known(RoutingContext request) {
    if (sessions.user(request).isPresent()) connections.isKnown(request);
    // Or who has just logged in.
    else
      request.addEndHandler(
          _ -> {
            if (sessions.user(request).isPresent()) connections.isKnown(request);
          });
    request.next();
  }

  /// A page of somebody else's may not speak to us with our user's cookie.
  private void checkOrigin(RoutingContext request) {
    String origin = request.request().getHeader(HttpHeaders.ORIGIN);
    boolean socket = "websocket".equalsIgnoreCase(request.request().getHeader(HttpHeaders.UPGRADE));
    boolean same =
        origin == null ? !socket : sameHost(origin, request.request().getHeader(HttpHeaders.HOST));
    if (same) request.next();
    else Replies.refuse(request, 403, "origin", "This request comes from another site.");
  }

  private static boolean sameHost(String origin, String host) {
    try {
      return URI.create(origin).getAuthority() instanceof String authority
          && authority.equals(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Screens are told that the server stops, and come back by themselves when there is one again.
  @Override
  public void close() {
    vertx.cancelTimer(looking);
    hub.sayStopping().toCompletionStage().toCompletableFuture().join();
    door.close();
  }
}
