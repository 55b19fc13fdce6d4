package org.switchroom.desktop.figures;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.switchroom.cti.pbx.simulated.CallerBehavior;
import org.switchroom.cti.pbx.simulated.PbxWatcher;
import org.switchroom.cti.pbx.simulated.SimulatedPbx;
import org.switchroom.cti.testkit.SimulatedFloor;
import org.switchroom.desktop.testkit.CenterFile;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.ServerProcess;
import org.switchroom.desktop.testkit.TestCenter;

/// What a large center needs of the launcher's limits: 2,000 agents at their desks, as many calls
/// in talk, and every second 50 that end and 50 that come. The server is in a process of its own.
///
/// Options: agents, seconds.
final class RoomFigure {
  private static final int CALLS_PER_SECOND = 50;
  private static final int LOOK_EVERY_SECONDS = 15;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong unserved = new AtomicLong();
  private final SplittableRandom random = new SplittableRandom(1);
  private final SimulatedPbx pbx;

  private RoomFigure(int agents) throws InterruptedException {
    pbx =
        SimulatedFloor.open(
            Duration.ofMillis(20),
            agents,
            Duration.ofMillis(500),
            new PbxWatcher() {
              @Override
              public void callEnded(String call, boolean wasBridged) {
                ended.incrementAndGet();
                if (!wasBridged) unserved.incrementAndGet();
              }
            });
  }

  public static void main(String[] options) throws Exception {
    int agents = options.length > 0 ? Integer.parseInt(options[0]) : 2_000;
    int seconds = options.length > 1 ? Integer.parseInt(options[1]) : 180;
    new RoomFigure(agents).run(agents, seconds);
    System.exit(0);
  }

  private void run(int agents, int seconds) throws Exception {
    CenterFile center =
        TestCenter.on(pbx)
            .withAgents(agents)
            .onlyQueue("all")
            .in(Files.createTempDirectory("switchroom-room"));
    try (var server = new ServerProcess(center, ServerProcess.Manner.AS_LAUNCHED)) {
      server.start();
      List<DeskClient> desks = DeskClient.ready(center.web(), agents);
      System.out.printf("%,6d MiB: %,d agents, nobody calls%n", server.residentMiB(), agents);
      long most = 0;
      long began = System.nanoTime();
      for (int second = 1; second <= seconds; second++) {
        for (int i = 0; i < CALLS_PER_SECOND; i++) call(agents);
        long due = began + TimeUnit.SECONDS.toNanos(second);
        long left = due - System.nanoTime();
        if (left > 0) TimeUnit.NANOSECONDS.sleep(left);
        most = Math.max(most, server.residentMiB());
        if (second % LOOK_EVERY_SECONDS != 0) continue;
        System.out.printf(
            "%,6d MiB after %,4d s: %,d channels, %,d calls are over, %,d of them unserved%n",
            server.residentMiB(), second, pbx.liveChannels(), ended.get(), unserved.get());
      }
      System.out.printf("%,6d MiB: the server's memory at most%n", most);
      desks.forEach(DeskClient::close);
    } finally {
      pbx.close();
    }
  }

  /// As long as it takes to have every agent talking: the calls of a second are one in so many.
  private void call(int agents) {
    long mean = agents * 1_000L / CALLS_PER_SECOND;
    long talk = mean / 2 + random.nextLong(mean);
    pbx.call(
        new CallerBehavior(
            "+8862230%05d".formatted(random.nextInt(20_000)),
            "",
            "8001",
            List.of(),
            Duration.ZERO,
            PATIENCE,
            Duration.ofMillis(talk)));
  }
}
