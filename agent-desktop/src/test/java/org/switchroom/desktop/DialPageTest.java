package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.center.DialPattern;
import org.switchroom.cti.center.Dialing;
import org.switchroom.cti.pbx.simulated.OutsideBehavior;
import org.switchroom.cti.store.CustomerSeed;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// An agent at a real screen calls numbers outside.
@NeedsBrowser
class DialPageTest {
  private static final Dialing DIALING =
      new Dialing(
          "PJSIP/{number}@trunk",
          "TW",
          List.of(new DialPattern("+8869")),
          List.of(),
          new Dialing.Limits(
              Duration.ofMinutes(3),
              Duration.ofSeconds(179),
              Duration.ofHours(8),
              20,
              500,
              1,
              100));

  private static final String CALLBACK =
      """
      name: menu
      start: back
      steps:
        back: {callback: caller, queue: messages, next: done, failure: done}
        done: {hangup: true}
      """;

  @Test
  void aCallbackAndALineOfTheHistoryAreCalledByOneClick() throws Exception {
    try (var rig = new SimulatedRig();
        var database =
            Database.open(Database.inMemoryUrl("again-" + System.nanoTime()), "sa", "")) {
      rig.phone("PJSIP/1001", Manner.ANSWERS);
      rig.pbx().ringOutside(true);
      var chen =
          new CustomerSeed.Entry(
              "", "Chen Mei", "", "gold", "", List.of("+886912345678"), List.of());
      new CustomerSeed(database).write(List.of(chen));
      var center =
          TestCenter.on(rig).withAgents(1).withScript(CALLBACK).wrapsUp(WrapUp.Mode.OPTIONAL);
      var settings = TestCenter.withMessages(center.settings()).withDialing(DIALING);
      var told = new HashMap<>(Map.of("AGENT", "a1", "PASSWORD", TestCenter.PASSWORD));
      Optional.ofNullable(System.getenv("PICTURES")).ifPresent(to -> told.put("PICTURES", to));
      try (var server = TestServer.start(settings, database);
          var browser = new BrowserScript("dial-again.mjs", server.webPort(), told)) {
        browser.awaitLine("ready");
        rig.call("+886912345678", ' ', Duration.ofSeconds(60));
        assertThat(browser.awaitLine("callback")).isEqualTo("callback +886912345678 for task-N");
        assertThat(browser.awaitLine("record")).isEqualTo("record +886912345678 for task-N");
        assertThat(browser.awaitLine("history")).isEqualTo("history +886912345678 for nobody");
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all()).noneMatch(line -> line.startsWith("page-error"));
      }
    }
  }

  @Test
  void anAgentCallsAndSeesHowFarItIs() throws Exception {
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("dial-" + System.nanoTime()), "sa", "")) {
      rig.phone("PJSIP/1001", Manner.ANSWERS);
      rig.pbx().ringOutside(true);
      rig.pbx()
          .outside(
              "PJSIP/+886987654321@trunk", OutsideBehavior.of(OutsideBehavior.Manner.NO_ANSWER));
      var center =
          TestCenter.on(rig).withAgents(1).straightTo("orders").wrapsUp(WrapUp.Mode.OPTIONAL);
      var told = new HashMap<>(Map.of("AGENT", "a1", "PASSWORD", TestCenter.PASSWORD));
      // Where somebody wants to look at them.
      Optional.ofNullable(System.getenv("PICTURES")).ifPresent(to -> told.put("PICTURES", to));
      try (var server = TestServer.start(center.settings().withDialing(DIALING), database);
          var browser = new BrowserScript("dial.mjs", server.webPort(), told)) {
        assertThat(browser.awaitLine("given")).isEqualTo("given 0912 345 678");
        assertThat(browser.awaitLine("nobody")).as("no link calls anybody").isEqualTo("nobody 0");
        assertThat(browser.awaitLine("rings")).contains("It rings at +886912345678");
        assertThat(browser.awaitLine("hold")).isEqualTo("hold true");
        rig.pbx().answerOutside();
        assertThat(browser.awaitLine("pop")).contains("Called +886912345678");
        assertThat(browser.awaitLine("ends")).matches("ends This call will be ended in 2:5[0-9]");
        assertThat(browser.awaitLine("silent")).contains("No answer: +886987654321");
        assertThat(browser.awaitLine("refused")).contains("may not be dialed");
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all()).noneMatch(line -> line.startsWith("page-error"));
      }
    }
  }
}
