package org.switchroom.desktop.figures;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.switchroom.cti.pbx.simulated.CallerPlan;
import org.switchroom.cti.pbx.simulated.PhonePlan;
import org.switchroom.cti.pbx.simulated.SimulatedPbx;
import org.switchroom.cti.store.CustomerSeed;
import org.switchroom.desktop.testkit.CenterFile;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.ServerProcess;
import org.switchroom.desktop.testkit.TestCenters;

/// Kills a server that has 2,000 live calls, and measures from the start of the next process until
/// it rings a phone again.
///
/// Options: calls, times.
final class RestartFigure {
  private static final int AGENTS = 40;
  private static final Duration LONG = Duration.ofHours(1);

  private final AtomicInteger held = new AtomicInteger();
  private volatile CompletableFuture<Long> rung = new CompletableFuture<>();
  private final SimulatedPbx pbx =
      new SimulatedPbx(
          new SimulatedPbx.Settings(0, "switchroom", "secret", Duration.ofMillis(20)),
          new SimulatedPbx.Watcher() {
            @Override
            public void held(String call, long nanoTime) {
              held.incrementAndGet();
            }

            @Override
            public void rung(String call, String device, long nanoTime) {
              rung.complete(nanoTime);
            }
          });

  public static void main(String[] options) throws Exception {
    int calls = options.length > 0 ? Integer.parseInt(options[0]) : 2_000;
    int times = options.length > 1 ? Integer.parseInt(options[1]) : 5;
    new RestartFigure().run(calls, times);
    System.exit(0);
  }

  private void run(int calls, int times) throws Exception {
    pbx.start();
    Path folder = Files.createTempDirectory("switchroom-restart");
    CenterFile center =
        CenterFile.write(
            folder, pbx.amiPort(), AGENTS, CenterFile.straightTo("all"), "none", "all");
    seed(center, calls);
    try (var server = new ServerProcess(center, ServerProcess.Manner.AS_LAUNCHED)) {
      // The first that is stopped in good order leaves its classes ready.
      server.start();
      server.stop();
      server.start();
      var desks = new ArrayList<DeskClient>();
      for (int i = 1; i <= AGENTS; i++) {
        pbx.phone("PJSIP/" + (1000 + i), PhonePlan.answersAfter(Duration.ofMillis(200)));
        var desk = DeskClient.logInForgetful(center.web(), "a" + i, TestCenters.PASSWORD);
        desk.ask("ready");
        desks.add(desk);
      }
      for (int i = 0; i < calls; i++) {
        pbx.call(
            new CallerPlan(
                number(i), "", "8001", List.of(), Duration.ZERO, LONG, Duration.ofSeconds(3)));
        if (i % 100 == 99) TimeUnit.MILLISECONDS.sleep(200);
      }
      while (held.get() < calls) TimeUnit.MILLISECONDS.sleep(50);
      System.out.printf("%,d live calls, %d agents, 2 cores%n", pbx.liveChannels(), AGENTS);
      for (int i = 0; i < times; i++) {
        server.kill();
        rung = new CompletableFuture<>();
        long began = System.nanoTime();
        server.start();
        long serves = System.nanoTime();
        for (int d = 0; d < desks.size(); d++) desks.set(d, desks.get(d).again());
        long first = rung.get(60, TimeUnit.SECONDS);
        System.out.printf(
            "%,6d ms to the first web page, %,6d ms to the first phone that rings; %,d channels%n",
            (serves - began) / 1_000_000, (first - began) / 1_000_000, pbx.liveChannels());
        TimeUnit.SECONDS.sleep(2);
      }
    } finally {
      pbx.close();
    }
  }

  private static String number(int caller) {
    return "+8862230%05d".formatted(caller);
  }

  private static void seed(CenterFile center, int calls) {
    var people = new ArrayList<CustomerSeed.Entry>();
    for (int i = 0; i < calls; i++) {
      people.add(
          new CustomerSeed.Entry(
              "", "Caller " + i, "", "standard", "", List.of(number(i)), List.of()));
    }
    try (var database = center.database()) {
      new CustomerSeed(database).write(people);
    }
  }
}
