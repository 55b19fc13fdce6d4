package org.switchroom.desktop.figures;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.switchroom.cti.pbx.simulated.CallerBehavior;
import org.switchroom.cti.pbx.simulated.PbxWatcher;
import org.switchroom.cti.pbx.simulated.SimulatedPbx;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.SimulatedFloor;
import org.switchroom.desktop.testkit.CenterFile;
import org.switchroom.desktop.testkit.DeskCrowd;
import org.switchroom.desktop.testkit.ServerProcess;
import org.switchroom.desktop.testkit.TestCenter;

/// Kills a server whose 2,000 agents are at their desks, all but fifty of them in a talk, when
/// fifty callers come; and measures from the kill until a phone rings again, until the last of
/// these callers is offered, and until the last desk shows its agent. Nobody tells the desks: they
/// come back as browsers do.
///
/// Or a server whose callers wait, while every agent is in a talk of three seconds.
///
/// Options: agents, times, callers who wait; `alone`: no browser asks for anything meanwhile.
final class RestartFigure {
  private static final int FREE = 50;
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration TURN = Duration.ofSeconds(3);
  private static final Duration LOOKS_AGAIN = Duration.ofMillis(10);

  private final AtomicInteger bridged = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final Set<String> offered = ConcurrentHashMap.newKeySet();
  private final AtomicLong firstOffer = new AtomicLong();
  private final AtomicLong lastOffer = new AtomicLong();
  private final AtomicInteger held = new AtomicInteger();
  private final int waiting;
  private final boolean alone;
  private int callers;
  private final SimulatedPbx pbx;

  private RestartFigure(int agents, int waiting, boolean alone) throws InterruptedException {
    this.waiting = waiting;
    this.alone = alone;
    pbx =
        SimulatedFloor.open(
            Duration.ofMillis(20),
            agents,
            Duration.ofMillis(200),
            new PbxWatcher() {
              @Override
              public void held(String call, long nanoTime) {
                held.incrementAndGet();
              }

              @Override
              public void rung(String call, String device, long nanoTime) {
                if (!offered.add(call)) return;
                firstOffer.compareAndSet(0, nanoTime);
                lastOffer.set(nanoTime);
              }

              @Override
              public void bridged(String call, String device) {
                bridged.incrementAndGet();
              }

              @Override
              public void callEnded(String call, boolean wasBridged) {
                ended.incrementAndGet();
              }
            });
  }

  public static void main(String[] options) throws Exception {
    int agents = options.length > 0 ? Integer.parseInt(options[0]) : 2_000;
    int times = options.length > 1 ? Integer.parseInt(options[1]) : 5;
    int waiting = options.length > 2 ? Integer.parseInt(options[2]) : 0;
    boolean alone = List.of(options).contains("alone");
    new RestartFigure(agents, waiting, alone).run(agents, times);
    System.exit(0);
  }

  private void run(int agents, int times) throws Exception {
    CenterFile center =
        TestCenter.on(pbx)
            .withAgents(agents)
            .onlyQueue("all")
            .in(Files.createTempDirectory("switchroom-restart"));
    URI page = URI.create("http://127.0.0.1:%d/".formatted(center.web()));
    List<String> tokens = DeskCrowd.logInBefore(center, agents);
    try (var server = new ServerProcess(center, ServerProcess.Manner.AS_LAUNCHED);
        var crowd = new DeskCrowd(center.web(), tokens)) {
      // The first that is stopped in good order leaves its classes ready.
      server.start();
      server.stop();
      server.start();
      crowd.come();
      if (!crowd.awaitAll(120)) throw new IllegalStateException("Not all desks came.");
      crowd.ready(agents);
      if (waiting > 0) {
        for (int i = 0; i < waiting; i++) call(i, TURN);
        holds(() -> held.get() == waiting, "all callers wait, or have waited");
        System.out.printf(
            "%,d agents at their desks, %,d callers who waited, 2 cores%n", agents, waiting);
      } else {
        for (int i = 0; i < agents - FREE; i++) call(i, LONG);
        holds(() -> bridged.get() == agents - FREE, "all callers are answered");
        System.out.printf(
            "%,d agents at their desks, %,d talks, %d callers who come at the kill, 2 cores%n",
            agents, bridged.get(), FREE);
      }
      if (alone) crowd.leave();
      for (int i = 0; i < times; i++) kill(server, crowd, page);
    } finally {
      pbx.close();
    }
  }

  private void kill(ServerProcess server, DeskCrowd crowd, URI page) throws Exception {
    int come = waiting > 0 ? 0 : FREE;
    int over = ended.get();
    if (!alone) crowd.expectAnew();
    long began = System.nanoTime();
    server.kill();
    firstOffer.set(0);
    offered.clear();
    for (int i = 0; i < come; i++) call(SHORT);
    var shown = CompletableFuture.supplyAsync(() -> alone ? System.nanoTime() : shows(page));
    server.start();
    long serves = System.nanoTime();
    if (!alone && !crowd.awaitAll(120)) throw new IllegalStateException("Not all desks came back.");
    long back = System.nanoTime();
    holds(() -> offered.size() >= Math.max(1, come), "all callers are offered");
    if (!alone) System.out.printf("%,6d ms to the first web page, ", millis(shown.get() - began));
    System.out.printf(
        "%,6d ms until it answers, %,6d to the first phone that rings, %,6d to the last caller"
            + " offered",
        millis(serves - began), millis(firstOffer.get() - began), millis(lastOffer.get() - began));
    System.out.println(alone ? "" : ", %,6d to the last desk".formatted(millis(back - began)));
    holds(() -> ended.get() >= over + come, "all callers are served");
  }

  /// Asks again until there is one.
  private static long shows(URI page) {
    try (var client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(page).build();
      while (true) {
        try {
          int status = client.send(request, BodyHandlers.discarding()).statusCode();
          if (status == 200) return System.nanoTime();
          throw new IllegalStateException("The page is answered with " + status + ".");
        } catch (IOException _) {
          LockSupport.parkNanos(LOOKS_AGAIN.toNanos());
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /// At most 250 a second.
  private void call(int number, Duration talk) throws InterruptedException {
    call(talk);
    if (number % 50 == 49) TimeUnit.MILLISECONDS.sleep(200);
  }

  private void call(Duration talk) {
    String number = "+8862230%05d".formatted(callers++);
    pbx.call(new CallerBehavior(number, "", "8001", List.of(), Duration.ZERO, LONG, talk));
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  private static void holds(BooleanSupplier what, String name) {
    Await.until(what, name, Duration.ofMinutes(2));
  }
}
