package org.switchroom.cti.event;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.CallerName;
import org.switchroom.cti.pbx.LegId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.pbx.RecordingId;
import org.switchroom.cti.pbx.Supervision;
import org.switchroom.cti.pbx.TalkLimit;
import org.switchroom.cti.personal.Personal;

/// What happened to a caller's call on its PBX.
public sealed interface CallEvent extends Event {
  CallId call();

  /// What the caller wants, over any number of calls.
  ContactId contact();

  /// The call and its contact begin.
  ///
  /// @param arrived not after the turn
  /// @param name as the caller or their network says
  record CallArrived(
      CallId call,
      ContactId contact,
      @Personal PhoneNumber from,
      PhoneNumber dialed,
      Instant arrived,
      @Personal CallerName name)
      implements CallEvent {
    /// Of somebody who is not called anything.
    public CallArrived(
        CallId call, ContactId contact, PhoneNumber from, PhoneNumber dialed, Instant arrived) {
      this(call, contact, from, dialed, arrived, CallerName.NONE);
    }
  }

  /// An agent has a number outside called: the call and its contact begin, and the agent, whose
  /// phone is rung first, has them (CSTA Make Call).
  ///
  /// @param from the number that is called: its side is the caller's
  /// @param shown to whoever is called; empty: whatever the trunk shows
  /// @param leg to the agent
  record CallMade(
      CallId call,
      ContactId contact,
      AgentId agent,
      LegId leg,
      @Personal PhoneNumber from,
      PhoneNumber shown,
      TalkLimit limit)
      implements CallEvent {
    /// Of another build's ledger one may come without a limit.
    public CallMade {
      limit = Objects.requireNonNullElse(limit, TalkLimit.UNKNOWN);
    }
  }

  /// A further call of a contact that lives: whom the PBX has lost calls again.
  ///
  /// @param arrived not after the turn
  record CallJoined(
      CallId call,
      ContactId contact,
      @Personal PhoneNumber from,
      PhoneNumber dialed,
      Instant arrived)
      implements CallEvent {}

  /// The PBX has sent the caller to a script.
  ///
  /// @param until it must have begun by then, or the line on the way to it has frozen
  record ScriptAwaited(CallId call, ContactId contact, Instant until) implements CallEvent {}

  record ScriptBegan(CallId call, ContactId contact) implements CallEvent {}

  /// The dialplan holds the caller: they hear music and can be connected. CSTA Queued.
  record CallQueued(CallId call, ContactId contact) implements CallEvent {}

  /// Caller and agent hear each other for the first time on this leg. CSTA Established.
  record CallConnected(CallId call, ContactId contact, AgentId agent, LegId leg)
      implements CallEvent {}

  /// The agent has put the caller on hold. CSTA Held.
  ///
  /// @param onPhone by the phone's own key: only the phone can take them off it
  /// @param reminder when the agent is reminded of them; empty: never
  /// @param back when the caller goes back to the queue; empty: never
  record CallHeld(
      CallId call,
      ContactId contact,
      AgentId agent,
      boolean onPhone,
      Optional<Instant> reminder,
      Optional<Instant> back)
      implements CallEvent {
    /// From the desk, for however long.
    public CallHeld(CallId call, ContactId contact, AgentId agent) {
      this(call, contact, agent, false, Optional.empty(), Optional.empty());
    }
  }

  /// The caller is on hold still.
  ///
  /// @param reminded how often the agent was
  /// @param reminder when they are next; empty: they are not
  /// @param back when the caller goes back to the queue; empty: never
  record HoldTimed(
      CallId call,
      ContactId contact,
      int reminded,
      Optional<Instant> reminder,
      Optional<Instant> back)
      implements CallEvent {}

  /// A desk wants this of it. What comes of it other events tell.
  ///
  /// @param commands in their order
  record ControlAsked(CallId call, ContactId contact, List<PbxCommand.TalkControl> commands)
      implements CallEvent {}

  /// The agent is back. CSTA Retrieved.
  record CallRetrieved(CallId call, ContactId contact, AgentId agent) implements CallEvent {}

  /// The agent has keyed something for the caller's side. CSTA Digits Generated.
  ///
  /// @param count how many keys; which they were is kept nowhere
  record DigitsGenerated(CallId call, ContactId contact, AgentId agent, int count)
      implements CallEvent {}

