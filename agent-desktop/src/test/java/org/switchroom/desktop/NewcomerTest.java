package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.LinkProxy;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.demo.Demo;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.TestCenter;

/// Somebody who has never seen it, at a real Chromium.
@NeedsBrowser
class NewcomerTest {
  /// From the log-in page to a moving wallboard.
  @Test
  void theDemoIsUnderstoodWithinAMinute() throws Exception {
    try (var demo = Demo.start(0, 1, 30, 4);
        var browser = new BrowserScript("newcomer.mjs", demo.port(), Map.of())) {
      String last = browser.awaitLine("step wallboard-moved");
      assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
      assertThat(browser.said.all()).noneMatch(line -> line.startsWith("page-error"));
      assertThat(Integer.parseInt(last.split(" ")[2])).isLessThan(60_000);
    }
  }

  @Test
  void aDeskSaysThatTheLinkIsLostAndComesBackByItself() throws Exception {
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("back-" + System.nanoTime()), "sa", "");
        var server = TestCenter.on(rig).withAgents(2).start(database);
        var line = new LinkProxy(server.webPort());
        var browser =
            new BrowserScript(
                "reconnect.mjs",
                line.port(),
                Map.of("AGENT", "a1", "PASSWORD", TestCenter.PASSWORD))) {
      browser.awaitLine("open");
      line.breakOff();
      browser.awaitLine("lost");
      line.mend();
      browser.awaitLine("back");
      assertThat(browser.finish(30)).isZero();
    }
  }
}
