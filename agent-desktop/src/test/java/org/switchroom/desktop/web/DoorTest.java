package org.switchroom.desktop.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.LogWatch;
import org.switchroom.cti.testkit.NoCustomers;
import org.switchroom.cti.testkit.RecordedScreens;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.SettingsWebBuilder;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.MemoryLogIns;
import org.switchroom.desktop.testkit.TestCenter;

/// What strangers do at the web server's door, byte by byte.
class DoorTest {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Connections.Times QUICK = new Connections.Times(SOON, SOON, SOON);

  private final ServerKey key = ServerKey.random();
  private Desks desks;
  private final List<Socket> sockets = new ArrayList<>();
  @TempDir Path folder;
  private TestEngine engine;
  private WebServer web;

  @BeforeEach
  void open() {
    engine = new TestEngine(folder, 2, new RecordedScreens(), new NoCustomers());
  }

  private void start(Settings.Web settings, Connections.Times times) {
    open(settings, times);
    web.start();
  }

  private void open(Settings.Web settings, Connections.Times times) {
    var options = new WebServer.Options("Test", List.of());
    var parts =
        new WebParts(
            null, null, null, null, new MemoryLogIns(), null, null, null, null, Optional.empty());
    desks = Desks.open(settings, key, times);
    web =
        new WebServer(
            desks,
            options,
            engine.settings.users(),
            engine.loop(),
            parts,
            Instant::now,
            (_, _) -> true);
  }

