package org.switchroom.cti.screens;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.pbx.PhoneState;

/// An agent as screens show them.
///
/// @param state of several contacts the most pressing
/// @param reason why not ready; else empty
/// @param pending `not-ready:REASON` or `log-out`, asked for while busy; else empty
/// @param phone whether it could ring
/// @param desk whether a screen is open
/// @param contacts what is in their hands, in the order in which it came
public record AgentView(
    AgentId agent,
    String name,
    Activity state,
    Instant since,
    String reason,
    String pending,
    PhoneState phone,
    boolean desk,
    List<InHandView> contacts) {
  /// What they do, or are ready for.
  public enum Activity {
    LOGGED_OUT,
    NOT_READY,
    READY,
    RESERVED,
    RINGING,
    TALKING,
    HOLD,
    /// On a task.
    WORKING,
    CONSULTING,
    WRAP_UP;

    /// As screens are told: `logged-out`.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// One contact in the agent's hands.
  ///
  /// @param call whether it is one; else a task
  /// @param state how far they are with it
  /// @param queueTitle shown to people
  /// @param customer the name where known; else the number
  /// @param until when a wrap-up ends by itself, or a caller on hold goes back to the queue
  /// @param dispositionNeeded whether it ends only with one
  /// @param reminded how often they were of a caller on hold
  /// @param returned whether the caller went back to the queue, having been on hold for too long
  /// @param recording of the talk; empty: there is none
  /// @param mayRecord whether the agent may begin one
  public record InHandView(
      ContactId contact,
      boolean call,
      InHand.Stage state,
      Instant since,
      QueueId queue,
      String queueTitle,
      String customer,
      Optional<Instant> until,
      boolean dispositionNeeded,
      int reminded,
      boolean returned,
      Optional<RecordingView> recording,
      boolean mayRecord) {}

  /// @param since when it began
  /// @param paused whether silence is recorded now
  public record RecordingView(Instant since, boolean paused) {}
}
