package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.event.CenterEvent.TimePassed;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.testkit.HeldPorts;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenters;
import org.switchroom.desktop.testkit.TestServer;

/// What supervisors see on a real screen.
@NeedsBrowser
class WallboardPageTest {
  /// Figures that lack something must not look whole.
  @Test
  void whatTheHistoryLacksIsSeenForAWeekAndByNoAgent() throws Exception {
    Instant now = Instant.now();
    int agi = HeldPorts.forServer();
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("gap-" + System.nanoTime()), "sa", "")) {
      var store = new SqlHistoryStore(database);
      store.project(List.of(turn(10, now.minus(Duration.ofDays(8)))), "long ago");
      store.project(List.of(turn(1, now.minus(Duration.ofDays(2)))), "lately");
      store.project(List.of(turn(4_000, now.minus(Duration.ofDays(1)))), "lately");
      var settings =
          TestCenters.withoutMenu(TestCenters.settings(rig.ami(agi), agi, 0, 1, WrapUp.none()));
      try (var server = TestServer.start(settings, database);
          var agent = DeskClient.logIn(server.webPort(), "a1", TestCenters.PASSWORD);
          var browser =
              new BrowserScript(
                  "wallboard.mjs",
                  server.webPort(),
                  Map.of("SUPERVISOR", "sup", "PASSWORD", TestCenters.PASSWORD))) {
        browser.awaitLine("shown");
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all())
            .filteredOn(said -> said.startsWith("gap"))
            .singleElement()
            .asString()
            .startsWith("gap The history and its figures lack")
            .matches(".*:%1$s.* – .*:%1$s.*".formatted(minuteOf(now)));
        agent.await(message -> message.path("topics").has("agent:a1"));
        assertThat(agent.topic("history")).isNull();
      }
    }
  }

  private static Turn turn(long number, Instant at) {
    return new Turn(number, at, at, List.of(new TimePassed()));
  }

  private static String minuteOf(Instant at) {
    return "%02d".formatted(at.getEpochSecond() / 60 % 60);
  }
}
