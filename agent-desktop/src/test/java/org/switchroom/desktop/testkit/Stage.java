package org.switchroom.desktop.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.switchroom.cti.pbx.simulated.CallerBehavior;
import org.switchroom.cti.pbx.simulated.PbxWatcher;
import org.switchroom.cti.pbx.simulated.PhoneBehavior;
import org.switchroom.cti.pbx.simulated.SimulatedPbx;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.cti.testkit.SimulatedFloor;

/// Where a [KillStorm] plays: a PBX whose callers and phones do what they are told, and whose own
/// word of what happened is counted.
public interface Stage extends AutoCloseable {
  int amiPort();

  /// A phone that answers after a while.
  void phone(String device, Duration answersAfter);

  /// A known caller, who presses a key when the menu asks, waits for ever, and talks so long.
  void call(int number, char key, Duration talk);

  /// Callers who have reached the PBX. SIPp now and then finds its port taken, and calls nobody.
  int called();

  /// Callers whose calls are over.
  int ended();

  /// Callers who talked to an agent.
  int talked();

  /// Callers who had two agents, one after the other or at once.
  int shared();

  /// Whether they came to phones in their order.
  OrderWatch order();

  /// What lives, for people who look for a fault.
  String describe();

  /// Callers whose calls ended without a talk, and where, as far as it is known.
  List<String> untalked();

  @Override
  void close() throws IOException;

  static String numberOf(int caller) {
    return "+8862230%05d".formatted(caller);
  }

  /// The simulated PBX.
  final class Simulated implements Stage {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final OrderWatch order = new OrderWatch();
    private final Map<String, List<String>> bridged = new ConcurrentHashMap<>();
    private final AtomicInteger called = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final SimulatedPbx pbx;

    public Simulated() throws InterruptedException {
      pbx =
          SimulatedFloor.open(
              Duration.ofMillis(150),
              new PbxWatcher() {
                @Override
                public void bridged(String call, String device) {
                  bridged.computeIfAbsent(call, _ -> new CopyOnWriteArrayList<>()).add(device);
                  order.over(call);
                }

                @Override
                public void held(String call, long nanoTime) {
                  order.held(call, nanoTime / 1_000_000);
                }

                @Override
                public void rung(String call, String device, long nanoTime) {
                  order.offered(call);
                }

                @Override
                public void callEnded(String call, boolean wasBridged) {
                  ended.incrementAndGet();
                  order.over(call);
                }
              });
    }

    @Override
    public int amiPort() {
      return pbx.amiPort();
    }

    @Override
    public void phone(String device, Duration answersAfter) {
      pbx.phone(device, PhoneBehavior.answersAfter(answersAfter));
    }

    @Override
    public void call(int number, char key, Duration talk) {
      called.incrementAndGet();
      pbx.call(
          new CallerBehavior(
              numberOf(number), "", "8001", List.of(key), Duration.ofMillis(50), PATIENCE, talk));
    }

    @Override
    public int called() {
      return called.get();
    }

    @Override
    public int ended() {
      return ended.get();
    }

    @Override
    public int talked() {
      return bridged.size();
    }

    @Override
    public int shared() {
      return (int)
          bridged.values().stream()
              .filter(devices -> devices.stream().distinct().count() > 1)
              .count();
    }

    @Override
    public OrderWatch order() {
      return order;
    }

    @Override
    public String describe() {
      return pbx.liveChannels() + " channels";
    }

    @Override
    public List<String> untalked() {
      return List.of();
    }

    @Override
    public void close() {
      pbx.close();
    }
  }

  /// A real Asterisk with SIPp callers and phones; the phones hang up.
  final class Asterisk implements Stage {
    private final RealAsterisk asterisk = new RealAsterisk();
    private final CallWatcher watcher;
    private final List<Process> calls = new CopyOnWriteArrayList<>();

    public Asterisk() throws IOException {
      watcher = new CallWatcher(asterisk.amiDirect().port());
    }

    @Override
    public int amiPort() {
      return asterisk.amiDirect().port();
    }

    @Override
    public void phone(String device, Duration answersAfter) {
      asterisk.phoneThatTalks(
          device, answersAfter, Duration.ofMillis(300), Duration.ofMillis(2_000));
    }

    @Override
    public void call(int number, char key, Duration talk) {
      calls.add(
          asterisk.call(
              numberOf(number),
              "8001",
              String.valueOf(key),
              Duration.ofMillis(900),
              Duration.ofMinutes(10)));
    }

    @Override
    public int called() {
      return watcher.callers();
    }

    @Override
    public int ended() {
      return (int) new ArrayList<>(calls).stream().filter(call -> !call.isAlive()).count();
    }

    @Override
    public int talked() {
      return watcher.talked();
    }

    @Override
    public int shared() {
      return watcher.shared();
    }

    @Override
    public OrderWatch order() {
      return watcher.order();
    }

    @Override
    public String describe() {
      return asterisk.console("core show channels concise");
    }

    @Override
    public List<String> untalked() {
      return watcher.untalked();
    }

    @Override
    public void close() throws IOException {
      watcher.close();
      asterisk.close();
    }
  }
}
