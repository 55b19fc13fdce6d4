package org.switchroom.acd.plan;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/// What a queue is measured by, and what its waits cost.
///
/// @param percent of contacts to be served within `within`
/// @param rule how those count who leave without an agent
/// @param cost of waiting, beside other queues, from 1 to 1,000; for the policy `c-mu`
/// @param handle mean time to serve a contact, from the beginning of the talk to the end of the
///   wrap-up, which the queue begins with: it counts like one contact beside those that it has
///   seen. For `c-mu`, and the expected wait
/// @param ratio this queue's part of all who wait, beside other queues, from 1 to 1,000; for
///   `queue-ratio`
@RecordBuilder
public record Objectives(
    int percent, Duration within, ServiceLevelRule rule, int cost, Duration handle, int ratio)
    implements ObjectivesBuilder.With {
  public static final Objectives DEFAULT =
      new Objectives(
          80, Duration.ofSeconds(20), ServiceLevelRule.DEFAULT, 1, Duration.ofMinutes(3), 1);

  /// @throws IllegalArgumentException when a number is out of its range
  public Objectives {
    check("service-level percent", percent, 100);
    check("cost", cost, 1_000);
    check("ratio", ratio, 1_000);
    if (!handle.isPositive()) {
      throw new IllegalArgumentException(
          "A queue's handle time is %s; it must be longer than zero.".formatted(handle));
    }
  }

  public Objectives withTarget(int otherPercent, Duration otherWithin) {
    return withPercent(otherPercent).withWithin(otherWithin);
  }

  private static void check(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "A queue's %s is %d; it must be from 1 to %d.".formatted(name, value, most));
    }
  }
}
