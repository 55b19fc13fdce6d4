package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.center.DialPattern;
import org.switchroom.cti.center.Dialing;
import org.switchroom.cti.customer.TimelineEntry;
import org.switchroom.cti.store.CustomerSeed;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlCustomerStore;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// A call's controls under a hand that is in a hurry, and without a mouse, on a real screen.
@NeedsBrowser
class DeskControlsPageTest {
  private static final String CALLER = "+886223000001";
  private static final String MOBILE = "+886912345678";
  private static final Duration LONG = Duration.ofMinutes(10);

  private interface Told {
    void by(BrowserScript browser, SimulatedRig rig, Database database) throws Exception;
  }

  private static void desk(String script, WrapUp wrapUp, UnaryOperator<Settings> change, Told told)
      throws Exception {
    try (var rig = new SimulatedRig();
        var database =
            Database.open(Database.inMemoryUrl("hands-" + System.nanoTime()), "sa", "")) {
      rig.phone("PJSIP/1001", Manner.ANSWERS_WHEN_TOLD);
      new CustomerSeed(database)
          .write(
              List.of(
                  new CustomerSeed.Entry(
                      "", "Chen Mei", "", "gold", "", List.of(CALLER, MOBILE), List.of())));
      Settings settings =
          change.apply(TestCenter.on(rig).onlyQueue("orders").withWrapUp(wrapUp).settings());
      try (var server = TestServer.start(settings, database);
          var browser =
              new BrowserScript(
                  script,
                  server.webPort(),
                  Map.of("AGENT", "a1", "PASSWORD", TestCenter.PASSWORD))) {
        told.by(browser, rig, database);
        assertThat(browser.finish(60)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all()).noneMatch(said -> said.startsWith("page-error"));
      }
    }
  }

  @Test
  void aSecondClickAThirdOfASecondLaterDoesNothingAndNoControlMoves() throws Exception {
    desk(
        "impatient.mjs",
        new WrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO),
        UnaryOperator.identity(),
        (browser, rig, _) -> {
          browser.awaitLine("ready");
          rig.call(CALLER, ' ', LONG);
          assertThat(browser.awaitLine("answers")).isEqualTo("answers answer");
          assertThat(browser.awaitLine("notices")).isEqualTo("notices 0");
          assertThat(browser.awaitLine("talking")).isEqualTo("talking true");
          assertThat(browser.awaitLine("pauses"))
              .as("none of them is Go ready, which takes it back")
              .isEqualTo("pauses goNotReady goNotReady goNotReady goNotReady");
          for (String situation : List.of("hold", "chinese", "refused", "wrap-up")) {
            assertThat(browser.awaitLine(situation)).isEqualTo(situation + " true");
          }
        });
  }

  /// Also of who types while a wrap-up ends by itself, and the next caller rings over it.
  @Test
  void anAgentWithoutAMouseIsWhereTheNextThingIsToBeDone() throws Exception {
    desk(
        "keyboard.mjs",
        new WrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(4)),
        UnaryOperator.identity(),
        (browser, rig, database) -> {
          assertThat(browser.awaitLine("h1")).isEqualTo("h1 Desk");
          assertThat(browser.awaitLine("ready")).isEqualTo("ready ready");
          rig.call(CALLER, ' ', LONG);
          assertThat(browser.awaitLine("rings"))
              .isEqualTo("rings Call: Ringing · orders, Chen Mei");
          assertThat(browser.awaitLine("talks")).isEqualTo("talks answer");
          assertThat(browser.awaitLine("told")).isEqualTo("told Call: Talking · orders, Chen Mei");
          rig.call("+886223000002", ' ', LONG);
          assertThat(browser.awaitLine("arrow")).matches("arrow (\\S+) (?!\\1)(\\S+) \\2");
          String typed = text(browser.awaitLine("typed"));
          String late = browser.awaitLine("late");
          assertThat(browser.awaitLine("next"))
              .as("nobody is answered by a space")
              .isEqualTo("next ringing");
          assertThat(typed).startsWith("ee ee ");
          Await.until(() -> !timeline(database).isEmpty(), "it is written down", LONG);
          String kept = timeline(database).getFirst().note();
          assertThat(typed).startsWith(kept);
          // The last key may have come too late; then it is shown.
          if (!kept.equals(typed)) assertThat(late).contains(typed);
          assertThat(browser.awaitLine("still")).isEqualTo("still textarea");
          assertThat(browser.awaitLine("note")).isEqualTo("note typing ");
          assertThat(browser.awaitLine("left")).isEqualTo("left state-name");
        });
  }

  private static String text(String line) throws Exception {
    return new ObjectMapper().readValue(line.substring(line.indexOf(' ') + 1), String.class);
  }

  private static List<TimelineEntry> timeline(Database database) {
    return new SqlCustomerStore(database).byNumber(CALLER).getFirst().timeline();
  }

  @Test
  void aCallerIsGivenToACustomerWhoIsFoundAsOneTypes() throws Exception {
    var mobiles =
        new Dialing(
            "PJSIP/{number}@trunk",
            "TW",
            List.of(new DialPattern("+8869")),
            List.of(),
            Dialing.Limits.DEFAULT);
    desk(
        "directory.mjs",
        new WrapUp(WrapUp.Mode.OPTIONAL, Duration.ZERO),
        settings -> settings.withDialing(mobiles),
        (browser, rig, _) -> {
          browser.awaitLine("ready");
          rig.call("+886223000002", ' ', LONG);
          assertThat(browser.awaitLine("found")).isEqualTo("found Chen Mei gold|Chen Mei gold");
          assertThat(browser.awaitLine("asked"))
              .as("once, when nothing more is typed, and no text stands in an address")
              .isEqualTo("asked /api/directory/customers");
          assertThat(browser.awaitLine("landline"))
              .contains("+886223000001")
              .contains("may not be dialed");
          assertThat(browser.awaitLine("sent"))
              .isEqualTo("sent transferToNumber " + MOBILE + " about the tea");
        });
  }

  /// Whose caller goes on waiting.
  @Test
  void aRingIsDeclined() throws Exception {
    desk(
        "decline.mjs",
        WrapUp.none(),
        UnaryOperator.identity(),
        (browser, rig, _) -> {
          browser.awaitLine("ready");
          rig.call(CALLER, ' ', LONG);
          assertThat(browser.awaitLine("says")).isEqualTo("says Decline");
          assertThat(browser.awaitLine("state")).isEqualTo("state The call was declined");
          assertThat(browser.awaitLine("waiting")).isEqualTo("waiting 1");
        });
  }

  @Test
  void aPhoneThatDoesNotKnowTalkIsAnsweredAtIt() throws Exception {
    desk(
        "by-hand.mjs",
        WrapUp.none(),
        settings -> settings.withWithoutTalk(List.of("PJSIP/1001")),
        (browser, rig, _) -> {
          browser.awaitLine("ready");
          rig.call(CALLER, ' ', LONG);
          assertThat(browser.awaitLine("says")).isEqualTo("says Answer at the phone true");
          assertThat(browser.awaitLine("sent")).isEqualTo("sent 0");
        });
  }
}