  private void start(Connections.Times times) {
    start(new Settings.Web("127.0.0.1", 0), times);
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) socket.close();
    if (web != null) web.close();
    engine.close();
    if (desks != null) desks.close();
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), web.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    sockets.add(socket);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// The first line of the answer; empty: the line was closed.
  private static String answer(Socket socket) throws IOException {
    var line = new StringBuilder();
    try {
      int next;
      while ((next = socket.getInputStream().read()) >= 0 && next != '\r') line.append((char) next);
    } catch (IOException e) {
      if (!"Connection reset".equals(e.getMessage())) throw e;
    }
    return line.toString();
  }

  private String ask(String request) throws IOException {
    try (Socket socket = connect()) {
      write(socket, request);
      return answer(socket);
    }
  }

  /// While the ledger is still read.
  @Test
  void thePageIsThereBeforeTheEngineAndWhatIsAskedOfItWaits() throws IOException {
    open(new Settings.Web("127.0.0.1", 0), Connections.Times.USUAL);
    Socket asks = connect();
    write(asks, hello("127.0.0.1:" + web.port()));
    Socket logsIn = connect();
    String body = "{\"name\":\"nobody\",\"password\":\"x\"}";
    write(
        logsIn,
        "POST /api/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body));
    Socket leaves = connect();
    write(leaves, hello("127.0.0.1:" + web.port()));
    Await.until(() -> desks.door().waiting() == 3, "three wait", Duration.ofSeconds(10));
    leaves.close();
    Await.until(
        () -> desks.door().waiting() == 2, "who has left is forgotten", Duration.ofSeconds(10));
    assertThat(ask("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")).startsWith("HTTP/1.1 200");
    assertThat(asks.getInputStream().available()).isZero();
    web.start();
    assertThat(answer(asks)).startsWith("HTTP/1.1 200");
    assertThat(answer(logsIn)).startsWith("HTTP/1.1 401");
  }

  /// Strangers' bodies would take all the memory that there is for them. Who has none is read on,
  /// so that it is noticed when they leave.
  @Test
  void ofABodyThatWaitsNothingMoreIsRead() throws IOException {
    open(new Settings.Web("127.0.0.1", 0), Connections.Times.USUAL);
    String body = "{\"name\":\"a1\",\"password\":\"x\"}";
    String head = "POST /api/login HTTP/1.1\r\nHost: localhost\r\n";
    Socket none = connect();
    write(none, hello("localhost"));
    Socket known = connect();
    write(known, head + "Content-Length: %d\r\n\r\n".formatted(body.length()));
    Socket chunked = connect();
    write(chunked, head + "Transfer-Encoding: chunked\r\n\r\n");
    Await.until(() -> desks.door().waiting() == 3, "all wait", Duration.ofSeconds(10));
    assertThat(desks.door().connections().unread()).isEqualTo(2);
    web.start();
    write(known, body + hello("localhost"));
    write(chunked, "%x\r\n%s\r\n0\r\n\r\n".formatted(body.length(), body));
    assertThat(answered(none)).isTrue();
    assertThat(answered(known)).isTrue();
    assertThat(answered(known)).as("what follows").isTrue();
    assertThat(answer(chunked)).isEqualTo("HTTP/1.1 200 OK");
  }

  /// Their number is what one address may have of strangers' and more.
  @Test
  void whoHasLoggedInBeforeIsNoStrangerWhileTheLedgerIsRead() throws IOException {
    open(new Settings.Web("127.0.0.1", 0), Connections.Times.USUAL);
    String cookie = "Cookie: switchroom=" + new SessionTokens(key).issue();
    String forged = "Cookie: switchroom=" + new SessionTokens(ServerKey.random()).issue();
    var screens = new ArrayList<Socket>();
    for (int i = 0; i < Connections.MOST_OF_AN_ADDRESS + 50; i++) {
      screens.add(connect());
      write(screens.getLast(), hello("localhost", cookie));
      // Until they have said who they are, they are strangers, too.
      Await.until(
          () -> desks.door().waiting() == screens.size(), "it waits", Duration.ofSeconds(10));
    }
    assertThat(desks.door().connections().strangers()).isZero();
    write(connect(), hello("localhost", forged));
    Await.until(
        () -> desks.door().connections().strangers() == 1,
        "a token that we have not made is a stranger's",
        Duration.ofSeconds(10));
    web.start();
    for (Socket screen : screens) assertThat(answered(screen)).isTrue();
  }

  /// It may be a long ledger.
  @Test
  void whatWaitsForTheApiIsNotTimedAndWhatFollowsIs() throws IOException {
    open(
        new Settings.Web("127.0.0.1", 0),
        new Connections.Times(Duration.ofSeconds(60), Duration.ofSeconds(60), SOON));
    String head = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{";
    Socket whole = connect();
    write(whole, hello("localhost"));
    Socket half = connect();
    write(half, head.formatted("/api/login"));
    Await.until(() -> desks.door().waiting() == 2, "both wait", Duration.ofSeconds(10));
    // Of the same loop: it comes after what would have been theirs.
    var later = new CompletableFuture<Void>();
    desks.vertx().setTimer(SOON.toMillis() + 1, _ -> later.complete(null));
    later.join();
    web.start();
    assertThat(answered(whole)).isTrue();
    assertThat(answer(half)).as("the rest does not come").isEmpty();
  }

  @Test
  void whoIsGoneIsTimedNoMore() throws IOException {
    open(new Settings.Web("127.0.0.1", 0), Connections.Times.USUAL);
    Connections connections = desks.door().connections();
    var leave = new ArrayList<Socket>();
    for (int i = 0; i < 100; i++) {
      leave.add(connect());
      write(leave.getLast(), hello("localhost"));
    }
    Await.until(() -> desks.door().waiting() == 100, "all wait", Duration.ofSeconds(10));
    for (Socket one : leave) {
      // Half of them with a reset.
      if (leave.indexOf(one) % 2 == 0) one.setSoLinger(true, 0);
      one.close();
    }
    Socket last = connect();
    write(last, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(answered(last)).isTrue();
    last.close();
    Await.until(() -> connections.open() == 0, "all are gone", Duration.ofSeconds(10));
    Await.until(() -> desks.door().waiting() == 0, "nobody waits", Duration.ofSeconds(10));
    assertThat(connections.timers()).isZero();
  }

  private static String hello(String host, String... more) {
    return "GET /api/hello HTTP/1.1\r\nHost: %s\r\n%s\r\n"
        .formatted(host, String.join("", List.of(more).stream().map(l -> l + "\r\n").toList()));
  }

  @Test
  void aRequestThatDoesNotComeWholeIsGivenUp() throws Exception {
    start(QUICK);
    Socket silent = connect();
    Socket half = connect();
    write(half, "GET /api/hello HT");
    Socket body = connect();
    write(body, "POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
    assertThat(answer(silent)).isEmpty();
    assertThat(answer(half)).isEmpty();
    assertThat(answer(body)).isEmpty();
  }

  /// A byte now and then makes no difference.
  @Test
  void noRequestTricklesForEver() throws Exception {
    start(QUICK);
    Socket slow = connect();
    Instant given = Instant.now().plusSeconds(20);
    boolean closed = false;
    slow.setSoTimeout(50);
    while (!closed && Instant.now().isBefore(given)) {
      try {
        write(slow, "G");
        closed = slow.getInputStream().read() < 0;
      } catch (java.net.SocketTimeoutException e) {
        // nothing yet
      } catch (IOException e) {
        closed = true;
      }
    }
    assertThat(closed).isTrue();
  }

  @Test
  void aBodyThatIsThereIsNotTimedAnyMore() throws Exception {
    start(new Connections.Times(SOON, Duration.ofSeconds(60), SOON));
    Socket socket = connect();
    String body = "{\"name\":\"a1\",\"password\":\"x\"}";
    write(
        socket,
        "POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body));
    assertThat(answer(socket)).isEqualTo("HTTP/1.1 200 OK");
    socket.setSoTimeout((int) SOON.multipliedBy(3).toMillis());
    try {
      while (socket.getInputStream().read() >= 0) {
        // the rest of the answer
      }
      assertThat(true).as("the line was closed").isFalse();
    } catch (java.net.SocketTimeoutException e) {
      // It is open still.
    }
  }

  @Test
  void ofTooManyStrangersTheOldestIsClosedAndNobodyElse() throws Exception {
    start(Connections.Times.USUAL);
    try (var desk = DeskClient.logIn(web.port(), "a1", TestCenter.PASSWORD)) {
      desk.await(m -> m.has("now"));
      Socket speaks = connect();
      var strangers = new ArrayList<Socket>();
      for (int i = 0; i < Connections.MOST_OF_AN_ADDRESS + 50; i++) {
        strangers.add(connect());
        if (i != 100) continue;
        // They are taken in as they come: with the last of them the others are there.
        write(strangers.getLast(), hello("localhost"));
        assertThat(answered(strangers.getLast())).isTrue();
        write(speaks, hello("localhost"));
        assertThat(answered(speaks)).isTrue();
      }
      for (Socket old : strangers.subList(0, 50)) assertThat(answer(old)).isEmpty();
      write(speaks, hello("localhost"));
      assertThat(answered(speaks)).as("who speaks is not the oldest any more").isTrue();
      assertThat(ask(hello("localhost"))).isEqualTo("HTTP/1.1 200 OK");
      Socket last = strangers.getLast();
      write(last, hello("localhost"));
      assertThat(answer(last)).isEqualTo("HTTP/1.1 200 OK");
      assertThat(desk.askAndWait("hold").path("code").asText()).isEqualTo("no-call");
    }
  }

  /// The compressor, which was made for fewer, throws at each of too many.
  @Test
  void whoAsksOnAndOnBeforeTheAnswerIsClosed() throws Exception {
    start(Connections.Times.USUAL);
    Socket few = connect();
    write(few, hello("localhost").repeat(Pipelined.MOST));
    for (int i = 0; i < Pipelined.MOST; i++) assertThat(answered(few)).isTrue();
    write(few, hello("localhost"));
    assertThat(answered(few)).as("what is answered is counted no more").isTrue();
    Socket many = connect();
    write(many, hello("localhost").repeat(300));
    int answers = 0;
    while (answered(many)) answers++;
    assertThat(answers).isLessThanOrEqualTo(Pipelined.MOST);
    assertThat(ask(hello("localhost"))).isEqualTo("HTTP/1.1 200 OK");
  }

  /// Vert.x would tell the reset also to those requests that it has not begun, and fail at that.
  @Test
  void whoLeavesBeforeTheAnswersIsNoTraceInTheLog() throws Exception {
    open(new Settings.Web("127.0.0.1", 0), Connections.Times.USUAL);
    try (var log = LogWatch.ofAll()) {
      for (int i = 0; i < 10; i++) {
        Socket leaves = connect();
        write(leaves, hello("localhost").repeat(2));
        Await.until(() -> desks.door().waiting() == 1, "it waits", Duration.ofSeconds(10));
        leaves.setSoLinger(true, 0);
        leaves.close();
        Await.until(
            () -> desks.door().connections().open() == 0, "it is gone", Duration.ofSeconds(10));
      }
      assertThat(log.said(Level.WARN)).isEmpty();
      assertThat(log.said(Level.ERROR)).isEmpty();
    }
  }

  @Test
  void aBodyThatCannotBeReadIsTheAskersFaultAndNoTraceInTheLog() throws Exception {
    start(Connections.Times.USUAL);
    String head =
        "POST /api/login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
    try (var log = LogWatch.ofAll()) {
      for (String body :
          List.of(
              "zz\r\nhello\r\n",
              "-5\r\nhello\r\n",
              "7fffffffffffffff\r\nhello",
              "5\r\nhelloXX",
              "1".repeat(20_000),
              "0\r\nA B: 1\r\n\r\n")) {
        assertThat(ask(head + body)).as(body).isIn("", "HTTP/1.1 400 Bad Request");
      }
      assertThat(log.said(Level.WARN)).isEmpty();
      assertThat(log.said(Level.ERROR)).isEmpty();
    }
  }

  /// Reads one answer with its body.
  private static boolean answered(Socket socket) throws IOException {
    int length = 0;
    String line = answer(socket);
    if (line.isEmpty()) return false;
    while (!line.equals("\n")) {
      line = answer(socket);
      String[] header = line.toLowerCase(Locale.ROOT).split(": ");
      if (header[0].equals("\ncontent-length")) length = Integer.parseInt(header[1]);
    }
    return socket.getInputStream().readNBytes(length + 1).length == length + 1;
  }

  @Test
  void onlyItsOwnNamesAreServed() throws Exception {
    start(
        SettingsWebBuilder.builder(new Settings.Web("127.0.0.1", 0))
            .hosts(List.of("desk.example.com"))
            .build(),
        Connections.Times.USUAL);
    for (String ours :
        List.of("localhost", "localhost:8080", "127.0.0.1", "[::1]:80", "Desk.Example.com:443")) {
      assertThat(ask(hello(ours))).as(ours).isEqualTo("HTTP/1.1 200 OK");
    }
    for (String other :
        List.of("evil.example", "desk.example.com.evil.example", "localhost.evil.example", "")) {
      assertThat(ask(hello(other))).as(other).isEqualTo("HTTP/1.1 421 Misdirected Request");
    }
    assertThat(ask(hello("localhost", "Host: evil.example")))
        .as("two names")
        .isEqualTo("HTTP/1.1 421 Misdirected Request");
  }

  private static String whole(String target, String host) {
    return hello(host).replace("/api/hello", target);
  }

  @Test
  void aWholeAddressSaysWhoIsAsked() throws Exception {
    start(Connections.Times.USUAL);
    for (String ours :
        List.of("http://localhost", "HTTP://LocalHost:8080", "https://127.0.0.1", "http://[::1]")) {
      for (String host : List.of("localhost", "evil.example")) {
        assertThat(ask(whole(ours + "/api/hello", host))).as(ours).isEqualTo("HTTP/1.1 200 OK");
      }
    }
    for (String other :
        List.of(
            "http://evil.example",
            "HTTP://evil.example:80",
            "https://localhost.evil.example",
            "http://localhost@evil.example",
            "http://evil.example#localhost",
            "http://",
            "ftp://localhost")) {
      assertThat(ask(whole(other + "/api/hello", "localhost")))
          .as(other)
          .isEqualTo("HTTP/1.1 421 Misdirected Request");
    }
  }

  @Test
  void aPathThatCannotBeReadIsRefused() throws IOException {
    start(Connections.Times.USUAL);
    for (String path : List.of("/api/%", "/%zz", "/api/hello%")) {
      assertThat(ask(hello("localhost").replace("/api/hello", path)))
          .as(path)
          .isEqualTo("HTTP/1.1 400 Bad Request");
    }
  }

  @Test
  void http2IsForTlsAlone() throws Exception {
    start(Connections.Times.USUAL);
    String upgrade =
        hello(
            "localhost",
            "Connection: Upgrade, HTTP2-Settings",
            "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAAQAAP__");
    assertThat(ask(upgrade)).isEqualTo("HTTP/1.1 200 OK");
    assertThat(ask("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).doesNotContain("200");
  }
}
