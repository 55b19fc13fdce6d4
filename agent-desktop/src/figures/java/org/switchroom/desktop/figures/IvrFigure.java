package org.switchroom.desktop.figures;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Hours;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.skill.SkillExpression;
import org.switchroom.cti.center.QueueSettings;
import org.switchroom.cti.pbx.simulated.CallerBehavior;
import org.switchroom.cti.pbx.simulated.PbxWatcher;
import org.switchroom.cti.pbx.simulated.SimulatedPbx;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.SimulatedFloor;
import org.switchroom.desktop.settings.IvrSettings;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// Callers in the shipped scripts, 30 new a second and 500 at once, on the simulated PBX in the
/// same process: from a key to the next prompt, and what a caller takes of the memory.
///
/// Options: callers a second, seconds.
final class IvrFigure {
  private static final Duration PROMPT = Duration.ofMillis(3_000);
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  private final ConcurrentHistogram latency =
      new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(30), 3);
  private final Map<String, Long> pressed = new ConcurrentHashMap<>();
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private volatile boolean counting;

  public static void main(String[] options) throws Exception {
    int perSecond = options.length > 0 ? Integer.parseInt(options[0]) : 30;
    int seconds = options.length > 1 ? Integer.parseInt(options[1]) : 60;
    new IvrFigure().run(perSecond, seconds);
  }

  private void run(int perSecond, int seconds) throws Exception {
    var watcher =
        new PbxWatcher() {
          @Override
          public void keyPressed(String call, long nanoTime) {
            pressed.put(call, nanoTime);
          }

          @Override
          public void prompted(String call, String file, long nanoTime) {
            Long since = pressed.remove(call);
            if (since != null && counting) latency.recordValue(nanoTime - since);
          }

          @Override
          public void callEnded(String call, boolean wasBridged) {
            pressed.remove(call);
            ended.incrementAndGet();
          }
        };
    try (var pbx = SimulatedFloor.open(PROMPT, watcher);
        var database = Database.open(Database.inMemoryUrl("ivr-figure"), "sa", "")) {
      measure(pbx, database, perSecond, seconds);
      System.out.printf(
          "%d calls, %d in the history%n", started.get(), new SqlHistoryStore(database).contacts());
    }
  }

  private void measure(SimulatedPbx pbx, Database database, int perSecond, int seconds)
      throws Exception {
    try (var _ = TestServer.start(settings(pbx), database)) {
      long empty = heap();
      call(pbx, perSecond, (int) WARM_UP.toSeconds());
      counting = true;
      call(pbx, perSecond, seconds);
      counting = false;
      int inside = started.get() - ended.get();
      long full = heap();
      Await.until(() -> started.get() <= ended.get(), "every call is over", Duration.ofMinutes(5));
      System.out.printf(
          "%d callers/s for %d s, %d in scripts at the end%n", perSecond, seconds, inside);
      System.out.printf(
          "key → next prompt: p50 %.2f ms, p99 %.2f ms, most %.2f ms, of %d%n",
          ms(50), ms(99), latency.getMaxValue() / 1e6, latency.getTotalCount());
      System.out.printf(
          "heap: %d KiB a caller (with the simulated PBX's side)%n",
          (full - empty) / 1024 / Math.max(inside, 1));
    }
  }

  private double ms(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1e6;
  }

  private static long heap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(200);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void call(SimulatedPbx pbx, int perSecond, int seconds) throws InterruptedException {
    var random = new SplittableRandom(7);
    long begin = System.nanoTime();
    for (int i = 0; i < perSecond * seconds; i++) {
      long due = begin + TimeUnit.SECONDS.toNanos(1) * i / perSecond;
      while (System.nanoTime() < due) TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      started.incrementAndGet();
      pbx.call(caller(random, i));
    }
  }

  /// A stranger, who chooses a language, has no number, and wanders through the menus.
  private static CallerBehavior caller(SplittableRandom random, int number) {
    var keys = new ArrayList<Character>();
    keys.add((char) ('1' + random.nextInt(3)));
    keys.add(CallerBehavior.WAITS);
    String[] ways = {"1*2", "1*0", "9912", "1*12", "80"};
    for (char key : ways[random.nextInt(ways.length)].toCharArray()) keys.add(key);
    return new CallerBehavior(
        "+8869%08d".formatted(number),
        "",
        "8001",
        keys,
        Duration.ofMillis(2_200),
        Duration.ofMillis(500),
        Duration.ofSeconds(5));
  }

  private static Settings settings(SimulatedPbx pbx) {
    var always = new EnumMap<DayOfWeek, List<Hours.Span>>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      always.put(day, List.of(new Hours.Span(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT)));
    }
    var zone = ZoneId.of("Asia/Taipei");
    var queues = new ArrayList<QueueSettings>();
    for (String name : List.of("orders", "billing", "general", "messages", "callbacks")) {
      boolean tasks = name.equals("messages") || name.equals("callbacks");
      var queue = Queue.of(new QueueId(name), SkillExpression.ANY);
      queues.add(QueueSettings.of(tasks ? queue.withChannel(Channel.TASK) : queue, name));
    }
    return TestCenter.on(pbx)
        .settings()
        .withZone(zone)
        .withIvr(IvrSettings.shipped("bookshop", Map.of("office", Hours.weekly(zone, always))))
        .withQueues(queues);
  }
}
