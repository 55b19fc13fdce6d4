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
  /// @param keys what a caller may press, by how often: `{'1': 5, '2': 3}` is written as `1111122
  ///   2`
  public record Settings(
      long seed,
      double perMinute,
      int rush,
      List<Person> people,
      String dialed,
      String keys,
      Duration thinking,
      Duration meanPatience,
      Duration meanTalk) {}

  private static final double STRANGERS = 0.12;

  private final SimulatedPbx pbx;
  private final Settings settings;
  private final SplittableRandom random;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("simulated-callers").daemon().factory());

  public Traffic(SimulatedPbx pbx, Settings settings) {
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

  CallerPlan next() {
    boolean stranger = random.nextDouble() < STRANGERS;
    Person person =
        stranger
            ? new Person("+8869%08d".formatted(random.nextInt(100_000_000)), "")
            : settings.people().get(random.nextInt(settings.people().size()));
    var keys = new ArrayList<Character>();
    // A stranger is asked for a customer number and has none.
    if (stranger) keys.add(CallerPlan.WAITS);
    keys.add(settings.keys().charAt(random.nextInt(settings.keys().length())));
    // Nobody's talk is shorter than a greeting; the rest is long-tailed, as talks are.
    double talk = 0.3 + 0.7 * exponential();
    return new CallerPlan(
        person.number(),
        person.name(),
        settings.dialed(),
        keys,
        settings.thinking(),
        times(settings.meanPatience(), 0.25 + 0.75 * exponential()),
        times(settings.meanTalk(), talk));
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
