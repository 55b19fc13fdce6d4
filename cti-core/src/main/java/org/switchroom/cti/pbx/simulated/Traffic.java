package org.switchroom.cti.pbx.simulated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Callers who arrive at random (Poisson) and behave believably; the same seed brings the same
/// callers in the same order.
public final class Traffic implements AutoCloseable {
  /// Somebody who may call.
  public record Person(String number, String name) {}

  /// @param perMinute mean arrivals
  /// @param rush so many callers are there at the beginning, so that a day does not begin empty
  /// @param people who calls; some callers are strangers
  /// @param habits what callers press once they are in the menu
  public record Options(
      long seed,
      double perMinute,
      int rush,
      List<Person> people,
      String dialed,
      List<Habit> habits,
      Duration thinking,
      Duration meanPatience,
      Duration meanTalk) {}

  /// @param keys one each time the menu listens; [CallerBehavior#WAITS] lets one such time pass
  /// @param weight how many have it
  public record Habit(String keys, int weight) {}

  private static final double STRANGERS = 0.12;
  private static final double AGENT_ENDS = 0.4;
  private static final double TAKE_UP_OFFERS = 0.15;

  private final SimulatedPbx pbx;
  private final Options settings;
  private final SplittableRandom random;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("simulated-callers").daemon().factory());

  public Traffic(SimulatedPbx pbx, Options settings) {
    this.pbx = pbx;
    this.settings = settings;
    this.random = new SplittableRandom(settings.seed());
  }

  public void start() {
    for (int i = 1; i <= settings.rush(); i++) {
      timer.schedule(() -> pbx.call(next()), 400L * i, TimeUnit.MILLISECONDS);
    }
    timer.schedule(this::arrive, 200, TimeUnit.MILLISECONDS);
  }

  private void arrive() {
    pbx.call(next());
    double pause = exponential() * 60_000 / settings.perMinute();
    timer.schedule(this::arrive, (long) pause, TimeUnit.MILLISECONDS);
  }

  CallerBehavior next() {
    boolean stranger = random.nextDouble() < STRANGERS;
    Person person =
        stranger
            ? new Person("+8869%08d".formatted(random.nextInt(100_000_000)), "")
            : settings.people().get(random.nextInt(settings.people().size()));
    var keys = new ArrayList<Character>();
    // A stranger chooses a language, is asked for a customer number, and has none.
    if (stranger) {
      keys.add((char) ('1' + random.nextInt(3)));
      keys.add(CallerBehavior.WAITS);
    }
    for (char key : habit().toCharArray()) keys.add(key);
    boolean agentEnds = random.nextDouble() < AGENT_ENDS;
    boolean takesUp = random.nextDouble() < TAKE_UP_OFFERS;
    if (takesUp) {
      // The number is right.
      keys.add('1');
    } else if (agentEnds) {
      // Most are content.
      keys.add((char) ('1' + Math.min(4, random.nextInt(7))));
      keys.add(random.nextInt(5) == 0 ? '1' : '2');
    }
    // Nobody's talk is shorter than a greeting; the rest is long-tailed, as talks are.
    double talk = 0.3 + 0.7 * exponential();
    return new CallerBehavior(
        person.number(),
        person.name(),
        settings.dialed(),
        keys,
        settings.thinking(),
        times(settings.meanPatience(), 0.25 + 0.75 * exponential()),
        times(settings.meanTalk(), talk),
        Duration.ofMillis(3_000 + random.nextInt(9_000)),
        takesUp ? (random.nextBoolean() ? '1' : '2') : CallerBehavior.WAITS,
        agentEnds);
  }

  private String habit() {
    int all = settings.habits().stream().mapToInt(Habit::weight).sum();
    int drawn = random.nextInt(all);
    for (Habit habit : settings.habits()) {
      drawn -= habit.weight();
      if (drawn < 0) return habit.keys();
    }
    throw new IllegalStateException("Habits have no weight.");
  }

  /// Exponential with mean 1.
  private double exponential() {
    return -Math.log(1 - random.nextDouble());
  }

  private static Duration times(Duration duration, double factor) {
    return Duration.ofNanos((long) (duration.toNanos() * factor));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
