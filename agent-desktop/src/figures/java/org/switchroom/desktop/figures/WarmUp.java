package org.switchroom.desktop.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.pbx.asterisk.AmiSettings;
import org.switchroom.cti.pbx.simulated.CallerPlan;
import org.switchroom.cti.pbx.simulated.PhonePlan;
import org.switchroom.cti.pbx.simulated.SimulatedPbx;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.HeldPorts;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenters;
import org.switchroom.desktop.testkit.TestServer;

/// Lets the JVM compile what a server that has run for an hour has compiled: some thousand calls
/// through a whole server on a simulated PBX, before anything is measured.
final class WarmUp {
  private static final int AGENTS = 10;
  private static final Duration INSTANT = Duration.ofMillis(2);

  private WarmUp() {}

  static void calls(int calls) throws Exception {
    var ended = new CountDownLatch(calls);
    int agi = HeldPorts.forServer();
    try (var pbx =
            new SimulatedPbx(
                new SimulatedPbx.Settings(0, "switchroom", "secret", INSTANT),
                new SimulatedPbx.Watcher() {
                  @Override
                  public void callEnded(String call, boolean wasBridged) {
                    ended.countDown();
                  }
                });
        var database = Database.open(Database.inMemoryUrl("warm-up"), "sa", "")) {
      pbx.start();
      for (int i = 1; i <= AGENTS; i++)
        pbx.phone("PJSIP/" + (1000 + i), PhonePlan.answersAfter(INSTANT));
      var ami =
          new AmiSettings(
              "127.0.0.1",
              pbx.amiPort(),
              "switchroom",
              "secret",
              false,
              "127.0.0.1:" + agi,
              Duration.ofSeconds(5));
      var settings =
          TestCenters.withoutMenu(TestCenters.settings(ami, agi, 0, AGENTS, WrapUp.none()));
      var desks = new ArrayList<DeskClient>();
      try (var server = TestServer.start(settings, database)) {
        for (int i = 1; i <= AGENTS; i++) {
          var desk = DeskClient.logInForgetful(server.webPort(), "a" + i, TestCenters.PASSWORD);
          desk.ask("ready");
          desks.add(desk);
        }
        for (int i = 0; i < calls; i++) {
          pbx.call(
              new CallerPlan(
                  "+88622301%04d".formatted(i % 10_000),
                  "",
                  "8001",
                  List.of(),
                  INSTANT,
                  Duration.ofSeconds(20),
                  Duration.ofMillis(20)));
          LockSupport.parkNanos(4_000_000);
        }
        ended.await(30, TimeUnit.SECONDS);
      }
    }
  }
}
