package org.switchroom.desktop.figures;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.switchroom.cti.pbx.simulated.CallerBehavior;
import org.switchroom.cti.pbx.simulated.PbxWatcher;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.SimulatedFloor;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;

/// Lets the JVM compile what a server that has run for an hour has compiled: some thousand calls
/// through a whole server on a simulated PBX, before anything is measured.
final class WarmUp {
  private static final int AGENTS = 10;
  private static final Duration INSTANT = Duration.ofMillis(2);

  private WarmUp() {}

  static void calls(int calls) throws Exception {
    var ended = new CountDownLatch(calls);
    try (var pbx =
            SimulatedFloor.open(
                INSTANT,
                AGENTS,
                INSTANT,
                new PbxWatcher() {
                  @Override
                  public void callEnded(String call, boolean wasBridged) {
                    ended.countDown();
                  }
                });
        var database = Database.open(Database.inMemoryUrl("warm-up"), "sa", "")) {
      var center = TestCenter.on(pbx).withAgents(AGENTS).straightTo("orders");
      try (var server = center.start(database)) {
        DeskClient.ready(server.webPort(), AGENTS);
        for (int i = 0; i < calls; i++) {
          pbx.call(
              new CallerBehavior(
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
