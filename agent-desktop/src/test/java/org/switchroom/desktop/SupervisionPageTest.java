package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.PbxRig;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// A supervisor at a real screen takes part in the talk of an agent at another.
@NeedsBrowser
class SupervisionPageTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSupervisorTakesPartAndTheAgentIsToldOrNot(boolean told) throws Exception {
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("part-" + told), "sa", "")) {
      rig.phone(PbxRig.device(1), Manner.ANSWERS);
      rig.phone(PbxRig.device(2), Manner.ANSWERS);
      var settings =
          TestCenter.on(rig)
              .withAgents(1)
              .straightTo("orders")
              .wrapsUp(WrapUp.Mode.OPTIONAL)
              .settings()
              .withAgentsAreTold(told);
      try (var server = TestServer.start(settings, database);
          var browser =
              new BrowserScript(
                  "supervision.mjs",
                  server.webPort(),
                  Map.of(
                      "AGENT",
                      "a1",
                      "SUPERVISOR",
                      "sup",
                      "PASSWORD",
                      TestCenter.PASSWORD,
                      "TOLD",
                      String.valueOf(told)))) {
        browser.awaitLine("ready");
        rig.call("+886223000001", ' ', Duration.ofSeconds(60));
        assertThat(browser.awaitLine("listen")).contains("Agent 1 · you hear both");
        assertThat(browser.awaitLine("whisper")).contains("the agent alone hears you");
        assertThat(browser.awaitLine("barge")).contains("both hear you");
        assertThat(browser.awaitLine("ended"))
            .isEqualTo(told ? "ended talking" : "ended taken over");
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all())
            .filteredOn(line -> line.startsWith("agent"))
            .containsExactlyElementsOf(
                told
                    ? List.of(
                        "agent A supervisor listens to this talk.",
                        "agent A supervisor listens, and you hear them. The caller does not.",
                        "agent A supervisor is in this talk. The caller hears them too.",
                        "agent A supervisor listens to this talk.")
                    : List.of("agent 0"));
        assertThat(browser.said.all()).noneMatch(line -> line.startsWith("page-error"));
      }
    }
  }
}
