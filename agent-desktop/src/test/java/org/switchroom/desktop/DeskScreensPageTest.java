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
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// An agent who is at another page, at several, or leaves, at real screens.
@NeedsBrowser
class DeskScreensPageTest {
  private static final String CALLER = "+886223000001";
  private static final Duration LONG = Duration.ofMinutes(10);

  private interface Told {
    void by(BrowserScript browser, SimulatedRig rig, Switchroom server) throws Exception;
  }

  private static void desk(String script, Manner manner, WrapUp.Mode wrapUp, Told told)
      throws Exception {
    try (var rig = new SimulatedRig();
        var database =
            Database.open(Database.inMemoryUrl("pages-" + System.nanoTime()), "sa", "")) {
      rig.phone("PJSIP/1001", manner);
      var settings =
          TestCenter.withMessages(
              TestCenter.on(rig).straightTo("orders").wrapsUp(wrapUp).settings());
      try (var server = TestServer.start(settings, database);
          var browser =
              new BrowserScript(
                  script,
                  server.webPort(),
                  Map.of("AGENT", "a1", "PASSWORD", TestCenter.PASSWORD))) {
        told.by(browser, rig, server);
        assertThat(browser.finish(60)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all()).noneMatch(said -> said.startsWith("page-error"));
      }
    }
  }

  @Test
  void whoLooksAtAnotherPageIsToldOfACallAndOfATask() throws Exception {
    desk(
        "away.mjs",
        Manner.ANSWERS_WHEN_TOLD,
        WrapUp.Mode.NONE,
        (browser, rig, server) -> {
          assertThat(browser.awaitLine("title")).isEqualTo("title Test center");
          browser.awaitLine("await-call");
          rig.call(CALLER, ' ', Duration.ofSeconds(30));
          assertThat(browser.awaitLine("call-bar"))
              .isEqualTo("call-bar Call: Ringing · orders " + CALLER + "To the desk");
          assertThat(browser.awaitLine("call-title"))
              .isEqualTo("call-title ● Call: Ringing · orders – Test center");
          assertThat(browser.awaitLine("call-outside"))
              .as("once, and no number in it")
              .matches("call-outside Test center: Call: (Ringing|Offered) · orders");
          assertThat(browser.awaitLine("call-tones"))
              .as("one page rings")
              .isEqualTo("call-tones 2");
          assertThat(browser.awaitLine("call-focus")).isEqualTo("call-focus answer");
          browser.awaitLine("await-task");
          TestCenter.message(server.engine());
          assertThat(browser.awaitLine("task-title"))
              .startsWith("task-title ● Message: Offered · ");
          assertThat(browser.awaitLine("task-outside"))
              .startsWith("task-outside Test center: Message: Offered · ")
              .doesNotContain("|");
          assertThat(browser.awaitLine("task-tones")).isEqualTo("task-tones 2");
          assertThat(browser.awaitLine("task-focus")).isEqualTo("task-focus accept-task");
        });
  }

  @Test
  void oneScreenTooManyIsPutAwayAndStaysSo() throws Exception {
    desk(
        "screens.mjs",
        Manner.ANSWERS,
        WrapUp.Mode.NONE,
        (browser, _, _) -> {
          assertThat(browser.awaitLine("away"))
              .as("not the one at which somebody works")
              .isEqualTo("away 0,1,1,0,0,0,0,0,0,0,0,0");
          assertThat(browser.awaitLine("loads")).isEqualTo("loads 11");
        });
  }

  @Test
  void whoLogsOutInACallIsAskedAndGoesWhenItIsDone() throws Exception {
    desk(
        "leaving.mjs",
        Manner.ANSWERS,
        WrapUp.Mode.MANDATORY,
        (browser, rig, server) -> {
          try (var boss = DeskClient.logIn(server.webPort(), "sup", TestCenter.PASSWORD)) {
            browser.awaitLine("ready");
            rig.call(CALLER, ' ', LONG);
            assertThat(browser.awaitLine("asks"))
                .isEqualTo("asks You have something in hand: " + CALLER + " · Talking");
            assertThat(browser.awaitLine("focus")).isEqualTo("focus stay");
            assertThat(browser.awaitLine("pending")).isEqualTo("pending Log out · after this call");
            browser.awaitLine("out");
            boss.await(
                m -> m.path("topics").path("agent:a1").path("state").asText().equals("logged-out"));
          }
        });
  }
}
