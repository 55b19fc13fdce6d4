package org.switchroom.desktop.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.cti.history.AuditTrail;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.IvrSettings;
import org.switchroom.desktop.settings.User;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// The audit as an administrator reads it: page by page, and as a file.
class AuditRoutesTest {
  private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

  /// More than the database is asked for at once, and many in the same moment.
  private static final int LINES = AuditTrail.MOST + 50;

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;
  private SimulatedRig rig;
  private Database database;
  private Switchroom server;
  private DeskClient administrator;

  @BeforeEach
  void open() throws Exception {
    rig = new SimulatedRig();
    String url = Database.inMemoryUrl("audit-" + System.nanoTime());
    database = Database.open(url, "sa", "");
    var center = TestCenter.withMessages(TestCenter.on(rig).settings());
    var messages = new IvrSettings.Sound(folder, "/rec");
    var settings = center.withIvr(center.ivr().withRecordings(Optional.of(messages)));
    var users = new ArrayList<>(settings.users());
    users.add(
        new User(
            "ada",
            "Ada",
            SecretHash.of(TestCenter.PASSWORD),
            EnumSet.of(User.Role.ADMINISTRATOR),
            Optional.empty(),
            new Skills(Map.of())));
    server = TestServer.start(settings.withUsers(users), database);
    try (var connection = DriverManager.getConnection(url, "sa", "");
        var add =
            connection.prepareStatement(
                "INSERT INTO audit (at, number, who, what, about) VALUES (?, ?, 'old', ?, ?)")) {
      for (int i = 0; i < LINES; i++) add(add, i, "line", "n" + i);
      add(add, LINES, "formula", "=HYPERLINK(\"http://x\",\"y\")");
      add(add, LINES + 1, "formula", "@x, y");
    }
    administrator = DeskClient.logIn(server.webPort(), "ada", TestCenter.PASSWORD);
  }

  private static void add(PreparedStatement add, int number, String what, String about)
      throws SQLException {
    add.setObject(1, LONG_AGO.plusSeconds(number / 100).atOffset(ZoneOffset.UTC));
    add.setLong(2, number);
    add.setString(3, what);
    add.setString(4, about);
    add.executeUpdate();
  }

  @AfterEach
  void close() throws Exception {
    administrator.close();
    server.close();
    database.close();
    rig.close();
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private HttpResponse<byte[]> gets(String path) {
    return administrator.http("GET", path, null);
  }

  @Test
  void noLineIsLostOrTwiceBetweenPages() throws Exception {
    var seen = new ArrayList<String>();
    String after = "";
    do {
      JsonNode page =
          new ObjectMapper().readTree(gets("/api/audit?who=old&what=line" + after).body());
      page.path("lines").forEach(line -> seen.add(line.path("about").asText()));
      after = page.has("more") ? "&after=" + page.path("more").asText() : "";
    } while (!after.isEmpty());
    assertThat(seen).hasSize(LINES).doesNotHaveDuplicates();
    assertThat(seen.getFirst()).isEqualTo("n" + (LINES - 1));
    assertThat(seen.getLast()).isEqualTo("n0");
  }

  @Test
  void theFileHasAllLinesAndNoFormula() {
    HttpResponse<byte[]> file = gets("/api/audit.csv?who=old");
    assertThat(file.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
    List<String> lines = text(file).lines().toList();
    assertThat(lines).hasSize(LINES + 3);
    assertThat(lines.getFirst()).isEqualTo("\uFEFFat,who,what,about");
    assertThat(lines.get(1)).endsWith(",\"old\",\"formula\",\"'@x, y\"");
    assertThat(lines.get(2)).endsWith(",\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
    assertThat(lines.getLast()).isEqualTo("\"2001-01-01T00:00:00Z\",\"old\",\"line\",\"n0\"");
  }

  private String now() {
    return text(gets("/api/audit?from=2002-01-01T00:00:00Z"));
  }

  @Test
  void whoTakesItOutAndWhoLogsAnotherOutStandsInIt() {
    gets("/api/audit.csv");
    administrator.http("POST", "/api/users/a1/logout", null);
    administrator.http("POST", "/api/users/nobody/logout", null);
    try (var supervisor = DeskClient.logIn(server.webPort(), "sup", TestCenter.PASSWORD)) {
      supervisor.http("POST", "/api/logout-everywhere", null);
    }
    for (String line :
        List.of(
            "\"who\":\"ada\",\"what\":\"took-out-audit\",\"about\":\"as CSV\"",
            "\"who\":\"ada\",\"what\":\"logged-another-out\",\"about\":\"a1\"",
            "\"who\":\"sup\",\"what\":\"logged-out-everywhere\",\"about\":\"127.0.0.1\"")) {
      Await.until(() -> now().contains(line), line, LONG);
    }
    assertThat(now()).doesNotContain("nobody");
  }

  private void awaitLine(String what, String about) {
    String line = "\"who\":\"sup\",\"what\":\"%s\",\"about\":\"%s\"".formatted(what, about);
    Await.until(() -> now().contains(line), line, LONG);
  }

  @Test
  void whoListensToAMessageStandsInIt() throws Exception {
    Files.writeString(folder.resolve("1.wav"), "sound");
    String task = TestCenter.message(server.engine());
    String sound = "/api/tasks/" + task + "/recording";
    try (var supervisor = DeskClient.logIn(server.webPort(), "sup", TestCenter.PASSWORD)) {
      // The task is in the database a little later.
      Await.until(
          () -> text(supervisor.http("GET", sound, null)).equals("sound"), "it is heard", LONG);
    }
    awaitLine("listened-to-message", "task " + task);
  }

  @Test
  void whoChangesAScriptStandsInIt() {
    String changed = TestCenter.MENU.replace("For orders", "For new orders");
    try (var supervisor = DeskClient.logIn(server.webPort(), "sup", TestCenter.PASSWORD)) {
      assertThat(supervisor.http("PUT", "/api/scripts/menu", changed).statusCode()).isEqualTo(200);
      String first = "/api/scripts/menu/versions/1/restore";
      assertThat(supervisor.http("POST", first, null).statusCode()).isEqualTo(200);
    }
    awaitLine("changed-script", "menu (version 2)");
    awaitLine("changed-script", "menu (version 3)");
  }

  /// Java knows years that no database keeps.
  @Test
  void whatIsNoTimeIsRefused() {
    for (String bad :
        List.of(
            "from=x",
            "from=%2B1000000000-12-31T23:59:59Z",
            "until=-1000000000-01-01T00:00:00Z",
            "after=2026-11-28T09:00:00Z",
            "after=%2B1000000000-12-31T23:59:59Z/1")) {
      assertThat(gets("/api/audit?" + bad).statusCode()).as(bad).isEqualTo(400);
      assertThat(gets("/api/audit.csv?" + bad).statusCode()).as(bad).isEqualTo(400);
    }
  }
}
