package org.switchroom.cti.customer;

import java.time.Instant;

/// What the history keeps of one call when it is over.
///
/// @param queue empty: the caller never came to one
/// @param agent empty: nobody answered
/// @param queued null: the caller never waited
/// @param answered null: nobody answered
/// @param path what the caller did in the script
public record ContactRecord(
    String call,
    Long customer,
    String fromNumber,
    String dialed,
    String queue,
    String agent,
    Instant arrived,
    Instant queued,
    Instant answered,
    Instant ended,
    Outcome outcome,
    String path)
    implements HistoryRecord {
  public enum Outcome {
    /// Talked to an agent.
    ANSWERED,
    /// Gave up while waiting or ringing.
    ABANDONED,
    /// Ended in the script, without waiting.
    SELF_SERVED,
    /// Was given to somebody else by the phone's own transfer.
    TRANSFERRED,
    /// Left the queue for a script, a message, a callback or a number outside.
    DIVERTED
  }
}
