package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.store.CustomerSeed;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlCustomerStore;
import org.switchroom.cti.testkit.LinkProxy;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.ServerProcess;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// What an agent has under the hand, on a real screen.
@NeedsBrowser
class DeskPageTest {
  private static final String CALLER = "+886223000001";
  private static final Duration LONG = Duration.ofMinutes(10);

  private static BrowserScript script(String name, int port) {
    return new BrowserScript(name, port, Map.of("AGENT", "a1", "PASSWORD", TestCenter.PASSWORD));
  }

  private static CustomerSeed.Entry customer(String name, String number) {
    return new CustomerSeed.Entry("", name, "", "standard", "", List.of(number), List.of());
  }

  @Test
  void nothingThatIsTypedIsLost(@TempDir Path folder) throws Exception {
    try (var rig = new SimulatedRig()) {
      rig.phone("PJSIP/1001", Manner.ANSWERS_WHEN_TOLD);
      var center = TestCenter.on(rig).wrapsUp(WrapUp.Mode.MANDATORY).onlyQueue("orders").in(folder);
      try (var database = center.database()) {
        new CustomerSeed(database).write(List.of(customer("Alice", CALLER)));
      }
      try (var server = new ServerProcess(center);
          var line = new LinkProxy(center.web())) {
        server.start();
        try (var browser = script("drafts.mjs", line.port())) {
          browser.awaitLine("ready");
          rig.call(CALLER, ' ', LONG);
          assertThat(browser.awaitLine("reloaded")).isEqualTo("reloaded rings");
          // What comes back is older than what is typed meanwhile.
          line.slowDown(Duration.ofMillis(200));
          browser.awaitLine("cut");
          line.slowDown(Duration.ZERO);
          line.breakOff();
          assertThat(browser.awaitLine("alone")).isEqualTo("alone rings, talks for a while, alone");
          line.mend();
          assertThat(browser.awaitLine("back"))
              .isEqualTo("back rings, talks for a while, alone true");
          browser.awaitLine("kill");
          server.kill();
          server.start();
          assertThat(browser.awaitLine("restarted"))
              .isEqualTo("restarted rings, talks for a while, alone, restarted true");
          assertThat(browser.awaitLine("again"))
              .isEqualTo("again rings, talks for a while, alone, restarted");
          assertThat(browser.awaitLine("refused")).contains("Choose what the call was about");
          assertThat(browser.awaitLine("saved")).as("sessions of this screen").isEqualTo("saved 1");
          assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
          assertThat(browser.said.all()).noneMatch(said -> said.startsWith("page-error"));
        }
        assertThat(server.stop()).isTrue();
      }
      try (var database = center.database()) {
        assertThat(new SqlCustomerStore(database).byNumber(CALLER).getFirst().timeline())
            .singleElement()
            .satisfies(
                entry -> {
                  assertThat(entry.note())
                      .isEqualTo("rings, talks for a while, alone, restarted, over");
                  assertThat(entry.subject()).isEqualTo("other");
                });
      }
    }
  }

  @Test
  void controlsForgiveAnImpatientHandAndABadLine() throws Exception {
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("desk-" + System.nanoTime()), "sa", "")) {
      rig.phone("PJSIP/1001", Manner.ANSWERS_WHEN_TOLD);
      new CustomerSeed(database).write(List.of(customer("Ann", CALLER), customer("Bob", CALLER)));
      try (var server = TestCenter.on(rig).straightTo("orders").start(database);
          var browser = script("controls.mjs", server.webPort())) {
        browser.awaitLine("ready");
        rig.call(CALLER, ' ', LONG);
        assertThat(browser.awaitLine("chosen")).isEqualTo("chosen Ann");
        assertThat(browser.awaitLine("changed")).isEqualTo("changed Bob");
        assertThat(browser.awaitLine("impatient")).isEqualTo("impatient 0");
        assertThat(browser.awaitLine("answers")).isEqualTo("answers 1");
        assertThat(browser.awaitLine("held")).isEqualTo("held true");
        assertThat(browser.awaitLine("places")).isEqualTo("places true");
        assertThat(browser.awaitLine("reloaded")).isEqualTo("reloaded true");
        assertThat(browser.awaitLine("copied")).isEqualTo("copied true");
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all()).noneMatch(said -> said.startsWith("page-error"));
      }
    }
  }

  @Test
  void workAndACallInHandKeepOutOfEachOthersWay() throws Exception {
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("hand-" + System.nanoTime()), "sa", "")) {
      rig.phone("PJSIP/1001", Manner.ANSWERS_WHEN_TOLD);
      var settings = TestCenter.withMessages(TestCenter.on(rig).straightTo("orders").settings());
      try (var server = TestServer.start(settings, database);
          var browser = script("several.mjs", server.webPort())) {
        TestCenter.message(server.engine());
        browser.awaitLine("offered");
        assertThat(browser.awaitLine("kept")).isEqualTo("kept the parcel");
        rig.call(CALLER, ' ', LONG);
        assertThat(browser.awaitLine("rings")).isEqualTo("rings ringing* working");
        assertThat(browser.awaitLine("work")).isEqualTo("work talking working*");
        assertThat(browser.awaitLine("call")).isEqualTo("call talking* working ");
        assertThat(browser.awaitLine("left")).isEqualTo("left the parcel, sent");
        browser.awaitLine("closed");
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all()).noneMatch(said -> said.startsWith("page-error"));
      }
    }
  }

  @Test
  void whatCameTooLateIsShownAndNotThrownAway() throws Exception {
    var timed = new WrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(2));
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("late-" + System.nanoTime()), "sa", "")) {
      rig.phone("PJSIP/1001", Manner.ANSWERS);
      var center = TestCenter.on(rig).straightTo("orders").withWrapUp(timed);
      try (var server = center.start(database);
          var line = new LinkProxy(server.webPort());
          var browser = script("too-late.mjs", line.port());
          var boss = DeskClient.logIn(server.webPort(), "sup", TestCenter.PASSWORD)) {
        browser.awaitLine("ready");
        rig.call(CALLER, ' ', LONG);
        browser.awaitLine("cut");
        line.breakOff();
        browser.awaitLine("typed");
        boss.forget();
        rig.pbx().hangUpPhone("PJSIP/1001");
        boss.await(m -> m.path("topics").path("agent:a1").path("state").asText().equals("ready"));
        line.mend();
        assertThat(browser.awaitLine("shown")).isEqualTo("shown saved, not saved");
        assertThat(browser.awaitLine("left")).isEqualTo("left 0");
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
      }
    }
  }
}