  /// The agent asks somebody beside the caller, by a call of their own that waits like a caller's.
  /// CSTA Consulted.
  ///
  /// @param own the agent's own call, which has begun
  /// @param about it, so that whoever is asked sees what the agent sees
  /// @param to where it is to wait; empty: a number outside is called
  /// @param number that one, as it is dialed; empty: it is none
  /// @param why for whoever is asked; empty: nothing was said
  /// @param draft what the agent has typed by then, for whoever is asked
  record ConsultationBegan(
      CallId call,
      ContactId contact,
      AgentId agent,
      CallId own,
      ContactId about,
      Optional<QueueRequest> to,
      @Personal String number,
      @Personal String why,
      Draft draft)
      implements CallEvent {
    /// Of another build's ledger one may come without a draft.
    public ConsultationBegan {
      draft = Objects.requireNonNullElse(draft, Draft.NONE);
    }
  }

  /// Caller, agent and whoever is asked hear each other. CSTA Conferenced. It is over when nobody
  /// is asked any more, and when the agent or the PBX has taken them apart ([CallHeld],
  /// [CallRetrieved]).
  ///
  /// @param own the agent's own call, by which they ask
  record CallConferenced(CallId call, ContactId contact, AgentId agent, CallId own)
      implements CallEvent {}

  /// Nobody is asked any more.
  record ConsultationEnded(CallId call, ContactId contact, CallId own, ConsultationEnd end)
      implements CallEvent {}

  /// The agent is out of the call, the caller's channel lives.
  record CallReleased(CallId call, ContactId contact, LegId leg) implements CallEvent {}

  /// A supervisor's phone is rung, to take part in an agent's talk.
  ///
  /// @param supervisor by their name as a user
  record SupervisionAsked(
      CallId call, ContactId contact, AgentId agent, String supervisor, LegId leg, Supervision how)
      implements CallEvent {}

  /// The supervisor takes part, or does so otherwise than before.
  record SupervisionBegan(
      CallId call, ContactId contact, String supervisor, LegId leg, Supervision how)
      implements CallEvent {}

  /// The supervisor is to have the caller, instead of the agent.
  record TakeOverAsked(CallId call, ContactId contact, String supervisor, LegId leg)
      implements CallEvent {}

  /// The supervisor is out of it, or their phone has not answered.
  record SupervisionEnded(CallId call, ContactId contact, String supervisor, LegId leg)
      implements CallEvent {}

  /// The talk is recorded.
  ///
  /// @param queue whose talk it is; empty: it is not known
  record RecordingBegan(CallId call, ContactId contact, RecordingId recording, String queue)
      implements CallEvent {}

  /// Silence is recorded in place of what is said.
  ///
  /// @param by who has said so; empty: nobody
  /// @param until when it is over by itself; empty: when somebody says so
  record RecordingPaused(
      CallId call,
      ContactId contact,
      RecordingId recording,
      PauseCause cause,
      String by,
      Optional<Instant> until)
      implements CallEvent {}

  /// @param by who has said so; empty: nobody
  record RecordingResumed(CallId call, ContactId contact, RecordingId recording, String by)
      implements CallEvent {}

  record RecordingEnded(CallId call, ContactId contact, RecordingId recording, RecordingEnd why)
      implements CallEvent {}

  /// The caller is taken out of the hold, to a script or a number. CSTA Diverted.
  ///
  /// @param dialing else to a script
  /// @param target the script, or the number as it is dialed; empty: the PBX has done it itself
  record CallDiverted(CallId call, ContactId contact, boolean dialing, String target)
      implements CallEvent {}

  /// A number outside is called: the caller is given to it, or an agent has dialed it.
  ///
  /// @param agent who dials; empty: a script or a queue
  /// @param day since 1970, where the center is
  record NumberDialed(CallId call, ContactId contact, Optional<AgentId> agent, long day)
      implements CallEvent {}

  /// The PBX has given the caller to its own fallback queue, and we are here.
  record CallFellBack(CallId call, ContactId contact) implements CallEvent {}

  /// The PBX was told to bring the caller back to the hold.
  record CallTakenBack(CallId call, ContactId contact) implements CallEvent {}

  /// The caller's channel is over.
  ///
  /// @param ended not after the turn
  /// @param seen false: the PBX no longer has the call, and does not remember its end
  record CallEnded(CallId call, ContactId contact, Instant ended, boolean seen)
      implements CallEvent {}
}
