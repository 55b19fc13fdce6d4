package org.switchroom.cti.screens;

import java.time.Instant;
import java.util.List;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.QueueId;

/// The callers whom an agent may pick up out of the park, the one who was parked first before.
///
/// @param more how many there are beyond these
public record ParkedView(List<ParkedCaller> callers, int more) {
  /// How many are shown.
  public static final int MOST = 20;

  public static final ParkedView NOBODY = new ParkedView(List.of(), 0);

  /// @param customer the name where known; else the number
  /// @param by the name of the agent who has parked them
  /// @param why in that agent's words; empty: nothing was said
  /// @param until they go back to the queue then
  public record ParkedCaller(
      ContactId contact,
      String customer,
      QueueId queue,
      String queueTitle,
      String by,
      String why,
      Instant since,
      Instant until) {}
}
