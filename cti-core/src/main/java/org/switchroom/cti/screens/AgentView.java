package org.switchroom.cti.screens;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.agent.InHand;
import org.switchroom.cti.event.DialProgress;
import org.switchroom.cti.pbx.PhoneState;
import org.switchroom.cti.pbx.Supervision;

/// An agent as screens show them.
///
/// @param state of several contacts the most pressing
/// @param reason why not ready; else empty
/// @param pending `not-ready:REASON` or `log-out`, asked for while busy; else empty
/// @param phone whether it could ring
/// @param sitsAt which phone that is, as the PBX names it; empty: they have none now
/// @param choosesPhone whether there are others at which they may sit
/// @param answersAtPhone whether it is answered there alone, and not from the desk
/// @param desk whether a screen is open
/// @param supervised how a supervisor takes part in their talk, as far as they are told; empty:
///   none does
/// @param contacts what is in their hands, in the order in which it came
public record AgentView(
    AgentId agent,
    String name,
    Activity state,
    Instant since,
    String reason,
    String pending,
    PhoneState phone,
    String sitsAt,
    boolean choosesPhone,
    boolean answersAtPhone,
    boolean desk,
    Optional<Supervision> supervised,
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
  /// @param heldOnPhone whether the caller is on hold by the phone's own key
  /// @param reminded how often they were of a caller on hold
  /// @param returned whether the caller went back to the queue, having been on hold
  /// @param consulted whether a colleague asks them by it, about their own contact
  /// @param asks whom they ask beside the caller; empty: nobody
  /// @param conference whether caller, agent and whoever is asked hear each other
  /// @param dials how far the number is that the agent has called; empty: the contact came in
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
      boolean heldOnPhone,
      int reminded,
      boolean returned,
      boolean consulted,
      Optional<AsksView> asks,
      boolean conference,
      Optional<DialsView> dials,
      Optional<RecordingView> recording,
      boolean mayRecord) {}

  /// Whom an agent asks beside the caller.
  ///
  /// @param whom a colleague's name, a queue's title or a number outside
  /// @param outside whether it is a number
  /// @param progress how far that is
  /// @param since when it began to be so
  /// @param withCaller whether the agent is with the caller now
  /// @param holds whether whoever is asked has put the agent on hold
  public record AsksView(
      String whom,
      boolean outside,
      Progress progress,
      Instant since,
      boolean withCaller,
      boolean holds) {
    public enum Progress {
      WAITING,
      RINGING,
      TALKING,
      /// A number outside did not answer.
      NOT_REACHED;

      /// As screens are told.
      public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }
  }

  /// @param since when it began to be so
  /// @param warns from when on the end is shown; empty: it is not
  /// @param ends when the PBX ends it; empty: nobody is reached, or it is not known
  public record DialsView(
      DialProgress progress, Instant since, Optional<Instant> warns, Optional<Instant> ends) {}

  /// @param since when it began
  /// @param paused whether silence is recorded now
  public record RecordingView(Instant since, boolean paused) {}
}
