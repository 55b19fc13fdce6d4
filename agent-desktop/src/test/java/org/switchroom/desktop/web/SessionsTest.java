package org.switchroom.desktop.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.NoCustomers;
import org.switchroom.cti.testkit.RecordedScreens;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.User;
import org.switchroom.desktop.testkit.MemoryLogIns;
import org.switchroom.desktop.testkit.TestCenter;

/// Log-ins: how they begin, what they outlive, and what ends them.
class SessionsTest {
  private static final String SESSION = "switchroom";
  private static final String BROWSER = "switchroom-browser";
  private static final int MOST = LogInLimits.MOST_OF_A_NAME;

  /// A password that is wrong, and takes until the test lets it.
  private static final String HELD = "held";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Each request that is under way has a connection of its own.
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final SecretHash hashes = new SecretHash(1);
  private final CompletableFuture<Void> letGo = new CompletableFuture<>();
  private Desks desks;
  private final FrailLogIns logIns = new FrailLogIns();
  @TempDir Path folder;
  private TestEngine engine;
  private WebServer web;
  private final ServerKey key = ServerKey.random();
  private volatile Instant now = Instant.parse("2026-11-28T09:00:00Z");

  /// Log-ins in memory, which may be away.
  private static final class FrailLogIns extends MemoryLogIns {
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean away;

    /// What the database does next takes until the test lets it; and that it does it.
    private final AtomicReference<Optional<CompletableFuture<Void>>> held =
        new AtomicReference<>(Optional.empty());

    private final CompletableFuture<Void> isHeld = new CompletableFuture<>();

    private void takesItsTime() {
      held.getAndSet(Optional.empty())
          .ifPresent(
              until -> {
                isHeld.complete(null);
                until.join();
              });
    }

    private void mayBeAway() {
      if (away) throw new IllegalStateException("The database is away.");
    }

    @Override
    public void add(String hash, LogIn logIn) {
      mayBeAway();
      takesItsTime();
      super.add(hash, logIn);
    }

    @Override
    public void remove(String hash) {
      mayBeAway();
      super.remove(hash);
    }

    @Override
    public void removeAllOf(String user) {
      mayBeAway();
      super.removeAllOf(user);
    }

    @Override
    public Optional<LogIn> find(String hash, Instant now) {
      looks.incrementAndGet();
      mayBeAway();
      Optional<LogIn> found = super.find(hash, now);
      takesItsTime();
      return found;
    }
  }

  @BeforeEach
  void open() {
    engine = new TestEngine(folder, 2, new RecordedScreens(), new NoCustomers());
    start(engine.settings.users());
  }

  private void start(List<User> users) {
    desks = Desks.open(new Settings.Web("127.0.0.1", 0), key);
    var hub = desks.hub();
    var options = new WebServer.Options("Test", List.of());
    var parts =
        new WebParts(null, null, null, null, logIns, null, null, null, null, Optional.empty());
    web = new WebServer(desks, options, users, engine.loop(), parts, () -> now, this::matches);
    web.start();
  }

  private boolean matches(String password, String hash) {
    if (password.equals("wrong-at-once")) return false;
    if (!password.equals(HELD)) return hashes.matches(password, hash);
    letGo.join();
    return false;
  }

  @AfterEach
  void close() {
    letGo.complete(null);
    web.close();
    engine.close();
    desks.close();
  }

