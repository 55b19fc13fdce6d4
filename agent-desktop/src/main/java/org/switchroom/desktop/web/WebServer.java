package org.switchroom.desktop.web;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.cti.runtime.EngineInbox;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.User;

/// HTTP: who is served at all, and what is mounted where: the API and the front end's files.
public final class WebServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);

  private static final int LARGEST_MESSAGE = 16 << 10;

  /// How often screens are looked for whose log-in has run out.
  private static final long LOOKS_EVERY_MILLIS = 30_000;

  /// @param hints only the demo has any
  public record Options(Settings.Web web, String title, List<LogInHint> hints, ServerKey key) {}

  private final Vertx vertx;
  private final Options options;
  private final SessionTokens tokens;
  private final Accounts accounts;
  private final DeskHub hub;
  private final Peers peers;
  private final Hosts hosts;
  private final Connections connections;
  private final Sessions sessions;
  private final Notes notes;
  private final LogInRoutes logIns;
  private final ScriptRoutes scripts;
  private final RecordingRoutes recordings;
  private final AuditRoutes audit;
  private final BlockRoutes blocked;
  private final CustomerRoutes customers;
  private final DirectoryRoutes directory;
  private final DeskRoutes desks;
  private final Pages pages = Pages.read();

  private @Nullable HttpServer server;
  private List<Routes.Entry> routes = List.of();
  private long looking;

  public WebServer(
      Vertx vertx,
      Options options,
      List<User> users,
      DeskHub hub,
      EngineInbox engine,
      WebParts parts,
      InstantSource wall) {
    this(
        vertx,
        options,
        users,
        hub,
        engine,
        parts,
        wall,
        new SecretHash(LogInRoutes.CHECKED_AT_ONCE)::matches,
        Connections.Times.USUAL);
  }

  WebServer(
      Vertx vertx,
      Options options,
      List<User> users,
      DeskHub hub,
      EngineInbox engine,
      WebParts parts,
      InstantSource wall,
      Accounts.Check check,
      Connections.Times times) {
    this.vertx = vertx;
    this.options = options;
    tokens = new SessionTokens(options.key());
    accounts = new Accounts(users, check, tokens);
    this.hub = hub;
    notes = new Notes(engine);
    peers = new Peers(options.web().proxies());
    hosts = new Hosts(options.web().hosts());
    connections = new Connections(vertx, peers, times);
    sessions = new Sessions(vertx, parts.logIns(), accounts, tokens, peers, wall);
    var found = new FoundCustomers(vertx, parts.customers());
    var commands = new DeskCommands(engine, found);
    desks = new DeskRoutes(vertx, hub, engine, commands, accounts, sessions, connections);
    customers =
        new CustomerRoutes(vertx, parts.customers(), parts.numbers(), found, sessions, hub, notes);
    directory = new DirectoryRoutes(hub, sessions::user);
    logIns =
        new LogInRoutes(
            vertx,
            options.title(),
            options.hints(),
            options.key(),
            accounts,
            sessions,
            peers,
            desks,
            notes);
    scripts =
        new ScriptRoutes(vertx, parts.library(), parts.versions(), wall, sessions::user, notes);
    recordings =
        new RecordingRoutes(vertx, parts.office(), parts.recordings(), sessions::user, hub, notes);
    audit = new AuditRoutes(vertx, parts.audit(), parts.refused(), sessions::user, notes);
    blocked = new BlockRoutes(vertx, parts.blocked(), parts.numbers(), sessions::user, notes, wall);
  }

  /// @throws RuntimeException when the port is taken
  public void start() {
    var http =
        new HttpServerOptions()
            .setHost(options.web().address())
            .setPort(options.web().port())
            .setMaxWebSocketMessageSize(LARGEST_MESSAGE)
            .setMaxWebSocketFrameSize(LARGEST_MESSAGE)
            .setTcpNoDelay(true)
            .setCompressionSupported(true)
            .setPerMessageWebSocketCompressionSupported(false)
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeout(120);
    options.web().tls().ifPresent(tls -> Certificate.in(tls).serveOver(http));
    server =
        vertx
            .createHttpServer(http)
            .connectionHandler(connections::opened)
            .requestHandler(routes())
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    looking =
        vertx.setPeriodic(
            LOOKS_EVERY_MILLIS, _ -> hub.loop().runOnContext(_ -> desks.closeEnded()));
  }

  /// From now on these may log in. Log-ins of those who are gone, or have another password or other
  /// roles, are over, and their screens with them. Any thread.
  public void replaceUsers(List<User> users) {
    accounts.replace(users);
    hub.loop().runOnContext(_ -> desks.closeEnded());
  }

  /// The certificate's files are others: connections that come from now on are served with them.
  /// Where they cannot be read, the old ones stay.
  public void replaceCertificate() {
    options.web().tls().ifPresent(tls -> Certificate.in(tls).replace(requireNonNull(server)));
  }

  public int port() {
    return requireNonNull(server).actualPort();
  }

  private Router routes() {
    Router router = Router.router(vertx);
    router.route().handler(this::begin);
    router.route().handler(this::harden);
    router.route().failureHandler(WebServer::failed);
    router.route("/api/*").handler(this::checkOrigin);
    router.route("/api/*").handler(sessions::recognize);
    router.route("/api/*").handler(this::known);
    var api = new Routes(router, sessions::user, connections);
    desks.mount(api);
    logIns.mount(api);
    scripts.mount(api);
    recordings.mount(api);
    audit.mount(api);
    blocked.mount(api);
    customers.mount(api);
    directory.mount(api);
    routes = api.all();
    router
        .route("/api/*")
        .handler(request -> Replies.refuse(request, 404, "not-found", "There is nothing here."));
    pages.mount(router);
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

  private void begin(RoutingContext request) {
    connections.asked(request);
    if (hosts.serves(request.request())) request.next();
    else
      Replies.refuse(
          request, 421, "host", "This server has another name. Its \"web: hosts\" says which.");
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

  /// What is the asker's fault is answered; what is ours is logged too.
  private static void failed(RoutingContext request) {
    int status = request.statusCode() < 400 ? 500 : request.statusCode();
    // A request that never came whole is no fault of ours.
    if (status >= 500 && broke(request.failure())) status = 400;
    if (status >= 500) log.error("A request failed.", request.failure());
    if (!request.response().ended()) {
      Replies.refuse(request, status, "failed", "This request cannot be answered.");
    }
  }

  private static boolean broke(@Nullable Throwable failure) {
    return failure instanceof IOException || failure instanceof VertxException;
  }

  private void harden(RoutingContext request) {
    if (peers.of(request.request()).secure()) {
      request.response().putHeader("Strict-Transport-Security", "max-age=31536000");
    }
    request
        .response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "same-origin")
        .putHeader(
            "Content-Security-Policy",
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                + " connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
                + " frame-ancestors 'none'")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
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
    Future<Void> closed = server == null ? Future.succeededFuture() : server.close();
    closed.toCompletionStage().toCompletableFuture().join();
  }
}
