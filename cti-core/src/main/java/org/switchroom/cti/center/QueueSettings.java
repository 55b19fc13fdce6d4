package org.switchroom.cti.center;

import java.time.Duration;
import java.util.List;
import org.switchroom.acd.Queue;
import org.switchroom.acd.QueueId;
import org.switchroom.acd.SkillExpression;
import org.switchroom.acd.WrapUp;

/// A queue as the center runs it.
///
/// @param title shown to people
/// @param ring how long an agent's phone rings
/// @param targetPercent of contacts to be answered within `targetWithin`; for display
/// @param targetWithin the service level's time
/// @param dispositions what a call may have been about
public record QueueSettings(
    QueueId id,
    String title,
    SkillExpression ask,
    int priority,
    Duration ring,
    WrapUp wrapUp,
    int targetPercent,
    Duration targetWithin,
    List<String> dispositions) {
  /// The PBX ends the ringing by itself, so that it and the answer cannot cross; the router's own
  /// time is for a PBX that says nothing.
  private static final Duration PBX_GRACE = Duration.ofSeconds(3);

  Queue forRouter() {
    return new Queue(id, ask, priority, ring.plus(PBX_GRACE), wrapUp);
  }
}
