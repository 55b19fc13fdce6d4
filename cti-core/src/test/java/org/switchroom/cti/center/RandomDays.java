package org.switchroom.cti.center;

import org.switchroom.cti.event.CenterEvent.ConfigurationTaken;
import org.switchroom.cti.event.CenterEvent.Reconciled;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactQueued;

/// Days of a whole center on fake time: callers, phones that transfer and hold, desks, tasks,
/// reloads of every kind, lost links, crashes, faults. After each turn nobody is lost, nobody is
/// stuck, and who can be served is.
public final class RandomDays {
  private static final int STEPS = 400;

  /// What has happened.
  ///
  /// @param waits how often a caller or a task has begun to wait
  /// @param answered how often an agent has got one of them
  /// @param configurations that were taken, at starts and by reloads
  /// @param lists how often the PBX has said what lives, after a start or a lost link
  public record Sums(
      long days, long turns, long waits, long answered, long configurations, long lists) {
    public static final Sums NOTHING = new Sums(0, 0, 0, 0, 0, 0);

    public Sums plus(Sums other) {
      return new Sums(
          days + other.days,
          turns + other.turns,
          waits + other.waits,
          answered + other.answered,
          configurations + other.configurations,
          lists + other.lists);
    }
  }

  private RandomDays() {}

  /// @throws AssertionError when something is not as it should be; again with the same seed
  public static Sums run(long seed) {
    var day = new RandomFloor(seed);
    day.run(STEPS);
    TestFloor floor = day.goOn(0);
    return new Sums(
        1,
        floor.turns().size(),
        floor.events(ContactQueued.class).size(),
        floor.events(ContactAnswered.class).size(),
        floor.events(ConfigurationTaken.class).size(),
        floor.events(Reconciled.class).size());
  }
}
