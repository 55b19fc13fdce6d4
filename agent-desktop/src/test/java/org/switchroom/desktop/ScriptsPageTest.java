package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.center.Announcements;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlBackOffice;
import org.switchroom.cti.store.SqlScriptStore;
import org.switchroom.cti.task.Task;
import org.switchroom.cti.testkit.FreePorts;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.User;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenters;
import org.switchroom.desktop.web.Passwords;

/// Scripts and tasks on real screens, and what their addresses refuse.
@NeedsBrowser
class ScriptsPageTest {
  private static final QueueId MESSAGES = new QueueId("messages");

  private static Settings settings(SimulatedRig rig, int agi) {
    Settings plain = TestCenters.settings(rig.ami(agi), agi, 0, 1, WrapUp.none());
    var queues = new ArrayList<>(plain.queues());
    queues.add(
        new QueueSettings(
            Queue.of(MESSAGES, SkillExpression.ANY).withChannel(Channel.TASK),
            "Messages",
            List.of(),
            "",
            Announcements.NONE));
    var users = new ArrayList<>(plain.users());
    users.set(
        0,
        new User(
            "a1",
            "Agent 1",
            Passwords.hash(TestCenters.PASSWORD),
            EnumSet.of(User.Role.AGENT),
            "PJSIP/1001",
            new AgentProfile(
                new AgentId("a1"),
                new Skills(Map.of("orders", 5, "billing", 5, "general", 5)),
                new Capacity(Map.of(Channel.VOICE, 1, Channel.TASK, 1), 1),
                0,
                List.of())));
    return new Settings(
        plain.title(),
        plain.region(),
        plain.zone(),
        plain.web(),
        plain.database(),
        plain.pbx(),
        plain.agi(),
        plain.ivr(),
        plain.defaultQueue(),
        queues,
        users,
        plain.entryPoints());
  }

  /// A caller leaves a message; returns its number.
  private static String message(Switchroom server) {
    var message =
        new Input.TaskRequested(
            new Input.Origin(new CallId("c"), 1, "message"),
            Task.Kind.VOICEMAIL,
            MESSAGES,
            Optional.empty(),
            "Alice",
            "+886223",
            "/rec/1.wav",
            7);
    return server.engine().ask(message, Duration.ofSeconds(10)).orElseThrow();
  }

  @Test
  void aSupervisorChangesAScriptAndAnAgentClosesAMessage() throws Exception {
    int agi = FreePorts.any();
    try (var rig = new SimulatedRig();
        var database =
            Database.open(Database.inMemoryUrl("pages-" + System.nanoTime()), "sa", "")) {
      try (var server =
              new Switchroom(settings(rig, agi), database, InstantSource.system(), List.of());
          var browser =
              new BrowserScript(
                  "scripts.mjs",
                  server.webPort(),
                  Map.of("SUPERVISOR", "sup", "AGENT", "a1", "PASSWORD", TestCenters.PASSWORD))) {
        String number = message(server);
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
    try (var agent = DeskClient.logIn(server.webPort(), "a1", TestCenters.PASSWORD);
        var boss = DeskClient.logIn(server.webPort(), "sup", TestCenters.PASSWORD)) {
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
      assertThat(agent.http("GET", "/api/tasks/" + task + "/recording", null).statusCode())
          .isEqualTo(404);
      assertThat(agent.request("boost", Map.of("contact", "c", "points", 5)).path("code").asText())
          .isEqualTo("not-a-supervisor");
      assertThat(boss.request("boost", Map.of("contact", "c", "points", 5)).path("code").asText())
          .isEqualTo("no-call");
    }
  }
}
