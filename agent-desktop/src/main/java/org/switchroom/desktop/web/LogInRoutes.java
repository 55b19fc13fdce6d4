package org.switchroom.desktop.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.cti.event.Deed;
import org.switchroom.desktop.settings.Permission;
import org.switchroom.desktop.settings.User;
import org.switchroom.desktop.web.LogInLimits.Attempt;
import org.switchroom.desktop.web.Peers.Peer;

/// Logging in and out, and who one is.
///
/// A second factor and passkeys would stand between a right password and [#loggedIn].
final class LogInRoutes {
  private static final int LARGEST_BODY = 4 << 10;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_PASSWORD = 1_000;

  /// Passwords of strangers that wait to be checked, and as many of known browsers; hashing is slow
  /// on purpose, so one more is told to come again.
  static final int MOST_WAITING = 500;

  /// Passwords checked at once: each takes a processor for a while, and half of them are for calls.
  static final int CHECKED_AT_ONCE = Math.max(Runtime.getRuntime().availableProcessors() / 2, 1);

  private static final String BROWSER = "switchroom-browser";
  private static final Duration BROWSER_LASTS = Duration.ofDays(400);

  /// @param user who is logged in
  /// @param hints only the demo has any
  record Hello(String title, Optional<Person> user, List<LogInHint> hints)
      implements Replies.Body {}

  /// A user as screens show them.
  ///
  /// @param may what they may do
  /// @param phone their browser can be their telephone
  record Person(String name, String title, List<Permission> may, boolean phone)
      implements Replies.Body {
    Person(User user) {
      this(
          user.name(),
          user.title(),
          List.of(Permission.values()).stream().filter(user::may).toList(),
          user.may(Permission.SERVE) && user.browserPhone().isPresent());
    }
  }

  private final String title;
  private final List<LogInHint> hints;
  private final Accounts accounts;
  private final Sessions sessions;
  private final KnownBrowsers browsers;
  private final Peers peers;
  private final Desk desk;
  private final Notes notes;
  private final LogInLimits limits = new LogInLimits(Ticker.systemTicker());

  /// Passwords are checked here alone: those who come back to their desks wait for none of it, and
  /// those whose browser is known wait for no stranger.
  private final Line strangers;

  private final Line known;

  /// What becomes of the user's desk.
  interface Desk {
    void loggedIn(User user);

    /// No screen of this log-in shows anything any more.
    void loggedOut(Sessions.Session session);

    /// No screen of the user's shows anything any more.
    void loggedOutEverywhere(String user);
  }

  /// Those who wait for their password to be checked.
  private static final class Line {
    private final WorkerExecutor workers;
    private int waiting;

    Line(Vertx vertx, String name, int atOnce) {
      workers = vertx.createSharedWorkerExecutor(name, atOnce);
    }
  }

  LogInRoutes(
      Vertx vertx,
      String title,
      List<LogInHint> hints,
      ServerKey key,
      Accounts accounts,
      Sessions sessions,
      Peers peers,
      Desk desk,
      Notes notes) {
    this.title = title;
    this.hints = hints;
    this.accounts = accounts;
    this.sessions = sessions;
    browsers = new KnownBrowsers(key);
    this.peers = peers;
    this.desk = desk;
    this.notes = notes;
    strangers = new Line(vertx, "passwords", CHECKED_AT_ONCE);
    known = new Line(vertx, "passwords-known", CHECKED_AT_ONCE);
  }

  void mount(Routes routes) {
    routes.get("/api/hello", Routes.ANYBODY, this::hello);
    routes.add(HttpMethod.POST, "/api/login", Routes.ANYBODY, LARGEST_BODY, this::logIn);
    routes.add(HttpMethod.POST, "/api/logout", Routes.ANYBODY, Routes.NO_BODY, this::logOut);
    routes.add(
        HttpMethod.POST,
        "/api/logout-everywhere",
        Routes.LOGGED_IN,
        Routes.NO_BODY,
        this::logOutEverywhere);
    routes.add(
        HttpMethod.POST,
        "/api/users/:name/logout",
        Routes.with(Permission.END_LOG_INS),
        Routes.NO_BODY,
        this::logOutAnother);
  }

