package org.switchroom.cti.customer;

import java.time.Instant;

/// What an agent is, or will be when their hands are free: what a server that starts again makes of
/// them.
///
/// @param reason why not ready; else empty
/// @param wrapUp what they wrap up; null: nothing
/// @param task the task they work on; empty: none
public record SeatChanged(
    String agent, Presence presence, String reason, Instant at, WrapUp wrapUp, String task)
    implements HistoryRecord {
  public enum Presence {
    LOGGED_OUT,
    NOT_READY,
    READY
  }

  /// @param call as it was when the talk ended
  public record WrapUp(CallSeen call, Instant since) {}

  /// Journals of older versions have no task.
  public SeatChanged {
    if (task == null) task = "";
  }

  public SeatChanged(String agent, Presence presence, String reason, Instant at) {
    this(agent, presence, reason, at, null, "");
  }

  /// It belongs to no call.
  @Override
  public String call() {
    return "";
  }

  /// The same agent, who has said what the call was about.
  public SeatChanged wrappedUp() {
    return new SeatChanged(agent, presence, reason, at, null, task);
  }

  /// Whether it says the same but for the time.
  public boolean same(SeatChanged other) {
    return other != null
        && equals(
            new SeatChanged(
                other.agent, other.presence, other.reason, at, other.wrapUp, other.task));
  }
}
