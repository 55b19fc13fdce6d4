package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.event.CenterEvent.TimePassed;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.settings.User;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// What supervisors see on a real screen.
@NeedsBrowser
class WallboardPageTest {
  /// Figures that lack something must not look whole.
  @Test
  void whatTheHistoryLacksIsSeenForAWeekAndByNoAgent() throws Exception {
    Instant now = Instant.now();
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("gap-" + System.nanoTime()), "sa", "")) {
      var store = new SqlHistoryStore(database);
      store.project(List.of(turn(10, now.minus(Duration.ofDays(8)))), "long ago");
      store.project(List.of(turn(1, now.minus(Duration.ofDays(2)))), "lately");
      store.project(List.of(turn(4_000, now.minus(Duration.ofDays(1)))), "lately");
      try (var server = TestCenter.on(rig).straightTo("orders").start(database);
          var agent = DeskClient.logIn(server.webPort(), "a1", TestCenter.PASSWORD);
          var browser =
              new BrowserScript(
                  "wallboard.mjs",
                  server.webPort(),
                  Map.of("SUPERVISOR", "sup", "PASSWORD", TestCenter.PASSWORD))) {
        browser.awaitLine("shown");
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all())
            .filteredOn(said -> said.startsWith("gap"))
            .singleElement()
            .asString()
            .startsWith("gap The history and its figures lack")
            .matches(".*:%1$s.* – .*:%1$s.*".formatted(minuteOf(now)));
        agent.await(message -> message.path("topics").has("agent:a1"));
        assertThat(agent.topic("history")).isNull();
      }
    }
  }

  /// Who may look at it is one click away; who may not is told that there is something.
  @Test
  void whatTheDatabaseDidNotTakeIsShownToAnAdministrator() throws Exception {
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("no-" + System.nanoTime()), "sa", "")) {
      var refused = turn(7, Instant.now());
      new SqlHistoryStore(database)
          .refuse(refused, "+886223000001", "a text is longer than its column (22001)", "ledger");
      var settings = TestCenter.on(rig).straightTo("orders").settings();
      var users = new ArrayList<>(settings.users());
      User supervisor = users.getLast();
      users.add(
          supervisor
              .withName("root")
              .withRoles(EnumSet.of(User.Role.SUPERVISOR, User.Role.ADMINISTRATOR)));
      try (var server = TestServer.start(settings.withUsers(users), database)) {
        assertThat(refused(server.webPort(), "sup"))
            .containsExactly(
                "told Turns that the database did not take, and that the history" + " lacks: 1",
                "link 0");
        assertThat(refused(server.webPort(), "root"))
            .endsWith("link 1", "row 7|TimePassed|a text is longer than its column (22001)");
        try (var agent = DeskClient.logIn(server.webPort(), "a1", TestCenter.PASSWORD);
            var root = DeskClient.logIn(server.webPort(), "root", TestCenter.PASSWORD)) {
          assertThat(agent.http("GET", "/api/refused", null).statusCode()).isEqualTo(403);
          assertThat(new String(root.get("/api/refused"), StandardCharsets.UTF_8))
              .as("nothing personal")
              .doesNotContain("+886223000001");
        }
      }
    }
  }

  private static List<String> refused(int port, String user) {
    var as = Map.of("SUPERVISOR", user, "PASSWORD", TestCenter.PASSWORD);
    try (var browser = new BrowserScript("refused.mjs", port, as)) {
      assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
      return browser.said.all();
    }
  }

  private static Turn turn(long number, Instant at) {
    return new Turn(number, at, at, List.of(new TimePassed()));
  }

  private static String minuteOf(Instant at) {
    return "%02d".formatted(at.getEpochSecond() / 60 % 60);
  }
}
