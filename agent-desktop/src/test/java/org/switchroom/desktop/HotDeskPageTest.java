package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// An agent who has no phone, and two that are nobody's, at real screens.
@NeedsBrowser
class HotDeskPageTest {
  @Test
  void anAgentSitsAtAPhoneAndIsRungThere() throws Exception {
    try (var rig = new SimulatedRig();
        var database =
            Database.open(Database.inMemoryUrl("seats-" + System.nanoTime()), "sa", "")) {
      for (String phone : List.of("PJSIP/1002", "PJSIP/3001", "PJSIP/3002")) {
        rig.phone(phone, Manner.ANSWERS);
      }
      Settings settings =
          withHotDesks(TestCenter.on(rig).withAgents(2).straightTo("orders").settings());
      try (var server = TestServer.start(settings, database);
          var browser =
              new BrowserScript(
                  "hot-desk.mjs",
                  server.webPort(),
                  Map.of("AGENT", "a1", "COLLEAGUE", "a2", "PASSWORD", TestCenter.PASSWORD))) {
        assertThat(browser.awaitLine("none")).contains("You sit at no phone");
        assertThat(browser.awaitLine("reached")).isEqualTo("reached PJSIP/1002");
        assertThat(browser.awaitLine("open")).isEqualTo("open 0");
        assertThat(browser.awaitLine("by")).isEqualTo("by Agent 1");
        assertThat(browser.awaitLine("taken")).contains("Somebody else sits at this phone.");
        browser.awaitLine("call");
        rig.call("+886223000001", ' ', Duration.ofSeconds(2));
        assertThat(browser.awaitLine("talks")).isEqualTo("talks PJSIP/3001");
        assertThat(browser.awaitLine("first")).as("used here").isEqualTo("first PJSIP/3001");
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all()).noneMatch(line -> line.startsWith("page-error"));
      }
    }
  }

  private static Settings withHotDesks(Settings settings) {
    var users = new ArrayList<>(settings.users());
    users.set(0, users.getFirst().withPhone(Optional.empty()));
    return settings.withUsers(users).withHotDesks(List.of("PJSIP/3001", "PJSIP/3002"));
  }
}
