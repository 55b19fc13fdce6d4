package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchroom.cti.event.CenterEvent.TimePassed;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;

/// What supervisors see on a real screen.
@NeedsBrowser
class WallboardPageTest {
  /// Figures that lack something must not look whole.
  @Test
  void whatTheHistoryLacksIsSeenForAWeekAndByNoAgent() throws Exception {
    Instant now = Instant.now();
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("gap-" + System.nanoTime()), "sa", "")) {
      var store = new SqlHistoryStore(database);
      store.project(List.of(turn(10, now.minus(Duration.ofDays(8)))), "long ago");
      store.project(List.of(turn(1, now.minus(Duration.ofDays(2)))), "lately");
      store.project(List.of(turn(4_000, now.minus(Duration.ofDays(1)))), "lately");
      try (var server = TestCenter.on(rig).straightTo("orders").start(database);
          var agent = DeskClient.logIn(server.webPort(), "a1", TestCenter.PASSWORD);
          var browser =
              new BrowserScript(
                  "wallboard.mjs",
                  server.webPort(),
                  Map.of("SUPERVISOR", "sup", "PASSWORD", TestCenter.PASSWORD))) {
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
