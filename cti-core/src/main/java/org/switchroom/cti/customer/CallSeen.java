package org.switchroom.cti.customer;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.switchroom.ivr.Outcome.TrailEntry;

/// A call that is not over, as it was last seen: what a later run knows of it beside what the PBX
/// says. The [ContactRecord] ends it.
///
/// @param customer null: not known, or one of several
/// @param tier the customer's; empty: not known
/// @param language BCP 47
/// @param queue empty: none yet
/// @param queued when the wait began; null: never yet
/// @param agent who talks or talked; empty: nobody
/// @param answered when the talk began; null: never yet
/// @param leg the agent's; empty: none
/// @param raised points that a supervisor has added
/// @param diversions how often the caller was sent out of the queues
/// @param at when it was so
public record CallSeen(
    String call,
    Stage stage,
    Long customer,
    String tier,
    String fromNumber,
    String dialed,
    String language,
    Instant arrived,
    String queue,
    Instant queued,
    String agent,
    Instant answered,
    String leg,
    boolean transferred,
    int raised,
    int diversions,
    List<TrailEntry> path,
    Map<String, String> answers,
    Instant at)
    implements HistoryRecord {
  public enum Stage {
    IN_SCRIPT,
    PLACED,
    WAITING,
    /// Out of the queues: in a script again, or being connected with a number.
    AWAY,
    TALKING,
    /// The agent is gone, the caller is not yet.
    RELEASED
  }

  /// The same, of this customer.
  public CallSeen of(Customer known) {
    return new CallSeen(
        call,
        stage,
        known.id(),
        known.tier(),
        fromNumber,
        dialed,
        language,
        arrived,
        queue,
        queued,
        agent,
        answered,
        leg,
        transferred,
        raised,
        diversions,
        path,
        answers,
        at);
  }
}