  private CompletableFuture<HttpResponse<String>> send(
      String method, String path, String body, Map<String, String> cookies) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!cookies.isEmpty()) request.header("Cookie", header(cookies));
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String header(Map<String, String> cookies) {
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  /// What the answer gives the browser; a value that is empty takes it away.
  private static Map<String, String> cookies(HttpResponse<String> answer) {
    return answer.headers().allValues("set-cookie").stream()
        .flatMap(line -> HttpCookie.parse(line).stream())
        .collect(Collectors.toMap(HttpCookie::getName, HttpCookie::getValue, (_, last) -> last));
  }

  private HttpResponse<String> get(String path, Map<String, String> cookies) {
    return send("GET", path, "", cookies).join();
  }

  private CompletableFuture<HttpResponse<String>> logIn(String user, Map<String, String> cookies) {
    return logIn(user, TestCenter.PASSWORD, cookies);
  }

  private CompletableFuture<HttpResponse<String>> logIn(
      String user, String password, Map<String, String> cookies) {
    return send(
        "POST",
        "/api/login",
        "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(user, password),
        cookies);
  }

  private String session(String user) {
    return cookies(logIn(user, Map.of()).join()).get(SESSION);
  }

  private void isNobodys(String session) {
    assertThat(get("/api/hello", Map.of(SESSION, session)).body()).doesNotContain("\"user\"");
  }

  private void is(String user, String session) {
    assertThat(get("/api/hello", Map.of(SESSION, session)).body())
        .contains("\"name\":\"" + user + "\"");
  }

  /// The same server anew: what it remembered is gone, what it kept is there.
  private void startAgain(List<User> users) {
    web.close();
    desks.close();
    start(users);
  }

  /// One that somebody makes up, or has of another server.
  private static String planted() {
    return new SessionTokens(ServerKey.random()).issue();
  }

  @Test
  void whoIsNotLoggedInHasNoSession() {
    var answer = get("/api/hello", Map.of());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(cookies(answer)).isEmpty();
    assertThat(cookies(get("/api/hello", Map.of(SESSION, planted())))).isEmpty();
  }

  @Test
  void whatIsMadeUpCostsNoLookIntoTheDatabase() {
    String ours = session("a1");
    String wrong = ours.substring(0, ours.length() - 1) + (ours.endsWith("A") ? "B" : "A");
    for (String made : List.of(planted(), wrong, "", ".", "x".repeat(5_000), ours + ".")) {
      isNobodys(made);
    }
    assertThat(logIns.looks).hasValue(0);
  }

  @Test
  void aLogInHasASessionThatNobodyKnewBefore() {
    String planted = planted();
    String session = cookies(logIn("a1", Map.of(SESSION, planted)).join()).get(SESSION);
    assertThat(session).isNotEqualTo(planted);
    is("a1", session);
    isNobodys(planted);
  }

  /// Who has planted a log-in of their own into the browser of somebody has it ended, not shared.
  @Test
  void aSecondLogInAtABrowserEndsTheFirst() {
    String first = session("a1");
    String second = cookies(logIn("a2", Map.of(SESSION, first)).join()).get(SESSION);
    is("a2", second);
    isNobodys(first);
  }

  @Test
  void aLogInOutlivesTheServer() {
    String session = session("a1");
    startAgain(engine.settings.users());
    is("a1", session);
    is("a1", session);
    assertThat(logIns.looks).as("it is remembered").hasValue(1);
  }

  @Test
  void aLogInIsOverInTime() {
    String session = session("a1");
    now = now.plus(Sessions.LASTS).minusSeconds(1);
    is("a1", session);
    now = now.plusSeconds(1);
    isNobodys(session);
    startAgain(engine.settings.users());
    isNobodys(session);
  }

  @Test
  void aScreenIsClosedWhenItsLogInIsOverInTime() {
    var screen = new Screen(session("a1"));
    now = now.plus(Sessions.LASTS);
    // Whenever screens are looked at.
    web.replaceUsers(engine.settings.users());
    assertThat(screen.closed.join()).isEqualTo(4001);
  }

  @Test
  void whoComesBackDoesNotWaitForThoseWhoLogIn() {
    String session = session("a1");
    startAgain(engine.settings.users());
    var others =
        IntStream.range(0, 50)
            .mapToObj(number -> logIn("nobody" + number, HELD, Map.of()))
            .toList();
    is("a1", session);
    assertThat(others).noneMatch(CompletableFuture::isDone);
    letGo.complete(null);
    assertThat(others.stream().map(other -> other.join().statusCode())).containsOnly(401);
  }

  /// However many are sent at once: none is looked at before it is counted.
  @Test
  void guessesAreCountedBeforeTheyAreLookedAt() {
    var guesses = IntStream.range(0, 60).mapToObj(number -> logIn("a1", HELD, Map.of())).toList();
    Await.until(
        () -> guesses.stream().filter(CompletableFuture::isDone).count() == 60 - MOST,
        "all but as many as may be tried are refused",
        PATIENCE);
    letGo.complete(null);
    assertThat(guesses.stream().map(guess -> guess.join().statusCode()).filter(s -> s == 401))
        .hasSize(MOST);
  }

  @Test
  void whoGuessesDoesNotLockOutABrowserThatIsKnown() {
    String browser = cookies(logIn("a1", Map.of()).join()).get(BROWSER);
    for (int i = 0; i < MOST; i++) logIn("a1", "wrong", Map.of()).join();
    assertThat(logIn("a1", Map.of()).join().statusCode()).as("a stranger's").isEqualTo(429);
    assertThat(logIn("a1", Map.of(BROWSER, browser)).join().statusCode()).isEqualTo(200);
    assertThat(logIn("a2", Map.of(BROWSER, browser)).join().statusCode())
        .as("another name is not locked")
        .isEqualTo(200);
    for (int i = 0; i < MOST; i++) logIn("a1", "wrong", Map.of(BROWSER, browser)).join();
    assertThat(logIn("a1", Map.of(BROWSER, browser)).join().statusCode())
        .as("a browser that was stolen guesses no more than others")
        .isEqualTo(429);
  }

  /// Who has had a password guesses no more at the next one than any stranger.
  @Test
  void anotherPasswordForgetsTheBrowsersThatWereKnown() {
    String browser = cookies(logIn("a1", Map.of()).join()).get(BROWSER);
    web.replaceUsers(with(changed("a1", user -> user.withTitle("Still Ann"))));
    for (int i = 0; i < MOST; i++) logIn("a1", "wrong", Map.of()).join();
    assertThat(logIn("a1", Map.of(BROWSER, browser)).join().statusCode())
        .as("another title is nothing")
        .isEqualTo(200);
    web.replaceUsers(
        with(changed("a1", user -> user.withPasswordHash(SecretHash.of("another password")))));
    assertThat(logIn("a1", Map.of(BROWSER, browser)).join().statusCode()).isEqualTo(429);
  }

  /// Names that a browser was known for are not everybody's at it.
  @Test
  void aBrowserIsKnownForItsOwnUsersAlone() {
    String browser = cookies(logIn("a1", Map.of()).join()).get(BROWSER);
    for (int i = 0; i < MOST; i++) logIn("a2", "wrong", Map.of()).join();
    assertThat(logIn("a2", Map.of(BROWSER, browser)).join().statusCode()).isEqualTo(429);
  }

  @Test
  void anAddressGuessesAtSoManyNamesAndNoMore() {
    for (int i = 0; i < LogInLimits.MOST_OF_AN_ADDRESS; i++) {
      assertThat(logIn("n" + i, "wrong-at-once", Map.of()).join().statusCode()).isEqualTo(401);
    }
    assertThat(logIn("one-more", "wrong-at-once", Map.of()).join().statusCode()).isEqualTo(429);
  }

  @Test
  void whoLogsOutIsOutHereAndNowhereElse() {
    String here = session("a1");
    String there = session("a1");
    send("POST", "/api/logout", "", Map.of(SESSION, here)).join();
    isNobodys(here);
    is("a1", there);
    startAgain(engine.settings.users());
    isNobodys(here);
    is("a1", there);
  }

  @Test
  void whoLogsOutEverywhereIsOutEverywhereWithEveryScreen() {
    String here = session("a1");
    String there = session("a1");
    String other = session("a2");
    var screen = new Screen(there);
    send("POST", "/api/logout-everywhere", "", Map.of(SESSION, here)).join();
    assertThat(screen.closed.join()).isEqualTo(4001);
    isNobodys(here);
    isNobodys(there);
    startAgain(engine.settings.users());
    isNobodys(there);
    is("a2", other);
  }

  /// What was found of it before is what the database said then.
  @Test
  void aLogInThatIsLookedUpWhileAllAreEndedIsOver() {
    String there = session("a1");
    startAgain(engine.settings.users());
    String here = session("a1");
    var until = new CompletableFuture<Void>();
    logIns.held.set(Optional.of(until));
    var comes = send("GET", "/api/hello", "", Map.of(SESSION, there));
    logIns.isHeld.join();
    send("POST", "/api/logout-everywhere", "", Map.of(SESSION, here)).join();
    until.complete(null);
    assertThat(comes.join().body()).doesNotContain("\"user\"");
    isNobodys(there);
  }

  @Test
  void aLogInThatIsBeingKeptWhileAllAreEndedIsNotKept() {
    String here = session("a1");
    var until = new CompletableFuture<Void>();
    logIns.held.set(Optional.of(until));
    var comes = logIn("a1", Map.of());
    logIns.isHeld.join();
    send("POST", "/api/logout-everywhere", "", Map.of(SESSION, here)).join();
    until.complete(null);
    String there = cookies(comes.join()).get(SESSION);
    isNobodys(there);
    Await.until(logIns::isEmpty, "nothing is kept", PATIENCE);
    startAgain(engine.settings.users());
    isNobodys(there);
  }

  @Test
  void whoLogsOutEverywhereWhileTheDatabaseIsAwayIsToldSo() {
    String here = session("a1");
    String there = session("a1");
    logIns.away = true;
    var answer = send("POST", "/api/logout-everywhere", "", Map.of(SESSION, here)).join();
    assertThat(answer.statusCode()).isEqualTo(503);
    isNobodys(there);
  }

  private User changed(String name, UnaryOperator<User> change) {
    return engine.settings.users().stream()
        .filter(user -> user.name().equals(name))
        .map(change)
        .findFirst()
        .orElseThrow();
  }

  private List<User> with(User changed) {
    return engine.settings.users().stream()
        .map(user -> user.name().equals(changed.name()) ? changed : user)
        .toList();
  }

  /// Whether the server runs when it happens or not.
  @Test
  void anotherPasswordAnotherRoleAndNoUserAnyMoreEndLogInsAndScreens() {
    List<List<User>> changes =
        List.of(
            with(changed("sup", user -> user.withPasswordHash(SecretHash.of("another")))),
            with(changed("sup", user -> user.withRoles(Set.of(User.Role.QUALITY_INSPECTOR)))),
            engine.settings.users().stream().filter(user -> !user.name().equals("sup")).toList());
    for (List<User> users : changes) {
      String session = session("sup");
      String other = session("a1");
      var screen = new Screen(session);
      var stays = new Screen(other);
      web.replaceUsers(users);
      assertThat(screen.closed.join()).isEqualTo(4001);
      isNobodys(session);
      is("a1", other);
      assertThat(stays.closed).isNotDone();
      stays.socket.abort();
      web.replaceUsers(engine.settings.users());
      String again = session("sup");
      startAgain(users);
      isNobodys(again);
      startAgain(engine.settings.users());
    }
  }

  /// What does not change who somebody is.
  @Test
  void anotherTitleEndsNothing() {
    String session = session("sup");
    web.replaceUsers(with(changed("sup", user -> user.withTitle("Boss"))));
    assertThat(get("/api/hello", Map.of(SESSION, session)).body()).contains("Boss");
  }

  /// A desk's screen, until it is closed.
  private final class Screen {
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    final WebSocket socket;

    Screen(String session) {
      var hello = new CompletableFuture<CharSequence>();
      socket =
          http.newWebSocketBuilder()
              .header("Cookie", header(Map.of(SESSION, session)))
              .header("Origin", "http://127.0.0.1:" + web.port())
              .buildAsync(
                  URI.create("ws://127.0.0.1:" + web.port() + "/api/desk"),
                  new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(
                        WebSocket from, CharSequence text, boolean last) {
                      hello.complete(text);
                      from.request(1);
                      return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                      closed.complete(code);
                      return null;
                    }
                  })
              .join();
      hello.join();
    }
  }
}
