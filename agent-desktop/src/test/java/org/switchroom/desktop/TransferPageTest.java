package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.TestCenter;

/// Two agents at real screens, and a caller whom one of them gives to the other.
@NeedsBrowser
class TransferPageTest {
  private interface Told {
    void by(BrowserScript browser) throws Exception;
  }

  /// A caller comes when the first agent is ready.
  private static void twoDesks(String script, Told told) throws Exception {
    try (var rig = new SimulatedRig();
        var database =
            Database.open(Database.inMemoryUrl("desks-" + System.nanoTime()), "sa", "")) {
      rig.phone("PJSIP/1001", Manner.ANSWERS);
      rig.phone("PJSIP/1002", Manner.ANSWERS);
      var center =
          TestCenter.on(rig).withAgents(2).straightTo("orders").wrapsUp(WrapUp.Mode.OPTIONAL);
      try (var server = center.start(database);
          var browser =
              new BrowserScript(
                  script,
                  server.webPort(),
                  Map.of("AGENT", "a1", "COLLEAGUE", "a2", "PASSWORD", TestCenter.PASSWORD))) {
        browser.awaitLine("ready");
        rig.call("+886223000001", ' ', Duration.ofSeconds(60));
        told.by(browser);
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all()).noneMatch(line -> line.startsWith("page-error"));
      }
    }
  }

  @Test
  void aColleagueIsGivenTheCallerAndToldWhy() throws Exception {
    twoDesks(
        "transfer.mjs",
        browser -> {
          assertThat(browser.awaitLine("not-ready")).isEqualTo("not-ready true");
          assertThat(browser.awaitLine("place")).isEqualTo("place 1");
          assertThat(browser.awaitLine("takers")).matches("takers Agent 2 ?Ready.*");
          assertThat(browser.awaitLine("found")).isEqualTo("found 1");
          assertThat(browser.awaitLine("told")).matches("told Handed over by .+: “wants a refund”");
          assertThat(browser.awaitLine("refused")).isEqualTo("refused Nothing is dialed here.");
          assertThat(browser.awaitLine("open")).isEqualTo("open 0");
        });
  }

  @Test
  void aColleagueIsAskedFirstAndThenHasTheCaller() throws Exception {
    twoDesks(
        "consult.mjs",
        browser -> {
          assertThat(browser.awaitLine("asks")).isEqualTo("asks Agent 2");
          assertThat(browser.awaitLine("form")).isEqualTo("form 0");
          assertThat(browser.awaitLine("told"))
              .matches("told You are asked by .+: “wants a refund”.*");
          assertThat(browser.awaitLine("note")).isEqualTo("note asked for the second time");
          assertThat(browser.awaitLine("left")).isEqualTo("left 0");
          assertThat(browser.awaitLine("has")).matches("has Handed over by .+: “wants a refund”.*");
          assertThat(browser.awaitLine("note")).isEqualTo("note asked for the second time");
          assertThat(browser.awaitLine("controls")).isEqualTo("controls 1");
        });
  }

  @Test
  void aColleagueIsPutTogetherWithTheCallerAndThenHasThem() throws Exception {
    twoDesks(
        "conference.mjs",
        browser -> {
          assertThat(browser.awaitLine("with"))
              .matches("with In a conference with the caller and Agent 2 .*");
          assertThat(browser.awaitLine("hold")).isEqualTo("hold true");
          assertThat(browser.awaitLine("controls")).isEqualTo("controls 1");
        });
  }
}
