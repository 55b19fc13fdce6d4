package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlBackOffice;
import org.switchroom.cti.store.SqlScriptStore;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// Scripts and tasks on real screens, and what their addresses refuse.
@NeedsBrowser
class ScriptsPageTest {
  @Test
  void aSupervisorChangesAScriptAndAnAgentClosesAMessage() throws Exception {
    try (var rig = new SimulatedRig();
        var database =
            Database.open(Database.inMemoryUrl("pages-" + System.nanoTime()), "sa", "")) {
      Settings settings = TestCenter.withMessages(TestCenter.on(rig).settings());
      try (var server = TestServer.start(settings, database);
          var browser =
              new BrowserScript(
                  "scripts.mjs",
                  server.webPort(),
                  Map.of("SUPERVISOR", "sup", "AGENT", "a1", "PASSWORD", TestCenter.PASSWORD))) {
        String number = TestCenter.message(server.engine());
        assertThat(browser.awaitLine("refused"))
            .contains("menu:")
            .contains("There is no queue nowhere");
        assertThat(browser.awaitLine("offered")).contains("Alice");
        browser.awaitLine("closed");
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all()).noneMatch(line -> line.startsWith("page-error"));
        refusals(server, number);
      }
      assertThat(new SqlScriptStore(database).versions("menu")).hasSize(3);
      assertThat(new SqlBackOffice(database).openTasks()).isEmpty();
    }
  }

  private static void refusals(Switchroom server, String task) {
    try (var agent = DeskClient.logIn(server.webPort(), "a1", TestCenter.PASSWORD);
        var boss = DeskClient.logIn(server.webPort(), "sup", TestCenter.PASSWORD)) {
      assertThat(agent.http("GET", "/api/scripts", null).statusCode()).isEqualTo(403);
      assertThat(agent.http("PUT", "/api/scripts/menu", "x").statusCode()).isEqualTo(403);
      assertThat(boss.http("GET", "/api/scripts/none/picture.svg", null).statusCode())
          .isEqualTo(404);
      assertThat(boss.http("PUT", "/api/scripts/..%2Fx", "name: x").statusCode()).isEqualTo(400);
      assertThat(boss.http("PUT", "/api/scripts/menu", "- no script").statusCode()).isEqualTo(422);
      assertThat(boss.http("PUT", "/api/scripts/menu", "x".repeat(2 << 20)).statusCode())
          .isEqualTo(413);
      assertThat(boss.http("POST", "/api/scripts/menu/versions/99/restore", null).statusCode())
          .isEqualTo(404);
      // It was the agent's; its sound is not there in a test.
      String sound = "/api/tasks/" + task + "/recording";
      assertThat(agent.http("GET", sound, null).statusCode()).isEqualTo(403);
      assertThat(boss.http("GET", sound, null).statusCode()).isEqualTo(404);
      assertThat(agent.request("boost", Map.of("contact", "c", "points", 5)).path("code").asText())
          .isEqualTo("not-allowed");
      assertThat(boss.request("boost", Map.of("contact", "c", "points", 5)).path("code").asText())
          .isEqualTo("no-call");
    }
  }
}
