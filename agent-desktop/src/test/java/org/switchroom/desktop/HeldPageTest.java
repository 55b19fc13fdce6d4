package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.center.HoldCare;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// An agent at a real screen forgets a caller on hold.
@NeedsBrowser
class HeldPageTest {
  private static final HoldCare CARE = new HoldCare(Duration.ofSeconds(2), Duration.ofSeconds(6));

  @Test
  void theDeskSaysSoAndTheCallerComesBack() throws Exception {
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("held-" + System.nanoTime()), "sa", "")) {
      rig.phone("PJSIP/1001", Manner.ANSWERS);
      var settings =
          TestCenter.on(rig).straightTo("orders").wrapsUp(WrapUp.Mode.OPTIONAL).settings();
      settings =
          settings.withQueues(
              settings.queues().stream().map(queue -> queue.withHold(CARE)).toList());
      try (var server = TestServer.start(settings, database);
          var browser =
              new BrowserScript(
                  "held.mjs",
                  server.webPort(),
                  Map.of("AGENT", "a1", "PASSWORD", TestCenter.PASSWORD))) {
        browser.awaitLine("ready");
        rig.call("+886223000001", ' ', Duration.ofSeconds(60));
        assertThat(browser.awaitLine("reminded"))
            .startsWith("reminded The caller is on hold still:");
        assertThat(browser.awaitLine("returned")).contains("is back in the queue");
        assertThat(browser.awaitLine("again"))
            .contains("Was on hold with Agent 1")
            .contains("asks the warehouse");
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all()).noneMatch(line -> line.startsWith("page-error"));
      }
    }
  }
}
