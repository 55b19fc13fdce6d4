package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlCustomerStore;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.TestCenter;

/// A new customer on a real screen.
@NeedsBrowser
class NewCustomerPageTest {
  @Test
  void whoClicksTwiceSavesOnce() throws Exception {
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("new-" + System.nanoTime()), "sa", "")) {
      rig.phone("PJSIP/1001", Manner.ANSWERS);
      try (var server = TestCenter.on(rig).straightTo("orders").start(database);
          var browser =
              new BrowserScript(
                  "new-customer.mjs",
                  server.webPort(),
                  Map.of("AGENT", "a1", "PASSWORD", TestCenter.PASSWORD))) {
        browser.awaitLine("ready");
        rig.call("0223007777", '1', Duration.ofSeconds(60));
        assertThat(browser.awaitLine("sent")).isEqualTo("sent 1");
        assertThat(browser.awaitLine("known")).isEqualTo("known Chen Mei");
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all()).noneMatch(line -> line.startsWith("page-error"));
      }
      assertThat(new SqlCustomerStore(database).byNumber("+886223007777")).hasSize(1);
    }
  }
}
