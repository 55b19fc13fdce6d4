package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.TestCenter;

/// An agent at a real screen keys something, and the caller hears it.
@NeedsBrowser
class KeypadPageTest {
  @Test
  void theCallerHearsWhatTheAgentKeys() throws Exception {
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("keys-" + System.nanoTime()), "sa", "")) {
      rig.phone("PJSIP/1001", Manner.ANSWERS);
      var center = TestCenter.on(rig).straightTo("orders");
      try (var server = center.start(database);
          var browser =
              new BrowserScript(
                  "keypad.mjs",
                  server.webPort(),
                  Map.of("AGENT", "a1", "PASSWORD", TestCenter.PASSWORD))) {
        browser.awaitLine("ready");
        String from = "+886223000001";
        rig.callThatListens(from, Duration.ofSeconds(60));
        assertThat(browser.awaitLine("shown")).isEqualTo("shown ••••••");
        Await.until(
            () -> rig.keysHeard(from).length() >= 6, "all is heard", Duration.ofSeconds(10));
        assertThat(rig.keysHeard(from)).isEqualTo("4711#0");
        assertThat(browser.awaitLine("note")).isEqualTo("note call 99");
        assertThat(browser.awaitLine("count")).isEqualTo("count 6");
        assertThat(browser.awaitLine("held")).isEqualTo("held true");
        assertThat(browser.awaitLine("open")).isEqualTo("open 0");
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all()).noneMatch(line -> line.startsWith("page-error"));
        assertThat(rig.keysHeard(from)).isEqualTo("4711#0");
      }
    }
  }
}
