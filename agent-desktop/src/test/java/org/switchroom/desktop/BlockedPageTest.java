package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.settings.IvrSettings;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;
import org.switchroom.ivr.load.ScriptLoader;

/// An abusive call and the list of blocked callers, on real screens.
@NeedsBrowser
class BlockedPageTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  private static BrowserScript script(String name, int port) {
    return new BrowserScript(
        name, port, Map.of("AGENT", "a1", "SUPERVISOR", "sup", "PASSWORD", TestCenter.PASSWORD));
  }

  private static void ends(BrowserScript browser) {
    assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
    assertThat(browser.said.all()).noneMatch(line -> line.startsWith("page-error"));
  }

  @Test
  void anAbusiveCallIsEndedAndItsNumberBlockedAndAnotherTakenBack() throws Exception {
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("page-" + System.nanoTime()), "sa", "")) {
      rig.phone("PJSIP/1001", Manner.ANSWERS);
      var center = TestCenter.on(rig).onlyQueue("orders");
      var scripts =
          Map.of(
              "menu", center.script(),
              "abusive", ScriptLoader.builtin("abusive").orElseThrow(),
              "blocked", ScriptLoader.builtin("blocked").orElseThrow());
      var settings = center.settings().withIvr(IvrSettings.of(scripts, "menu", Map.of()));
      try (var server = TestServer.start(settings, database)) {
        try (var agent = script("abusive.mjs", server.webPort())) {
          assertThat(agent.awaitLine("without-a-call")).isEqualTo("without-a-call 0");
          agent.awaitLine("ready");
          rig.call("+886223000001", ' ', LONG);
          assertThat(agent.awaitLine("without-a-reason")).isEqualTo("without-a-reason 0 1");
          assertThat(agent.awaitLine("ended")).isEqualTo("ended 1 0");
          ends(agent);
        }
        Await.until(() -> server.liveCalls() == 0, "the caller is hung up", LONG);
        // What is in the ledger is in the database.
        server.backup(folder.resolve("now.zip"), _ -> {});
        try (var supervisor = script("blocked.mjs", server.webPort())) {
          assertThat(supervisor.awaitLine("refused"))
              .isEqualTo(
                  "refused Write a number with its country code. Who hides theirs cannot be"
                      + " blocked.");
          assertThat(supervisor.awaitLine("kept")).isEqualTo("kept anonymous");
          assertThat(supervisor.awaitLine("blocked"))
              .matches("blocked \\+886223000009\\|shouts\\|\\S.*\\|sup\\|Take back");
          assertThat(supervisor.awaitLine("emptied")).isEqualTo("emptied ");
          assertThat(supervisor.awaitLine("taken-back")).isEqualTo("taken-back 0");
          assertThat(supervisor.awaitLine("offered")).isEqualTo("offered +886223000001");
          assertThat(supervisor.awaitLine("stays")).isEqualTo("stays +886223000001");
          ends(supervisor);
        }
      }
    }
  }
}
