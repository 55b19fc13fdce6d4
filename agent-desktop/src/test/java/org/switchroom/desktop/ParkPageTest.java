package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.TestCenter;

/// Two agents at real screens: one parks a caller, the other picks them up.
@NeedsBrowser
class ParkPageTest {
  @Test
  void whomOneHasParkedTheOtherPicksUp() throws Exception {
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("park-" + System.nanoTime()), "sa", "")) {
      rig.phone("PJSIP/1001", Manner.ANSWERS);
      rig.phone("PJSIP/1002", Manner.ANSWERS);
      var center =
          TestCenter.on(rig).withAgents(2).straightTo("orders").wrapsUp(WrapUp.Mode.OPTIONAL);
      var told =
          new HashMap<>(Map.of("AGENT", "a1", "COLLEAGUE", "a2", "PASSWORD", TestCenter.PASSWORD));
      // Where somebody wants to look at them.
      Optional.ofNullable(System.getenv("PICTURES")).ifPresent(to -> told.put("PICTURES", to));
      try (var server = center.start(database);
          var browser = new BrowserScript("park.mjs", server.webPort(), told)) {
        browser.awaitLine("ready");
        rig.call("+886223000001", ' ', Duration.ofSeconds(120));
        assertThat(browser.awaitLine("form")).isEqualTo("form 0");
        assertThat(browser.awaitLine("state")).isEqualTo("state not-ready");
        assertThat(browser.awaitLine("listed"))
            .contains("Parked by Agent 1", "“wants Agent 2”", "Pick up");
        assertThat(browser.awaitLine("told"))
            .contains("Parked by Agent 1: “wants Agent 2”", "asks the warehouse");
        assertThat(browser.awaitLine("left")).isEqualTo("left 0");
        browser.awaitLine("back");
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all()).noneMatch(line -> line.startsWith("page-error"));
      }
    }
  }
}
