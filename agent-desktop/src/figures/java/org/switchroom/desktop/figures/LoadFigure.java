package org.switchroom.desktop.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.switchroom.cti.pbx.simulated.CallerBehavior;
import org.switchroom.cti.pbx.simulated.PbxWatcher;
import org.switchroom.cti.pbx.simulated.SimulatedPbx;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.SimulatedFloor;
import org.switchroom.desktop.testkit.CenterFile;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.ServerProcess;
import org.switchroom.desktop.testkit.TestCenter;

/// The server as people run it, in a process of its own; the simulated PBX, its callers and 1,000
/// desks in this one. An offer's time is measured here, from the caller being held to the order to
/// ring a phone: a free agent is always there. Beside it stands what a call costs, of both
/// processes: at 100 % of two cores there is no more to be had.
final class LoadFigure {
  private static final int AGENTS = 1_000;
  private static final Duration PROMPT = Duration.ofMillis(400);

  private final AtomicLong made = new AtomicLong();
  private final AtomicLong bridged = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong unserved = new AtomicLong();
  private final Map<String, Long> heldAt = new ConcurrentHashMap<>();
  private final List<Long> resident = new ArrayList<>();
  private volatile Times times = new Times();
  private final SimulatedPbx pbx;
  private final SplittableRandom random = new SplittableRandom(1);

  private LoadFigure() throws InterruptedException {
    pbx =
        SimulatedFloor.open(
            PROMPT,
            AGENTS,
            Duration.ofMillis(500),
            new PbxWatcher() {
              @Override
              public void held(String call, long nanoTime) {
                heldAt.put(call, nanoTime);
              }

              @Override
              public void rung(String call, String device, long nanoTime) {
                Long since = heldAt.remove(call);
                if (since != null) times.add(nanoTime - since);
              }

              @Override
              public void bridged(String call, String device) {
                bridged.incrementAndGet();
              }

              @Override
              public void callEnded(String call, boolean wasBridged) {
                ended.incrementAndGet();
                if (!wasBridged) unserved.incrementAndGet();
              }
            });
  }

  /// @param args for how many seconds 50 calls/s come, and which rates follow, until one is too
  ///   much
  public static void main(String[] args) throws Exception {
    int[] rates =
        args.length < 2
            ? new int[] {75, 100, 150, 200, 300, 400}
            : Stream.of(args).skip(1).mapToInt(Integer::parseInt).toArray();
    new LoadFigure().run(args.length > 0 ? Integer.parseInt(args[0]) : 60, rates);
    System.exit(0);
  }

  private void run(int seconds, int[] rates) throws Exception {
    CenterFile center =
        TestCenter.on(pbx).withAgents(AGENTS).in(Files.createTempDirectory("switchroom-load"));
    try (var server = new ServerProcess(center, ServerProcess.Manner.AS_LAUNCHED)) {
      server.start();
      var desks = logIn(center.web());
      System.out.printf(
          "%d agents at their desks; server and simulated PBX in two processes on 2 cores%n",
          AGENTS);
      load(server, 50, 15, "warm-up, 50 calls/s");
      Thread watch = Thread.ofVirtual().start(() -> watch(server));
      boolean good = load(server, 50, seconds, "50 calls/s for %d s".formatted(seconds));
      watch.interrupt();
      System.out.printf("%28s resident, MiB each minute: %s%n", "", resident);
      System.out.println(
          good
              ? "Goal reached: nothing lost, offers within 20 ms at p99."
              : "Goal MISSED: nothing lost, offers within 20 ms at p99.");
      for (int rate : rates) {
        load(server, rate, 20, rate + " calls/s for 20 s");
      }
      desks.forEach(DeskClient::close);
      server.stop();
    }
  }

  private void watch(ServerProcess server) {
    try {
      while (true) {
        TimeUnit.MINUTES.sleep(1);
        resident.add(server.residentMiB());
      }
    } catch (InterruptedException e) {
      // It is over.
    } catch (IOException e) {
      System.out.println(e);
    }
  }

  /// Returns whether every call was served and offers came in time.
  private boolean load(ServerProcess server, int rate, int seconds, String name)
      throws InterruptedException {
    times = new Times();
    Duration serverBefore = server.processorTime();
    Duration callersBefore = ownProcessorTime();
    long served = bridged.get();
    long lost = unserved.get();
    int calls = rate * seconds;
    // Seven in ten agents are talking, whatever the rate.
    Duration talk = Duration.ofMillis(Math.min(8_000, 700_000 / rate - 1_000));
    long begin = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      made.incrementAndGet();
      pbx.call(
          new CallerBehavior(
              "+8862230%05d".formatted(random.nextInt(20_000)),
              "",
              "8001",
              List.of(CallerBehavior.WAITS, '1'),
              Duration.ofMillis(100),
              Duration.ofSeconds(60),
              talk));
      long due = begin + (long) (i + 1) * 1_000_000_000L / rate;
      while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
    }
    Await.isSo(() -> ended.get() >= made.get(), Duration.ofSeconds(90));
    Times measured = times;
    long here = bridged.get() - served;
    System.out.println(measured.line(name));
    System.out.printf(
        "%28s calls %d, answered %d, unserved %d, channels left %d%n",
        "", calls, here, unserved.get() - lost, pbx.liveChannels());
    System.out.printf(
        "%28s a call costs the server %.2f ms of processor, PBX, callers and desks %.2f%n",
        "",
        server.processorTime().minus(serverBefore).toNanos() / 1e6 / calls,
        ownProcessorTime().minus(callersBefore).toNanos() / 1e6 / calls);
    return here == calls
        && unserved.get() == lost
        && pbx.liveChannels() == 0
        && measured.millisAt(99) <= 20;
  }

  private static Duration ownProcessorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static List<DeskClient> logIn(int web) {
    List<DeskClient> desks = DeskClient.ready(web, AGENTS);
    for (int i = 1; i <= AGENTS; i++) {
      String agent = "a" + i;
      DeskClient desk = desks.get(i - 1);
      Await.until(() -> isReady(desk, agent), agent + " is ready", Duration.ofMinutes(2));
    }
    return desks;
  }

  private static boolean isReady(DeskClient desk, String agent) {
    JsonNode topic = desk.topic("agent:" + agent);
    return topic != null && topic.path("state").asText().equals("ready");
  }
}
