package org.switchroom.desktop.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.customer.LogIns;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.cti.testkit.NoCustomers;
import org.switchroom.desktop.testkit.TestCenter;

/// Who has planted a session into somebody's browser gains nothing by it.
class SessionsTest {
  private static final String SESSION = "switchroom";
  private static final String TOKEN = "switchroom-login";

  /// A password that is wrong, and takes until the test lets it.
  private static final String HELD = "held";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Each request that is under way has a connection of its own.
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final SecretHash hashes = new SecretHash(1);
  private final CompletableFuture<Void> letGo = new CompletableFuture<>();
  private final Vertx vertx = Vertx.vertx();
  private final SlowLogIns logIns = new SlowLogIns();
  @TempDir Path folder;
  private TestEngine engine;
  private WebServer web;

  /// Log-ins in memory, which may take their time.
  private static final class SlowLogIns implements LogIns {
    private final Map<String, String> users = new ConcurrentHashMap<>();
    private final Semaphore asked = new Semaphore(0);
    private final Semaphore goesOn = new Semaphore(1_000);

    private void takeTime() {
      asked.release();
      goesOn.acquireUninterruptibly();
    }

    @Override
    public void add(String hash, String user, Instant until) {
      takeTime();
      users.put(hash, user);
    }

    @Override
    public void remove(String hash) {
      users.remove(hash);
    }

    @Override
    public Optional<String> user(String hash, Instant now) {
      takeTime();
      return Optional.ofNullable(users.get(hash));
    }
  }

  @BeforeEach
  void open() {
    var hub = new DeskHub(vertx);
    engine = new TestEngine(folder, 2, hub, new NoCustomers());
    var options = new WebServer.Options("127.0.0.1", 0, "Test", List.of());
    var parts = new WebParts(null, null, null, logIns, Optional.empty());
    var users = engine.settings.users();
    web =
        new WebServer(
            vertx, options, users, hub, engine.loop(), parts, Instant::now, this::matches);
    web.start();
  }

  private boolean matches(String password, String hash) {
    if (!password.equals(HELD)) return hashes.matches(password, hash);
    letGo.join();
    return false;
  }

  @AfterEach
  void close() {
    letGo.complete(null);
    logIns.goesOn.release(1_000);
    web.close();
    engine.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
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

  /// A session of nobody's, whose id somebody knows.
  private String planted() {
    return cookies(get("/api/hello", Map.of())).get(SESSION);
  }

  private String token(String user) {
    return cookies(logIn(user, Map.of()).join()).get(TOKEN);
  }

  private void isNobodys(String session) {
    assertThat(get("/api/hello", Map.of(SESSION, session)).body()).doesNotContain("\"user\"");
  }

  private void is(String user, Map<String, String> cookies) {
    assertThat(get("/api/hello", cookies).body()).contains("\"name\":\"" + user + "\"");
  }

  @Test
  void aLogInHasASessionThatNobodyKnewBefore() {
    String planted = planted();
    String session = cookies(logIn("a1", Map.of(SESSION, planted)).join()).get(SESSION);
    assertThat(session).isNotEqualTo(planted);
    is("a1", Map.of(SESSION, session));
    isNobodys(planted);
  }

  @Test
  void whoComesBackDoesNotWaitForThoseWhoLogIn() {
    String token = token("a1");
    var others =
        IntStream.rangeClosed(0, WebServer.MOST_LOG_INS)
            .mapToObj(number -> logIn("nobody" + number, HELD, Map.of()))
            .toList();
    // One is too many: so many others are being checked.
    CompletableFuture.anyOf(others.toArray(CompletableFuture[]::new)).join();
    is("a1", Map.of(TOKEN, token));
    assertThat(others.stream().filter(other -> !other.isDone()))
        .as("log-ins that are not done yet")
        .hasSize(WebServer.MOST_LOG_INS);
    letGo.complete(null);
    assertThat(others.stream().map(other -> other.join().statusCode()))
        .hasSize(WebServer.MOST_LOG_INS + 1)
        .containsOnlyOnce(503)
        .containsOnly(401, 503);
  }

  @Test
  void aSecondLogInAtABrowserEndsTheFirst() {
    String first = cookies(logIn("a1", Map.of()).join()).get(SESSION);
    String second = cookies(logIn("a2", Map.of(SESSION, first)).join()).get(SESSION);
    is("a2", Map.of(SESSION, second));
    isNobodys(first);
  }

  @Test
  void aRecalledLogInHasASessionThatNobodyKnewBefore() {
    String token = token("a1");
    String planted = planted();
    var recalled = get("/api/hello", Map.of(SESSION, planted, TOKEN, token));
    assertThat(recalled.body()).contains("\"name\":\"a1\"");
    String session = cookies(recalled).get(SESSION);
    assertThat(session).isNotNull().isNotEqualTo(planted);
    is("a1", Map.of(SESSION, session));
    isNobodys(planted);
  }

  @Test
  void alsoWhereTheRequestIsRefused() {
    String token = token("a1");
    String planted = planted();
    var recalled = get("/api/nothing", Map.of(SESSION, planted, TOKEN, token));
    assertThat(recalled.statusCode()).isEqualTo(404);
    is("a1", Map.of(SESSION, cookies(recalled).get(SESSION)));
    isNobodys(planted);
  }

  @Test
  void alsoWhereTheFirstToComeIsTheDesksSocket() {
    String token = token("a1");
    String planted = planted();
    var hello = new CompletableFuture<CharSequence>();
    WebSocket socket =
        http.newWebSocketBuilder()
            .header("Cookie", header(Map.of(SESSION, planted, TOKEN, token)))
            .header("Origin", "http://127.0.0.1:" + web.port())
            .buildAsync(
                URI.create("ws://127.0.0.1:" + web.port() + "/api/desk"),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(
                      WebSocket from, CharSequence text, boolean last) {
                    hello.complete(text);
                    return null;
                  }
                })
            .join();
    assertThat(hello.join()).contains("hello");
    isNobodys(planted);
    socket.abort();
  }

  @Test
  void alsoWhileItTakesItsTime() throws Exception {
    String token = token("a1");
    String planted = planted();
    logIns.goesOn.drainPermits();
    logIns.asked.drainPermits();
    var loggingIn = logIn("a1", Map.of(SESSION, planted));
    logIns.asked.acquire();
    isNobodys(planted);
    var recalling = get(planted, token);
    logIns.asked.acquire();
    isNobodys(planted);
    logIns.goesOn.release(1_000);
    is("a1", Map.of(SESSION, cookies(loggingIn.join()).get(SESSION)));
    is("a1", Map.of(SESSION, cookies(recalling.join()).get(SESSION)));
    isNobodys(planted);
  }

  private CompletableFuture<HttpResponse<String>> get(String session, String token) {
    return send("GET", "/api/hello", "", Map.of(SESSION, session, TOKEN, token));
  }

  @Test
  void whoLogsOutIsOut() {
    String token = token("a1");
    var out = send("POST", "/api/logout", "", Map.of(TOKEN, token)).join();
    String session = cookies(out).getOrDefault(SESSION, "");
    assertThat(get("/api/hello", Map.of(SESSION, session, TOKEN, token)).body())
        .doesNotContain("\"user\"");
  }
}
