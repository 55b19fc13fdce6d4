package org.switchroom.desktop.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.switchroom.cti.pbx.simulated.CallerBehavior;
import org.switchroom.cti.pbx.simulated.PbxWatcher;
import org.switchroom.cti.pbx.simulated.SimulatedPbx;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.SimulatedFloor;

/// More than a server can serve: thousands of desks that come at once, desks that do not read, and
/// more callers than agents could ever answer. The server has 512 MiB.
public final class Flood implements AutoCloseable {
  private static final int WORKING = 100;
  private static final Duration TALK = Duration.ofMillis(900);

  /// @param comeMillis until every desk has its screen
  /// @param againMillis the same after the server was killed, from its start
  /// @param answeredMeanwhile calls that were answered while desks came
  /// @param waiting callers who wait at once
  /// @param answered callers of the flood who were answered in the end
  /// @param residentMiB of the server's process, at most
  public record Result(
      int desks,
      long comeMillis,
      long againMillis,
      int answeredMeanwhile,
      int flood,
      int waiting,
      int answered,
      int dropped,
      long residentMiB,
      boolean everybodyIsBack) {}

  private final int desks;
  private final int flood;
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger bridged = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();
  private final SimulatedPbx pbx;
  private final CenterFile center;
  private final ServerProcess server;
  private final List<String> tokens;
  private long residentMiB;
  private int calls;

  public Flood(Path folder, int desks, int flood) throws Exception {
    this.desks = desks;
    this.flood = flood;
    pbx =
        SimulatedFloor.open(
            Duration.ofMillis(20),
            desks,
            Duration.ofMillis(50),
            new PbxWatcher() {
              @Override
              public void held(String call, long nanoTime) {
                held.incrementAndGet();
              }

              @Override
              public void bridged(String call, String device) {
                bridged.incrementAndGet();
              }

              @Override
              public void callEnded(String call, boolean wasBridged) {
                ended.incrementAndGet();
                if (!wasBridged) dropped.incrementAndGet();
              }
            });
    center = TestCenter.on(pbx).withAgents(desks).onlyQueue("all").in(folder);
    tokens = DeskCrowd.logInBefore(center, desks);
    server = new ServerProcess(center);
  }

  public Result run() throws Exception {
    server.start();
    try (var crowd = new DeskCrowd(center.web(), tokens)) {
      long began = System.nanoTime();
      crowd.come();
      boolean came = crowd.awaitAll(120);
      long come = millisSince(began);
      crowd.ready(WORKING);
      look();

      // Everybody again, while calls go on.
      crowd.expectAnew();
      server.kill();
      server.start();
      began = System.nanoTime();
      int before = bridged.get();
      int meanwhile = desks / 20;
      for (int i = 0; i < meanwhile; i++) call(Duration.ofMinutes(5));
      boolean back = crowd.awaitAll(120);
      long again = millisSince(began);
      holds(() -> ended.get() >= calls);
      int answeredMeanwhile = bridged.get() - before;
      look();

      // Desks that do not read, and more callers than agents.
      crowd.stopReading(desks / 20);
      int heldBefore = held.get();
      int bridgedBefore = bridged.get();
      int endedBefore = ended.get();
      for (int i = 0; i < flood; i++) call(Duration.ofMinutes(10));
      holds(() -> held.get() - heldBefore >= flood);
      int waiting = flood - (ended.get() - endedBefore);
      look();
      holds(() -> ended.get() >= calls);
      look();
      return new Result(
          desks,
          come,
          again,
          answeredMeanwhile,
          flood,
          waiting,
          bridged.get() - bridgedBefore,
          dropped.get(),
          residentMiB,
          came && back && answeredMeanwhile == meanwhile);
    }
  }

  private void call(Duration patience) {
    calls++;
    pbx.call(
        new CallerBehavior(
            "+8862%08d".formatted(calls), "", "8001", List.of(), Duration.ZERO, patience, TALK));
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  private void look() throws IOException {
    residentMiB = Math.max(residentMiB, server.residentMiB());
  }

  /// What is not so in time is seen in the result.
  private static void holds(BooleanSupplier what) {
    Await.isSo(what, Duration.ofMinutes(4));
  }

  public String log() {
    return server.log();
  }

  @Override
  public void close() {
    server.close();
    pbx.close();
  }
}
