package org.switchroom.acd.plan;

/// How urgent a queue's contacts are beside those of other queues.
///
/// A contact's urgency at a time is `priority + aging × hours waited` points, its priority being
/// the queue's plus its own plus what its routing steps have added. Of two that are equally urgent
/// the one with the longer weighted wait goes first: `weight × wait`. This is the accumulating
/// priority of Stanford, Taylor and Ziedins (2014), doi:10.1007/s11134-013-9382-6.
///
/// @param priority points, from -100,000 to 100,000
/// @param aging points an hour, from 0 to 1,000
/// @param weight how much a second of waiting counts, from 1 to 100
public record Urgency(int priority, int aging, int weight) {
  public static final int MOST_PRIORITY = 100_000;
  public static final int MOST_AGING = 1_000;
  public static final int MOST_WEIGHT = 100;

  public static final Urgency PLAIN = new Urgency(0, 0, 1);

  /// @throws IllegalArgumentException when a number is out of its range
  public Urgency {
    check("priority", priority, -MOST_PRIORITY, MOST_PRIORITY);
    check("aging", aging, 0, MOST_AGING);
    check("weight", weight, 1, MOST_WEIGHT);
  }

  /// A sum of priorities stays within the range.
  public static int sum(long priorities) {
    return Math.clamp(priorities, -MOST_PRIORITY, MOST_PRIORITY);
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "A queue's %s is %d; it must be from %d to %d.".formatted(name, value, least, most));
    }
  }
}
