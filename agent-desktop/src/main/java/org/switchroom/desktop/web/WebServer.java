package org.switchroom.desktop.web;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
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
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.runtime.EngineInbox;
import org.switchroom.desktop.settings.User;
import org.switchroom.desktop.settings.User.Role;

/// HTTP: log-in with a session cookie, the desks' WebSocket, and the front end's files.
public final class WebServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);

  private static final int LARGEST_BODY = 64 << 10;
  private static final int LARGEST_MESSAGE = 16 << 10;

  /// Open screens of one user; one more closes the oldest.
  private static final int MOST_SCREENS = 10;

  /// Log-ins being checked; hashing is slow on purpose, so one more is told to come again.
  static final int MOST_LOG_INS = 500;

  /// What a screen calls its session: random, so that no other screen of the user's has it.
  private static final Pattern DESK_SESSION = Pattern.compile("[A-Za-z0-9-]{8,64}");

  private static final short CLOSE_LOGGED_OUT = 4001;
  private static final short CLOSE_OTHER_SCREEN = 4002;
  private static final short CLOSE_TOO_FAST = 4008;

  /// An account that the log-in page may name, because it opens nothing but the demo.
  public record Hint(String name, String password, String title) {}

  /// @param hints only the demo has any
  public record Options(String address, int port, String title, List<Hint> hints) {}

  /// @param user who is logged in
  /// @param hints only the demo has any
  record Hello(String title, Optional<Person> user, List<Hint> hints) implements Replies.Body {}

  /// A user as screens show them.
  record Person(String name, String title, boolean agent, boolean supervisor)
      implements Replies.Body {
    Person(User user) {
      this(user.name(), user.title(), user.is(Role.AGENT), user.is(Role.SUPERVISOR));
    }
  }

  private final Vertx vertx;
  private final Options options;
  private final Accounts accounts;
  private final DeskHub hub;
  private final DeskCommands commands;
  private final EngineInbox engine;
  private final Sessions sessions;
  private final LoginTokens loginTokens;

  /// Passwords checked at once: each takes a processor for a while, and half of them are for calls.
  private static final int CHECKED_AT_ONCE =
      Math.max(Runtime.getRuntime().availableProcessors() / 2, 1);

  /// Passwords are checked here alone: those who come back to their desks wait for none of it.
  private final WorkerExecutor passwords;

  private final ScriptRoutes scripts;
  private final RecordingRoutes recordings;

  /// What this server asks by itself has a session that no user can have.
  private final String session = "/" + UUID.randomUUID();

  private @Nullable HttpServer server;
  private int logIns;
  private long commandsGiven;

  public WebServer(
      Vertx vertx,
      Options options,
      List<User> users,
      DeskHub hub,
      EngineInbox engine,
      WebParts parts,
      InstantSource wall) {
    this(vertx, options, users, hub, engine, parts, wall, new SecretHash(CHECKED_AT_ONCE)::matches);
  }

  WebServer(
      Vertx vertx,
      Options options,
      List<User> users,
      DeskHub hub,
      EngineInbox engine,
      WebParts parts,
      InstantSource wall,
      Accounts.Check check) {
    this.vertx = vertx;
    this.options = options;
    this.accounts = new Accounts(users, check);
    this.hub = hub;
    this.engine = engine;
    this.commands = new DeskCommands(engine);
    sessions = new Sessions(vertx);
    passwords = vertx.createSharedWorkerExecutor("passwords", CHECKED_AT_ONCE);
    loginTokens = new LoginTokens(vertx, parts.logIns(), wall, Sessions.LASTS);
    scripts = new ScriptRoutes(vertx, parts.library(), parts.versions(), wall, this::user);
    recordings = new RecordingRoutes(vertx, parts.office(), parts.recordings(), this::user);
  }

  /// @throws RuntimeException when the port is taken
  public void start() {
    var http =
        new HttpServerOptions()
            .setHost(options.address())
            .setPort(options.port())
            .setMaxWebSocketMessageSize(LARGEST_MESSAGE)
            .setMaxWebSocketFrameSize(LARGEST_MESSAGE)
            .setTcpNoDelay(true)
            .setCompressionSupported(true)
            .setPerMessageWebSocketCompressionSupported(false)
            .setIdleTimeout(120);
    server =
        vertx
            .createHttpServer(http)
            .requestHandler(routes())
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /// From now on these may log in.
  public void replaceUsers(List<User> users) {
    accounts.replace(users);
  }

  public int port() {
    return requireNonNull(server).actualPort();
  }

  private Router routes() {
    Router router = Router.router(vertx);
    router.route().handler(WebServer::harden);
    router.route().failureHandler(WebServer::failed);
    sessions.mount(router, "/api/*");
    router.route("/api/*").handler(this::checkOrigin);
    router
        .route("/api/*")
        .handler(
            request -> loginTokens.recall(request, user(request).isPresent(), sessions::begin));
    router.get("/api/desk").handler(this::openSocket);
    router.post("/api/*").handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
    scripts.mount(router);
    recordings.mount(router);
    router.get("/api/hello").handler(this::hello);
    router.post("/api/login").handler(this::logIn);
    router.post("/api/logout").handler(this::logOut);
    router
        .route("/api/*")
        .handler(request -> Replies.refuse(request, 404, "not-found", "There is nothing here."));
    router.route("/assets/*").handler(StaticHandler.create("web/assets").setCachingEnabled(true));
    router.get().handler(StaticHandler.create("web").setCachingEnabled(false));
    // Every other address is a page of the front end.
    router.get().handler(request -> request.reroute("/index.html"));
    return router;
  }

  /// What is the asker's fault is answered; what is ours is logged too.
  private static void failed(RoutingContext request) {
    int status = request.statusCode() < 400 ? 500 : request.statusCode();
    // A request that never came whole, or not as HTTP has it, is no fault of ours.
    if (status >= 500 && !request.request().isEnded()) status = 400;
    if (status >= 500) log.error("A request failed.", request.failure());
    if (!request.response().ended()) {
      Replies.refuse(request, status, "failed", "This request cannot be answered.");
    }
  }

  private static void harden(RoutingContext request) {
    request
        .response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "same-origin")
        .putHeader(
            "Content-Security-Policy",
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                + " connect-src 'self'; frame-ancestors 'none'");
    request.next();
  }

  /// A page of somebody else's may not speak to us with our user's cookie.
  private void checkOrigin(RoutingContext request) {
    String origin = request.request().getHeader(HttpHeaders.ORIGIN);
    boolean socket = request.request().getHeader(HttpHeaders.UPGRADE) != null;
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

  private void hello(RoutingContext request) {
    var hello = new Hello(options.title(), user(request).map(Person::new), options.hints());
    Replies.reply(request, 200, hello);
  }

  private Optional<User> user(RoutingContext request) {
    return sessions.user(request).flatMap(accounts::find);
  }

  private void logIn(RoutingContext request) {
    Optional<ObjectNode> body =
        Json.parse(request.body().asString("UTF-8") instanceof String text ? text : "");
    if (body.isEmpty()) {
      Replies.refuse(request, 400, "bad-request", "Send {\"name\":…,\"password\":…} as JSON.");
      return;
    }
    String name = Json.text(body.get(), "name", 100);
    String password = Json.text(body.get(), "password", 1_000);
    if (accounts.locked(name)) {
      Replies.refuse(
          request, 429, "locked", "Too many wrong passwords. Wait a minute and try again.");
      return;
    }
    if (logIns >= MOST_LOG_INS) {
      Replies.refuse(
          request, 503, "overloaded", "Many people are logging in. Try again in a moment.");
      return;
    }
    logIns++;
    passwords
        .executeBlocking(() -> accounts.logIn(name, password), false)
        .onComplete(_ -> logIns--)
        .onSuccess(
            found ->
                found.ifPresentOrElse(
                    user -> loggedIn(request, user), () -> refused(request, name)))
        .onFailure(request::fail);
  }

  private void refused(RoutingContext request, String name) {
    // Of accounts that there are: a name may be a password in the wrong field.
    if (accounts.find(name).isPresent()) note(name, "log-in refused", request);
    Replies.refuse(request, 401, "wrong", "The name or the password is wrong.");
  }

  private void loggedIn(RoutingContext request, User user) {
    sessions.begin(request, user.name());
    note(user.name(), "logged in", request);
    if (user.is(Role.AGENT)) {
      engine.ask(new Input.LogIn(commandId(), new AgentId(user.name())), _ -> {});
    }
    loginTokens.remember(request, user.name(), () -> Replies.reply(request, 200, new Person(user)));
  }

  /// For the audit.
  private void note(String who, String what, RoutingContext request) {
    engine.note(new Input.Note(who, what, request.request().remoteAddress().hostAddress()));
  }

  private void logOut(RoutingContext request) {
    Optional<User> who = user(request);
    sessions.end(request);
    loginTokens.forget(request);
    who.ifPresent(user -> loggedOut(request, user));
    Replies.reply(request, 200, new Replies.Done());
  }

  private void loggedOut(RoutingContext request, User user) {
    note(user.name(), "logged out", request);
    if (user.is(Role.AGENT)) {
      engine.ask(new Input.LogOut(commandId(), new AgentId(user.name())), _ -> {});
    }
    hub.of(user.name()).forEach(desk -> desk.close(CLOSE_LOGGED_OUT, "logged out"));
  }

  private void openSocket(RoutingContext request) {
    Optional<User> known = user(request);
    if (known.isEmpty()) {
      Replies.refuse(request, 401, "not-logged-in", "Log in first.");
      return;
    }
    User user = known.get();
    Optional<String> asked = Optional.ofNullable(request.request().getParam("session"));
    if (asked.isPresent() && !DESK_SESSION.matcher(asked.get()).matches()) {
      Replies.refuse(
          request, 400, "bad-request", "A session has 8 to 64 letters, digits and dashes.");
      return;
    }
    // Nobody uses another's: a user's name has no slash.
    Optional<String> desk = asked.map(session -> user.name() + "/" + session);
    request.request().toWebSocket().onSuccess(socket -> opened(socket, user, desk));
  }

  private CommandId commandId() {
    return new CommandId(session, ++commandsGiven);
  }

  /// A desk belongs to the hub's loop, whichever loop the socket came in on.
  private void opened(ServerWebSocket socket, User user, Optional<String> session) {
    var desk = new DeskSocket(vertx, socket, user, session, hub.topics(), engine::now);
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
          if (left == 0 && user.is(Role.AGENT)) {
            engine.post(new Input.DeskClosed(new AgentId(user.name())));
          }
        });
    desk.begin();
    if (user.is(Role.AGENT)) {
      engine.post(new Input.DeskOpened(new AgentId(user.name())));
    }
  }

  /// Screens are told that the server stops, and come back by themselves when there is one again.
  @Override
  public void close() {
    hub.sayStopping().toCompletionStage().toCompletableFuture().join();
    Future<Void> closed = server == null ? Future.succeededFuture() : server.close();
    closed.toCompletionStage().toCompletableFuture().join();
  }
}