  private void hello(RoutingContext request) {
    Replies.reply(request, 200, new Hello(title, sessions.user(request).map(Person::new), hints));
  }

  private void logIn(RoutingContext request) {
    Optional<ObjectNode> body = Json.body(request);
    if (body.isEmpty()) {
      Replies.refuse(request, 400, "bad-request", "Send {\"name\":…,\"password\":…} as JSON.");
      return;
    }
    String name = Json.text(body.get(), "name", LONGEST_NAME);
    String password = Json.text(body.get(), "password", LONGEST_PASSWORD);
    String hash = accounts.find(name).map(User::passwordHash).orElse("");
    Optional<String> browser = browsers.token(browser(request), name, hash);
    Optional<Attempt> attempt = limits.begin(name, peer(request).source(), browser);
    Line line = browser.isPresent() ? known : strangers;
    if (attempt.isEmpty()) {
      Replies.refuse(
          request, 429, "locked", "Too many wrong passwords. Wait a minute and try again.");
    } else if (line.waiting >= MOST_WAITING) {
      attempt.get().isNoGuess();
      Replies.refuse(
          request, 503, "overloaded", "Many people are logging in. Try again in a moment.");
    } else {
      check(request, name, password, line, attempt.get());
    }
  }

  private void check(
      RoutingContext request, String name, String password, Line line, Attempt attempt) {
    line.waiting++;
    line.workers
        .executeBlocking(() -> accounts.logIn(name, password), false)
        .onComplete(_ -> line.waiting--)
        .onSuccess(
            found ->
                found.ifPresentOrElse(
                    user -> {
                      attempt.isNoGuess();
                      loggedIn(request, user);
                    },
                    () -> refused(request, name)))
        .onFailure(request::fail);
  }

  private void refused(RoutingContext request, String name) {
    // Of accounts that there are: a name may be a password in the wrong field.
    if (accounts.find(name).isPresent())
      notes.note(name, Deed.LOG_IN_REFUSED, peer(request).address());
    Replies.refuse(request, 401, "wrong", "The name or the password is wrong.");
  }

  private void loggedIn(RoutingContext request, User user) {
    notes.note(user.name(), Deed.LOGGED_IN, peer(request).address());
    desk.loggedIn(user);
    String known = browsers.known(browser(request), user);
    request.response().addCookie(sessions.cookie(request, BROWSER, known, BROWSER_LASTS));
    sessions.begin(request, user).onComplete(_ -> Replies.reply(request, 200, new Person(user)));
  }

  private static String browser(RoutingContext request) {
    Cookie cookie = request.request().getCookie(BROWSER);
    return cookie == null ? "" : cookie.getValue();
  }

  private Peer peer(RoutingContext request) {
    return peers.of(request.request());
  }

  private void logOut(RoutingContext request) {
    sessions
        .of(request)
        .ifPresent(
            session -> {
              notes.note(session.user().name(), Deed.LOGGED_OUT, peer(request).address());
              sessions.end(request);
              desk.loggedOut(session);
            });
    Replies.reply(request, 200, new Replies.Done());
  }

  private void logOutEverywhere(RoutingContext request) {
    String user = sessions.user(request).orElseThrow().name();
    notes.note(user, Deed.LOGGED_OUT_EVERYWHERE, peer(request).address());
    sessions.end(request);
    everywhere(request, user);
  }

  private void logOutAnother(RoutingContext request) {
    String by = sessions.user(request).orElseThrow().name();
    String user = request.pathParam("name");
    if (accounts.find(user).isEmpty()) {
      Replies.refuse(request, 404, "not-found", "There is no such user.");
      return;
    }
    notes.note(by, Deed.LOGGED_ANOTHER_OUT, user);
    everywhere(request, user);
  }

  private void everywhere(RoutingContext request, String user) {
    desk.loggedOutEverywhere(user);
    sessions
        .endAll(user)
        .onSuccess(_ -> Replies.reply(request, 200, new Replies.Done()))
        .onFailure(
            _ ->
                Replies.refuse(
                    request,
                    503,
                    "not-saved",
                    "The log-ins are over, but would come back with a restart of the server: the"
                        + " database does not answer. Try again."));
  }
}
