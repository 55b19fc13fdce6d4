package org.switchroom.cti.screens;

import java.time.Instant;
import java.util.List;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.QueueId;

/// The first who wait in a queue, in the order in which they came.
public record WaitersView(QueueId queue, List<Waiter> waiters) {
  /// How many are shown.
  public static final int MOST = 15;

  /// @param name of the customer where known; else the number
  /// @param priority points that the script, the tier and a supervisor gave
  /// @param boost those of them that a supervisor gave
  public record Waiter(
      ContactId contact, String name, String tier, Instant since, int priority, int boost) {}
}
