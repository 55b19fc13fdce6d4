package org.switchroom.desktop.web;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.runtime.EngineInbox;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.User;

/// HTTP: log-in with a session cookie, the desks' WebSocket, and the front end's files.
public final class WebServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);

  private static final int LARGEST_MESSAGE = 16 << 10;

  /// How often screens are looked for whose log-in has run out.
  private static final long LOOKS_EVERY_MILLIS = 30_000;

  /// Open screens of one user; one more closes the oldest.
  private static final int MOST_SCREENS = 10;

  /// What a screen calls its session: random, so that no other screen of the user's has it.
  private static final Pattern DESK_SESSION = Pattern.compile("[A-Za-z0-9-]{8,64}");

  private static final short CLOSE_OTHER_SCREEN = 4002;
  private static final short CLOSE_TOO_FAST = 4008;

  /// An account that the log-in page may name, because it opens nothing but the demo.
  public record Hint(String name, String password, String title) {}

  /// @param hints only the demo has any
  public record Options(Settings.Web web, String title, List<Hint> hints, ServerKey key) {}

  private final Vertx vertx;
  private final Options options;
  private final SessionTokens tokens;
  private final Accounts accounts;
  private final DeskHub hub;
  private final DeskCommands commands;
  private final EngineInbox engine;
  private final Peers peers;
  private final Hosts hosts;
  private final Connections connections;
  private final Sessions sessions;
  private final Notes notes;
  private final LogInRoutes logIns;
  private final ScriptRoutes scripts;
  private final RecordingRoutes recordings;
  private final AuditRoutes audit;
  private final Pages pages = Pages.read();
  private final BlockRoutes blocked;

  /// Passwords checked at once: each takes a processor for a while, and half of them are for calls.
  static final int CHECKED_AT_ONCE = Math.max(Runtime.getRuntime().availableProcessors() / 2, 1);

  /// What this server asks by itself has a session that no user can have.
  private final String session = "/" + UUID.randomUUID();

  private @Nullable HttpServer server;
  private List<Routes.Entry> routes = List.of();
  private long commandsGiven;
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
        new SecretHash(CHECKED_AT_ONCE)::matches,
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
    this.engine = engine;
    this.commands = new DeskCommands(engine);
    notes = new Notes(engine);
    peers = new Peers(options.web().proxies());
    hosts = new Hosts(options.web().hosts());
    connections = new Connections(vertx, peers, times);
    sessions = new Sessions(vertx, parts.logIns(), accounts, tokens, peers, wall);
    logIns = new LogInRoutes(vertx, options, accounts, sessions, peers, desk(), notes);
    scripts =
        new ScriptRoutes(vertx, parts.library(), parts.versions(), wall, sessions::user, notes);
    recordings =
        new RecordingRoutes(vertx, parts.office(), parts.recordings(), sessions::user, hub, notes);
    audit = new AuditRoutes(vertx, parts.audit(), sessions::user, notes);
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
        vertx.setPeriodic(LOOKS_EVERY_MILLIS, _ -> hub.loop().runOnContext(_ -> closeEnded()));
  }

  /// From now on these may log in. Log-ins of those who are gone, or have another password or other
  /// roles, are over, and their screens with them. Any thread.
  public void replaceUsers(List<User> users) {
    accounts.replace(users);
    hub.loop().runOnContext(_ -> closeEnded());
  }

  /// Screens of log-ins that are over, for whatever reason.
  private void closeEnded() {
    hub.closeWhere(desk -> sessions.still(desk.logIn).isEmpty());
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
    api.get("/api/desk", Routes.LOGGED_IN, this::openSocket);
    logIns.mount(api);
    scripts.mount(api);
    recordings.mount(api);
    audit.mount(api);
    blocked.mount(api);
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

  private LogInRoutes.Desk desk() {
    return new LogInRoutes.Desk() {
      @Override
      public void loggedIn(User user) {
        if (user.may(Permission.SERVE)) {
          engine.ask(new Input.LogIn(commandId(), new AgentId(user.name())), _ -> {});
        }
      }

      /// An agent who has another screen open is there still.
      @Override
      public void loggedOut(Sessions.Session session) {
        boolean elsewhere =
            hub.of(session.user().name()).stream()
                .anyMatch(desk -> !desk.logIn.hash().equals(session.hash()));
        if (!elsewhere) leaves(session.user().name());
        hub.closeWhere(desk -> desk.logIn.hash().equals(session.hash()));
      }

      @Override
      public void loggedOutEverywhere(String user) {
        leaves(user);
        hub.closeWhere(desk -> desk.user.name().equals(user));
      }

      private void leaves(String user) {
        if (accounts.find(user).filter(one -> one.may(Permission.SERVE)).isPresent()) {
          engine.ask(new Input.LogOut(commandId(), new AgentId(user)), _ -> {});
        }
      }
    };
  }

  private void openSocket(RoutingContext request) {
    Sessions.Session logIn = sessions.of(request).orElseThrow();
    Optional<String> asked = Optional.ofNullable(request.request().getParam("session"));
    if (asked.isPresent() && !DESK_SESSION.matcher(asked.get()).matches()) {
      Replies.refuse(
          request, 400, "bad-request", "A session has 8 to 64 letters, digits and dashes.");
      return;
    }
    // Nobody uses another's: a user's name has no slash.
    Optional<String> desk = asked.map(session -> logIn.user().name() + "/" + session);
    connections.isSocket(request);
    request.request().toWebSocket().onSuccess(socket -> opened(socket, logIn, desk));
  }

  private CommandId commandId() {
    return new CommandId(session, ++commandsGiven);
  }

  /// A desk belongs to the hub's loop, whichever loop the socket came in on.
  private void opened(ServerWebSocket socket, Sessions.Session logIn, Optional<String> session) {
    User user = logIn.user();
    var desk = new DeskSocket(vertx, socket, logIn, session, hub.topics(), engine::now);
    // While the two shook hands; nobody could close it before.
    if (sessions.still(logIn).isEmpty()) {
      desk.logOut();
      return;
    }
    List<DeskSocket> screens = hub.of(user.name());
    if (screens.size() >= MOST_SCREENS)
      screens.getFirst().close(CLOSE_OTHER_SCREEN, "too many screens");
    hub.add(desk);
    socket.textMessageHandler(
        text -> {
          if (desk.paced()) commands.take(desk, text);
          else desk.close(CLOSE_TOO_FAST, "too many messages");
        });
    socket.exceptionHandler(_ -> socket.close());
    socket.closeHandler(
        _ -> {
          desk.end();
          int left = hub.remove(desk);
          if (left == 0 && user.may(Permission.SERVE)) {
            engine.post(new Input.DeskClosed(new AgentId(user.name())));
          }
        });
    desk.begin();
    if (user.may(Permission.SERVE)) {
      engine.post(new Input.DeskOpened(new AgentId(user.name())));
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
