package org.switchroom.desktop.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.pbx.simulated.CallerBehavior;
import org.switchroom.cti.store.CustomerSeed;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlCustomerStore;
import org.switchroom.cti.testkit.Facts;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// The whole server over its real sockets, on the simulated PBX.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebServerTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  /// The engine's time goes on from where it was when the clock on the wall was set back.
  private static final Duration AHEAD = Duration.ofHours(3);

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path folder;
  private SimulatedRig rig;
  private final String url = Database.inMemoryUrl("web-" + System.nanoTime());
  private Database database;
  private Switchroom server;

  @BeforeAll
  void open() throws Exception {
    rig = new SimulatedRig();
    database = Database.open(url, "sa", "");
    new CustomerSeed(database)
        .write(
            List.of(
                new CustomerSeed.Entry(
                    "1042", "林雅婷", "", "gold", "zh-Hant", List.of("+886223000001"), List.of())));
    server =
        TestServer.start(
            TestCenter.on(rig).withAgents(4).wrapsUp(WrapUp.Mode.MANDATORY).settings(),
            database,
            () -> Instant.now().plus(AHEAD));
  }

  @AfterAll
  void close() throws Exception {
    server.close();
    rig.close();
    theAuditHasLogIns();
    database.close();
  }

  /// Of all the tests here; a name that is none may be a password.
  private void theAuditHasLogIns() throws SQLException {
    var audit = new ArrayList<String>();
    try (var connection = DriverManager.getConnection(url, "sa", "");
        var rows =
            connection
                .createStatement()
                .executeQuery("SELECT who || ' ' || what || ' ' || about FROM audit")) {
      while (rows.next()) audit.add(rows.getString(1));
    }
    assertThat(audit)
        .contains("a1 logged-in 127.0.0.1", "a4 log-in-refused 127.0.0.1")
        .noneMatch(line -> line.startsWith("nobody"));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.webPort() + path));
  }

  private static HttpRequest.BodyPublisher login(String name, String password) {
    return HttpRequest.BodyPublishers.ofString(
        "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, password));
  }

  private DeskClient desk(String user) {
    return DeskClient.logIn(server.webPort(), user, TestCenter.PASSWORD);
  }

  @Test
  void aWrongPasswordAndAnUnknownNameAreRefusedAlikeAndGuessingIsSlowed() throws Exception {
    var wrong = send(to("/api/login").POST(login("a4", "wrong")));
    var unknown = send(to("/api/login").POST(login("nobody", "wrong")));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(unknown.body()).isEqualTo(wrong.body());
    for (int i = 1; i < LogInLimits.MOST_OF_A_NAME; i++)
      send(to("/api/login").POST(login("a4", "wrong")));
    assertThat(send(to("/api/login").POST(login("a4", TestCenter.PASSWORD))).statusCode())
        .isEqualTo(429);
  }

  @Test
  void theSessionCookieIsNotForScriptsAndNotForOtherSites() throws Exception {
    var response = send(to("/api/login").POST(login("a1", TestCenter.PASSWORD)));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().allValues("set-cookie").getLast())
        .containsIgnoringCase("HttpOnly")
        .containsIgnoringCase("SameSite=Strict");
  }

  @Test
  void anotherSitesPageMayNotSpeakToUs() throws Exception {
    var post =
        send(
            to("/api/login")
                .header("Origin", "http://evil.example")
                .POST(login("a1", TestCenter.PASSWORD)));
    assertThat(post.statusCode()).isEqualTo(403);
    assertThatThrownBy(
            () ->
                http.newWebSocketBuilder()
                    .header("Origin", "http://evil.example")
                    .buildAsync(socket(), new WebSocket.Listener() {})
                    .join())
        .isInstanceOfSatisfying(
            CompletionException.class,
            e ->
                assertThat(((WebSocketHandshakeException) e.getCause()).getResponse().statusCode())
                    .isEqualTo(403));
  }

  @Test
  void withoutALogInThereIsNoDesk() {
    assertThatThrownBy(
            () ->
                http.newWebSocketBuilder()
                    .header("Origin", "http://127.0.0.1:" + server.webPort())
                    .buildAsync(socket(), new WebSocket.Listener() {})
                    .join())
        .isInstanceOfSatisfying(
            CompletionException.class,
            e ->
                assertThat(((WebSocketHandshakeException) e.getCause()).getResponse().statusCode())
                    .isEqualTo(401));
  }

  private URI socket() {
    return URI.create("ws://127.0.0.1:" + server.webPort() + "/api/desk");
  }

  @Test
  void badRequestsAreAnsweredAndNothingElse() throws Exception {
    assertThat(send(to("/api/login").POST(HttpRequest.BodyPublishers.ofString("[]"))).statusCode())
        .isEqualTo(400);
    assertThat(
            send(to("/api/login").POST(HttpRequest.BodyPublishers.ofString("x".repeat(200_000))))
                .statusCode())
        .isEqualTo(413);
    assertThat(send(to("/api/nothing").GET()).statusCode()).isEqualTo(404);
    assertThat(send(to("/assets/../../logback.xml").GET()).body())
        .doesNotContain("<configuration>");
    try (var desk = desk("a3")) {
      assertThat(desk.askAndWait("fly").path("code").asText()).isEqualTo("bad-request");
      assertThat(desk.askAndWait("hold").path("code").asText()).isEqualTo("no-call");
    }
  }

  @Test
  void theTimeIsToldByWhichBeginningsAreGiven() {
    try (var desk = desk("a3")) {
      long now = desk.await(m -> m.has("now")).path("now").asLong();
      assertThat(now - System.currentTimeMillis())
          .isBetween(AHEAD.minus(LONG).toMillis(), AHEAD.plusSeconds(1).toMillis());
    }
  }

  @Test
  void aCommandThatNamesNoContactIsNotGuessed() {
    try (var desk = desk("a3")) {
      for (String type :
          List.of(
              "answer", "decline", "hangUp", "hold", "retrieve", "generateDigits", "keepDraft")) {
        assertThat(desk.request(type, Map.of()).path("code").asText())
            .as(type)
            .isEqualTo("bad-request");
      }
      var nothingSaid = Map.of("disposition", "other", "note", "", "call", "1.1");
      assertThat(desk.request("completeWrapUp", nothingSaid).path("code").asText())
          .isEqualTo("bad-request");
      assertThat(desk.request("chooseCustomer", Map.of("customer", 1)).path("code").asText())
          .isEqualTo("bad-request");
      assertThat(desk.request("newCustomer", Map.of("name", "Ng")).path("code").asText())
          .isEqualTo("bad-request");
    }
  }

  /// As pages of an earlier version are.
  @Test
  void whoHasNoSessionOnlyLooks() throws Exception {
    var messages = new Facts<JsonNode>();
    WebSocket socket = open("", messages);
    messages.await(JsonNode.class, m -> m.path("topics").has("agent:a3"));
    socket.sendText("{\"id\":1,\"type\":\"goReady\"}", true).join();
    assertThat(messages.await(JsonNode.class, m -> m.path("id").asInt() == 1).path("code").asText())
        .isEqualTo("bad-request");
    socket.abort();
    for (String bad : List.of("", "short", "x".repeat(65), "../a3/desk", "a b c d e f")) {
      String encoded = URLEncoder.encode(bad, StandardCharsets.UTF_8);
      assertThatThrownBy(() -> open("?session=" + encoded, messages))
          .as(bad)
          .isInstanceOfSatisfying(
              CompletionException.class,
              e ->
                  assertThat(
                          ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode())
                      .isEqualTo(400));
    }
  }

  private WebSocket open(String query, Facts<JsonNode> messages) throws Exception {
    var login = send(to("/api/login").POST(login("a3", TestCenter.PASSWORD)));
    return http.newWebSocketBuilder()
        .header("Cookie", DeskClient.session(login))
        .header("Origin", "http://127.0.0.1:" + server.webPort())
        .buildAsync(
            URI.create(socket() + query),
            new WebSocket.Listener() {
              private final StringBuilder said = new StringBuilder();

              @Override
              public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                said.append(text);
                if (last) {
                  messages.accept(Json.parse(said.toString()).orElseThrow());
                  said.setLength(0);
                }
                from.request(1);
                return null;
              }
            })
        .join();
  }

  @Test
  void whatIsAskedAgainIsDoneOnceAndAnsweredAlike() {
    try (var desk = desk("a3")) {
      desk.askAndWait("goNotReady", "reason", "lunch");
      long lunch = desk.lastId();
      assertThat(desk.askAndWait("hold").path("code").asText()).isEqualTo("no-call");
      long hold = desk.lastId();
      desk.askAndWait("goNotReady", "reason", "training");
      desk.await(m -> m.path("topics").path("agent:a3").path("reason").asText().equals("training"));
      desk.messages.forget();
      try (var again = desk.again()) {
        again.write("{\"id\":%d,\"type\":\"goNotReady\",\"reason\":\"lunch\"}".formatted(lunch));
        assertThat(again.awaitReply(lunch).path("ok").asBoolean()).isTrue();
        again.write("{\"id\":%d,\"type\":\"goReady\"}".formatted(hold));
        assertThat(again.awaitReply(hold).path("code").asText())
            .as("the number counts, not what is asked")
            .isEqualTo("no-call");
        assertThat(again.topic("agent:a3").path("reason").asText()).isEqualTo("training");
      }
      try (var other = desk("a3")) {
        assertThat(other.askAndWait("goNotReady", "reason", "lunch").path("id").asLong())
            .as("another screen has numbers of its own")
            .isEqualTo(1);
        other.await(m -> m.path("topics").path("agent:a3").path("reason").asText().equals("lunch"));
      }
    }
  }

  /// Nobody learns or takes the answers of another user's session, whatever they call theirs.
  @Test
  void aSessionIsItsUsersAlone() throws Exception {
    try (var one = desk("a3");
        var other = desk("a2")) {
      one.askAndWait("goNotReady", "reason", "lunch");
      try (var same = other.withSessionOf(one)) {
        var reply = same.askAndWait("hold");
        assertThat(reply.path("id").asLong()).isEqualTo(1);
        assertThat(reply.path("code").asText()).isEqualTo("no-call");
      }
    }
  }

  @Test
  void nobodySeesAnothersDeskAndSupervisorsSeeAll() {
    try (var one = desk("a1");
        var supervisor = desk("sup")) {
      one.awaitState("not-ready");
      assertThat(one.topics().keySet())
          .doesNotContain("agent:a2")
          .contains("agent:a1", "queue:orders");
      supervisor.messages.await(JsonNode.class, m -> m.path("topics").has("agent:a2"));
      assertThat(supervisor.askAndWait("goReady").path("code").asText()).isEqualTo("not-allowed");
    }
  }

  @Test
  void aCallFromThePopToTheSavedDisposition() throws Exception {
    rig.phone("PJSIP/1002", Manner.ANSWERS);
    try (var desk = desk("a2");
        var wallboard = desk("sup")) {
      int before =
          wallboard
              .messages
              .await(JsonNode.class, m -> m.path("topics").path("queue:orders").has("answered"))
              .path("topics")
              .path("queue:orders")
              .path("answered")
              .asInt();
      desk.ask("goReady");
      desk.awaitState("ready");
      rig.call("0223000001", '1', LONG);
      JsonNode pop = desk.awaitPop();
      assertThat(pop.path("matches").path(0).path("customer").path("name").asText())
          .isEqualTo("林雅婷");
      assertThat(pop.path("entryPoint").asText()).isEqualTo("Main line");
      assertThat(pop.path("path").toString()).contains("\"choice\":\"1\"");
      desk.awaitState("talking");
      assertThat(desk.askAndWait("generateDigits", "digits", "12*#").path("ok").asBoolean())
          .isTrue();
      assertThat(desk.askAndWait("generateDigits", "digits", "1a").path("code").asText())
          .isEqualTo("bad-request");
      assertThat(desk.askAndWait("generateDigits", "digits", "1".repeat(33)).path("code").asText())
          .isEqualTo("too-long");
      assertThat(desk.askAndWait("hold").path("ok").asBoolean()).isTrue();
      desk.awaitState("hold");
      assertThat(desk.askAndWait("generateDigits", "digits", "1").path("code").asText())
          .isEqualTo("on-hold");
      assertThat(desk.askAndWait("retrieve").path("ok").asBoolean()).isTrue();
      assertThat(desk.askAndWait("hangUp").path("ok").asBoolean()).isTrue();
      desk.awaitState("wrap-up");
      assertThat(desk.askAndWait("goReady").path("code").asText()).isEqualTo("disposition-needed");
      assertThat(desk.askAndWait("completeWrapUp", "disposition", "nonsense").path("code").asText())
          .isEqualTo("disposition-unknown");
      var saved = desk.askAndWait("completeWrapUp", "disposition", "other", "note", "ok");
      assertThat(saved.path("ok").asBoolean()).as(saved.toString()).isTrue();
      wallboard.messages.await(
          JsonNode.class,
          m -> m.path("topics").path("queue:orders").path("answered").asInt() == before + 1);
      desk.await(m -> m.path("type").asText().equals("pop") && m.path("pop").isNull());
      desk.messages.forget();
      historyCatchesUp();
      rig.call("0223000001", '1', LONG);
      assertThat(desk.awaitPop().toString())
          .as("the history has written itself")
          .contains("other: ok");
      desk.askAndWait("goNotReady", "reason", "lunch");
      desk.awaitState("talking");
      desk.ask("hangUp");
      desk.awaitState("wrap-up");
      desk.ask("completeWrapUp", "disposition", "other");
      desk.awaitState("not-ready");
    }
  }

  /// From the first ring on, at every screen of the agent's, and over a break of the line.
  @Test
  void whatIsTypedComesBack() {
    rig.phone("PJSIP/1002", Manner.RINGS);
    try (var desk = desk("a2");
        var second = desk("a2")) {
      desk.ask("goReady");
      desk.awaitState("ready");
      rig.call("0223000001", '1', LONG);
      String contact = desk.awaitPop().path("contact").asText();
      assertThat(desk.awaitPop().path("draft").path("note").asText()).isEmpty();
      desk.awaitState("ringing");
      var kept = desk.askAndWait("keepDraft", "disposition", "", "note", "asks for\r\n\tMay");
      assertThat(kept.path("ok").asBoolean()).as(kept.toString()).isTrue();
      second.await(m -> note(m).equals("asks for\n\tMay"));
      desk.askAndWait("answer");
      desk.awaitState("talking");
      desk.askAndWait("keepDraft", "disposition", "other", "note", "asks for June");
      var longNote = desk.askAndWait("keepDraft", "disposition", "", "note", "n".repeat(4_001));
      assertThat(longNote.path("code").asText()).as("not cut").isEqualTo("too-long");
      try (var again = desk.again()) {
        var back = again.awaitPopOf(contact).path("draft");
        assertThat(back.path("note").asText()).isEqualTo("asks for June");
        assertThat(back.path("disposition").asText()).isEqualTo("other");
      }
      wrapUp(desk, "asks for July");
      desk.await(m -> m.path("contact").asText().equals(contact) && m.path("pop").isNull());
      assertThat(
              desk.askAndWait("keepDraft", "contact", contact, "note", "late")
                  .path("code")
                  .asText())
          .isEqualTo("no-call");
    }
  }

  private static String note(JsonNode message) {
    return message.path("pop").path("draft").path("note").asText();
  }

  /// Nobody whom we know, who presses 1 in the menu.
  private void strangerCalls(String number) {
    rig.pbx()
        .call(
            new CallerBehavior(
                number,
                "",
                "8001",
                List.of(CallerBehavior.WAITS, '1'),
                Duration.ofMillis(100),
                LONG,
                LONG));
  }

  private List<CustomerCard> with(String e164) {
    return new SqlCustomerStore(database).byNumber(e164);
  }

  /// A backup has everything that was acknowledged, so it waits for it.
  private void historyCatchesUp() throws IOException {
    server.backup(folder.resolve("backup-%d.zip".formatted(System.nanoTime())), _ -> {});
  }

  private static void wrapUp(DeskClient desk, String note) {
    desk.ask("goNotReady", "reason", "break");
    desk.ask("hangUp");
    desk.awaitState("wrap-up");
    desk.messages.forget();
    var saved = desk.askAndWait("completeWrapUp", "disposition", "other", "note", note);
    assertThat(saved.path("ok").asBoolean()).as(saved.toString()).isTrue();
    desk.awaitState("not-ready");
  }

  private static void answeredWell(DeskClient desk, int id) {
    var reply =
        desk.await(m -> m.path("type").asText().equals("reply") && m.path("id").asInt() == id);
    assertThat(reply.path("ok").asBoolean()).as(reply.toString()).isTrue();
  }

  @Test
  void aNewCallerIsSavedOnceHoweverOftenItIsAskedFor() throws Exception {
    rig.phone("PJSIP/1003", Manner.ANSWERS);
    try (var desk = desk("a3");
        var second = desk("a3")) {
      desk.ask("goReady");
      desk.awaitState("ready");
      strangerCalls("0223007777");
      JsonNode pop = desk.awaitPop();
      assertThat(pop.path("matches")).isEmpty();
      String contact = pop.path("contact").asText();
      second.awaitPopOf(contact);
      for (int i = 0; i < 5; i++) {
        desk.ask("newCustomer", "contact", contact, "name", " 陳\u0000先生\n");
        second.ask("newCustomer", "contact", contact, "name", "Mr Chen");
      }
      var saved = desk.askAndWait("newCustomer", "contact", contact, "name", "陳先生");
      assertThat(saved.path("ok").asBoolean()).as(saved.toString()).isTrue();
      try (var again = second.again()) {
        saved = again.askAndWait("newCustomer", "contact", contact, "name", "陳先生");
        assertThat(saved.path("ok").asBoolean()).as(saved.toString()).isTrue();
      }
      for (int id = 2; id <= 6; id++) answeredWell(desk, id);
      for (int id = 1; id <= 5; id++) answeredWell(second, id);
      assertThat(with("+886223007777"))
          .singleElement()
          .satisfies(card -> assertThat(card.customer().name()).isIn("陳先生", "Mr Chen"));
      desk.messages.await(
          JsonNode.class, m -> m.path("pop").path("matches").path(0).has("customer"));
      desk.awaitState("talking");
      wrapUp(desk, "asks\u0000\u0007 for\r\n\tMay");
      historyCatchesUp();
      desk.messages.forget();
      desk.ask("goReady");
      desk.awaitState("ready");
      rig.call("0223007777", '1', LONG);
      pop = desk.awaitPop();
      assertThat(pop.path("matches")).as("nobody has to ask who it is").hasSize(1);
      assertThat(pop.path("matches").path(0).path("timeline").toString())
          .contains("with a3, other: asks for\\n\\tMay");
      desk.awaitState("talking");
      wrapUp(desk, "");
    }
  }

  @Test
  void whatIsRefusedWritesNothingAndShowsNobody() {
    rig.phone("PJSIP/1003", Manner.ANSWERS);
    long other = with("+886223000001").getFirst().customer().id();
    try (var desk = desk("a3")) {
      var refused =
          desk.askAndWait(
              "newCustomer", "contact", "1.1", "name", "Ng\u0000", "number", "0223006666");
      assertThat(refused.path("code").asText()).isEqualTo("no-call");
      assertThat(desk.choose("1.1", other).path("code").asText()).isEqualTo("no-call");
      desk.ask("goReady");
      desk.awaitState("ready");
      strangerCalls("0223006667");
      String contact = desk.awaitPop().path("contact").asText();
      desk.awaitState("talking");
      desk.messages.forget();
      for (String blank : List.of("", " \t\u0000\n", "\u00a0\u3000\u200b")) {
        assertThat(
                desk.askAndWait("newCustomer", "contact", contact, "name", blank)
                    .path("code")
                    .asText())
            .isEqualTo("name-missing");
      }
      String longName = "n".repeat(201);
      assertThat(
              desk.askAndWait("newCustomer", "contact", contact, "name", longName)
                  .path("code")
                  .asText())
          .isEqualTo("too-long");
      refused =
          desk.askAndWait("newCustomer", "contact", "1.1", "name", "Ng", "number", "0223006666");
      assertThat(refused.path("code").asText()).isEqualTo("no-call");
      for (long id = 1; id <= other + 5; id++) {
        assertThat(desk.choose(contact, id).path("code").asText())
            .as("nobody is read by their number in our books")
            .isEqualTo("not-found");
      }
      assertThat(desk.messages.all()).as("no pop").allMatch(m -> !m.has("pop"));
      assertThat(with("+886223006666")).isEmpty();
      assertThat(with("+886223006667")).isEmpty();

      desk.askAndWait("newCustomer", "contact", contact, "name", "Ng", "number", "0223006666");
      assertThat(with("+886223006666")).as("a number is the call's, not the desk's").isEmpty();
      assertThat(with("+886223006667")).hasSize(1);
      var longNote =
          desk.askAndWait("completeWrapUp", "disposition", "other", "note", "n".repeat(4_001));
      assertThat(longNote.path("code").asText()).as("not cut").isEqualTo("too-long");
      wrapUp(desk, "n".repeat(4_000));
    }
  }

  @Test
  void anAccountKeyedInTheScriptIsOnThePopAndSeveralMatchesAreAChoice() {
    new CustomerSeed(database)
        .write(
            List.of(
                new CustomerSeed.Entry(
                    "2001", "王小明", "", "silver", "", List.of("+886223005555"), List.of()),
                new CustomerSeed.Entry(
                    "2002", "王小華", "", "gold", "", List.of("+886223005555"), List.of())));
    rig.phone("PJSIP/1001", Manner.RINGS);
    try (var desk = desk("a1")) {
      desk.ask("goReady");
      desk.awaitState("ready");
      String stranger =
          rig.pbx()
              .call(
                  new CallerBehavior(
                      "0223008888",
                      "",
                      "8001",
                      List.of('2', '0', '0', '2', '#', '1'),
                      Duration.ofMillis(100),
                      LONG,
                      LONG));
      JsonNode pop = desk.awaitPop();
      assertThat(pop.path("matches").path(0).path("customer").path("name").asText())
          .isEqualTo("王小華");
      assertThat(pop.path("answers").path("account").asText()).isEqualTo("2002");
      rig.pbx().hangUpCaller(stranger);
      desk.awaitState("ready");
      desk.messages.forget();
      rig.call("0223005555", '1', LONG);
      pop = desk.awaitPop();
      assertThat(pop.path("matches")).hasSize(2);
      assertThat(pop.has("chosen")).as("nobody is, yet").isFalse();
      desk.awaitState("ringing");
      // The second thought is the right one.
      for (int choice : new int[] {1, 0}) {
        long id = pop.path("matches").path(choice).path("customer").path("id").asLong();
        desk.messages.forget();
        var chosen = desk.choose(pop.path("contact").asText(), id);
        assertThat(chosen.path("ok").asBoolean()).as(chosen.toString()).isTrue();
        desk.await(m -> m.path("pop").path("chosen").asLong() == id);
        assertThat(desk.awaitPop().path("matches")).as("a choice can be changed").hasSize(2);
      }
      desk.askAndWait("answer");
      desk.awaitState("talking");
      desk.ask("goNotReady", "reason", "break");
      desk.ask("hangUp");
      desk.awaitState("wrap-up");
      desk.ask("completeWrapUp", "disposition", "other");
      desk.awaitState("not-ready");
    }
  }

  @Test
  void aDeskThatSendsFasterThanAnyPersonIsClosed() {
    try (var desk = desk("sup")) {
      for (int i = 0; i < 200; i++) desk.ask("goReady");
      assertThat(desk.awaitClose()).isEqualTo(4008);
    }
  }
}
