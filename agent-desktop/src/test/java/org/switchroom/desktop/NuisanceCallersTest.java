package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.IvrSettings;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;
import org.switchroom.ivr.load.ScriptLoader;

/// From the agent's desk to the block list, on the telephone.
class NuisanceCallersTest {
  private static final String FROM = "+886223000001";
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  private static JsonNode json(byte[] body) throws Exception {
    return new ObjectMapper().readTree(body);
  }

  private static int status(DeskClient desk, String method, String path, String body) {
    return desk.http(method, path, body).statusCode();
  }

  /// What is in the ledger is in the database.
  private static void isKept(Switchroom server, Path file) throws Exception {
    server.backup(file, _ -> {});
  }

  @Test
  void onASimulatedPbx() throws Exception {
    try (var rig = new SimulatedRig()) {
      whoIsAbusiveIsHungUpAndBlockedAndTheNextCallIsNotTaken(rig, folder);
    }
  }

  static void whoIsAbusiveIsHungUpAndBlockedAndTheNextCallIsNotTaken(PbxRig rig, Path folder)
      throws Exception {
    try (var database =
        Database.open(Database.inMemoryUrl("abuse-" + System.nanoTime()), "sa", "")) {
      rig.phone("PJSIP/1001", Manner.ANSWERS);
      var center = TestCenter.on(rig).onlyQueue("orders");
      var scripts =
          Map.of(
              "menu", center.script(),
              "abusive", ScriptLoader.builtin("abusive").orElseThrow(),
              "blocked", ScriptLoader.builtin("blocked").orElseThrow());
      var settings = center.settings().withIvr(IvrSettings.of(scripts, "menu", Map.of()));
      var history = new SqlHistoryStore(database);
      try (var server = TestServer.start(settings, database);
          var agent = DeskClient.logIn(server.webPort(), "a1", TestCenter.PASSWORD);
          var supervisor = DeskClient.logIn(server.webPort(), "sup", TestCenter.PASSWORD)) {
        agent.ask("goReady");
        rig.call(FROM, ' ', LONG);
        String contact = agent.awaitPop().path("contact").asText();
        agent.awaitState("talking");
        var ended =
            agent.request("endAbusiveCall", Map.of("contact", agent.inHand(), "reason", "threats"));
        assertThat(ended.path("ok").asBoolean()).as("%s of %s", ended, contact).isTrue();
        Await.until(() -> server.liveCalls() == 0, "the caller is hung up", LONG);
        isKept(server, folder.resolve("1.zip"));
        JsonNode call = json(supervisor.get("/api/blocked")).path("ended").path(0);
        assertThat(call.path("number").asText()).isEqualTo(FROM);
        assertThat(call.path("agent").asText()).isEqualTo("a1");
        assertThat(call.path("about").asText()).endsWith(": threats");
        blocks(supervisor);
        agent.forget();
        rig.call(FROM, ' ', LONG);
        Await.until(
            () -> {
              try {
                isKept(server, folder.resolve("2.zip"));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              return history.outcomes().getOrDefault("BLOCKED", 0L) == 1;
            },
            "the second call is not taken",
            LONG);
        assertThat(history.outcomes()).containsEntry("ANSWERED", 1L);
        assertThat(agent.state()).as("nobody has heard of it").isEqualTo("ready");
        assertThat(status(supervisor, "DELETE", "/api/blocked/0223000001", null)).isEqualTo(200);
        assertThat(status(supervisor, "DELETE", "/api/blocked/0223000001", null)).isEqualTo(404);
        rig.call(FROM, ' ', LONG);
        agent.awaitState("talking");
      }
    }
  }

  private static void blocks(DeskClient supervisor) throws Exception {
    String path = "/api/blocked";
    assertThat(status(supervisor, "POST", path, "{}")).isEqualTo(400);
    assertThat(status(supervisor, "POST", path, "{\"number\":\"0223000001\"}")).isEqualTo(400);
    assertThat(status(supervisor, "POST", path, "no JSON")).isEqualTo(400);
    String over = "{\"number\":\"0223000001\",\"reason\":\"x\",\"until\":\"2020-01-01T00:00:00Z\"}";
    assertThat(status(supervisor, "POST", path, over)).isEqualTo(400);
    for (String no : List.of("sip:1001@10.0.0.5", "shouts 3 times", "+", "1".repeat(21))) {
      String said = "{\"number\":\"%s\",\"reason\":\"x\"}".formatted(no);
      assertThat(status(supervisor, "POST", path, said)).as(no).isEqualTo(400);
    }
    for (String no : List.of("\"+1000000000-12-31T23:59:59Z\"", "\"tomorrow\"", "5")) {
      String said = "{\"number\":\"0223000001\",\"reason\":\"x\",\"until\":%s}".formatted(no);
      assertThat(status(supervisor, "POST", path, said)).as(no).isEqualTo(400);
    }
    String wide = "{\"number\":\"０２ ２３００－０００２\",\"reason\":\"x\"}";
    assertThat(status(supervisor, "POST", path, wide)).isEqualTo(200);
    assertThat(status(supervisor, "DELETE", path + "/+886223000002", null)).isEqualTo(200);
    String right = "{\"number\":\"0223000001\",\"reason\":\"threats\\u0000\"}";
    assertThat(status(supervisor, "POST", path, right)).isEqualTo(200);
    JsonNode one = json(supervisor.get(path)).path("blocked").path(0);
    assertThat(one.path("number").asText()).isEqualTo(FROM);
    assertThat(one.path("reason").asText()).isEqualTo("threats");
    assertThat(one.path("by").asText()).isEqualTo("sup");
    assertThat(new String(supervisor.get(path), StandardCharsets.UTF_8)).doesNotContain("\\u0000");
  }
}
