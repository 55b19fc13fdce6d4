package org.switchroom.cti.pbx;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Something the PBX says has happened. Never a wish.
///
/// They may come late, twice, or out of order; whoever takes them is left as they were by those
/// that fit no more.
public sealed interface PbxEvent {
  Instant at();

  /// Who says it.
  PbxId pbx();

  /// What has happened to a call, or to a leg of which the PBX says whose call it is.
  sealed interface OfCall extends PbxEvent {
    CallId call();

    @Override
    default PbxId pbx() {
      return call().pbx();
    }
  }

  /// What has happened to a leg, whose call the PBX does not say.
  sealed interface OfLeg extends PbxEvent {
    LegId leg();

    @Override
    default PbxId pbx() {
      return leg().pbx();
    }
  }

  /// The link is up.
  ///
  /// @param calls everything of ours that lives on the PBX at this moment: what is not in it is
  ///   over
  /// @param ended what is over, and what the PBX was not told yet that we know
  /// @param alone legs whose caller is gone
  /// @param supervisors legs to supervisors that live
  record Synchronized(
      Instant at,
      PbxId pbx,
      List<LiveCall> calls,
      List<EndedCall> ended,
      List<LegId> alone,
      List<LiveSupervisor> supervisors)
      implements PbxEvent {
    /// Of the only PBX, where nobody supervises.
    public Synchronized(
        Instant at, List<LiveCall> calls, List<EndedCall> ended, List<LegId> alone) {
      this(at, PbxId.MAIN, calls, ended, alone, List.of());
    }

    public Synchronized(Instant at, List<LiveCall> calls) {
      this(at, calls, List.of(), List.of());
    }
  }

  /// While the link is up, from time to time: what lives, as the PBX has it and events should have
  /// told. What has just changed may be in it or not, so only a difference that is seen twice is
  /// one.
  ///
  /// @param calls everything of ours
  /// @param legs all of ours that live
  /// @param alone those of them whose caller is gone
  record Compared(Instant at, PbxId pbx, List<LiveCall> calls, Set<LegId> legs, List<LegId> alone)
      implements PbxEvent {}

  record Disconnected(Instant at, PbxId pbx, String reason) implements PbxEvent {
    /// The only PBX.
    public Disconnected(Instant at, String reason) {
      this(at, PbxId.MAIN, reason);
    }
  }

  record CallArrived(Instant at, CallId call, PhoneNumber from, PhoneNumber dialed, CallerName name)
      implements OfCall {
    /// Of somebody who is not called anything.
    public CallArrived(Instant at, CallId call, PhoneNumber from, PhoneNumber dialed) {
      this(at, call, from, dialed, CallerName.NONE);
    }
  }

  /// The dialplan holds the caller: they hear music and can be connected.
  record CallQueued(Instant at, CallId call) implements OfCall {}

  /// The agent has put the caller on hold.
  record CallHeld(Instant at, CallId call) implements OfCall {}

  /// No heartbeat for too long: the PBX gave the caller to its own fallback queue.
  record CallFellBack(Instant at, CallId call) implements OfCall {}

  record CallEnded(Instant at, CallId call) implements OfCall {}

  /// A held caller has pressed a key.
  record KeyPressed(Instant at, CallId call, char key) implements OfCall {}

  /// A caller has pressed a key while they talk; which one nobody needs to know.
  record CallerKeyed(Instant at, CallId call) implements OfCall {}

  /// The talk is recorded from now on.
  record RecordingBegan(Instant at, CallId call, RecordingId recording) implements OfCall {}

  /// It is not recorded any more.
  record RecordingEnded(Instant at, CallId call) implements OfCall {}

  record LegRinging(Instant at, LegId leg) implements OfLeg {}

  /// Caller and agent hear each other.
  record LegConnected(Instant at, LegId leg) implements OfLeg {}

  record LegEnded(Instant at, LegId leg, LegEnd end) implements OfLeg {}

  /// The agent gave the caller to somebody else with the phone's own transfer.
  record CallTransferred(Instant at, LegId leg, String target) implements OfLeg {}

  /// A caller and this phone hear each other, and we have not rung it for them: an agent has given
  /// them to it by the phone's own transfer, or the PBX has.
  ///
  /// After a link that was lost it is told of whom nobody is known to have, also once more.
  ///
  /// @param leg the phone's channel, which may be ended and held like one of ours from now on
  record PhoneConnected(Instant at, CallId call, String phone, LegId leg) implements OfCall {}

  /// An agent's own call was to a queue or to somebody there, and the phone has put the caller
  /// through to where it was: they are in its place.
  ///
  /// @param own the agent's own call, which is over now
  record CallPutThrough(Instant at, CallId call, CallId own) implements OfCall {}

  /// Caller, agent and whoever is asked hear each other (CSTA Conferenced).
  ///
  /// @param own the agent's own call, by which they ask
  record CallConferenced(Instant at, CallId call, CallId own) implements OfCall {}

  /// A number outside that was called for this call has answered.
  record NumberReached(Instant at, CallId call) implements OfCall {}

  /// It has not; the call ends.
  record NumberNotReached(Instant at, CallId call, NotReached why) implements OfCall {}

  /// Why a number was not reached.
  enum NotReached {
    BUSY,
    NO_ANSWER,
    /// There is no such number, or no line.
    FAILED
  }

  /// The agent has put the caller on hold by the phone's own key, or takes them off it.
  record PhoneHeld(Instant at, LegId leg, boolean held) implements OfLeg {}

  /// A supervisor takes part, or does so otherwise than before.
  record SupervisorConnected(Instant at, LegId leg, Supervision how) implements OfLeg {}

  record PhoneChanged(Instant at, PbxId pbx, String phone, PhoneState state) implements PbxEvent {
    /// Of the only PBX.
    public PhoneChanged(Instant at, String phone, PhoneState state) {
      this(at, PbxId.MAIN, phone, state);
    }
  }

  /// Why an agent's leg is over.
  enum LegEnd {
    HUNG_UP,
    NO_ANSWER,
    BUSY,
    DECLINED,
    UNREACHABLE,
    /// The caller has hung up: in the moment in which it was answered, or in the talk, of which
    /// their own end tells.
    CALLER_GONE
  }

  /// A supervisor's leg found on the PBX.
  ///
  /// @param how they take part; empty: their phone rings
  record LiveSupervisor(LegId leg, Optional<Supervision> how) {}

  /// A call found on the PBX.
  ///
  /// @param place where the caller is
  /// @param queue what the script chose; empty: nothing yet
  /// @param arrived when the caller began to wait; empty: not yet
  /// @param ask skills beside the queue's; empty: none
  /// @param language that the caller chose; empty: none
  /// @param leg the agent's leg connected to it, also a phone that [PhoneConnected] tells of;
  ///   empty: none
  /// @param agent whose leg it is; empty: nobody's, or the PBX does not know
  /// @param phone that the leg is of, where it is not known whose it is; else empty
  /// @param recording that goes on; empty: none
  /// @param conference the agent's own call whose other side hears the caller, too; empty: none
  record LiveCall(
      CallId call,
      PhoneNumber from,
      PhoneNumber dialed,
      Place place,
      String queue,
      Optional<Instant> arrived,
      int priority,
      String ask,
      String language,
      Optional<LegId> leg,
      String agent,
      String phone,
      CallerName name,
      Optional<RecordingId> recording,
      Optional<CallId> conference) {
    /// The same caller, on no leg.
    public LiveCall withNobody() {
      return new LiveCall(
          call,
          from,
          dialed,
          place,
          queue,
          arrived,
          priority,
          ask,
          language,
          Optional.empty(),
          "",
          "",
          name,
          recording,
          conference);
    }

    /// Of somebody who is not called anything, on a leg that is its agent's, or without one.
    public LiveCall(
        CallId call,
        PhoneNumber from,
        PhoneNumber dialed,
        Place place,
        String queue,
        Optional<Instant> arrived,
        int priority,
        String ask,
        String language,
        Optional<LegId> leg,
        String agent) {
      this(
          call,
          from,
          dialed,
          place,
          queue,
          arrived,
          priority,
          ask,
          language,
          leg,
          agent,
          "",
          CallerName.NONE,
          Optional.empty(),
          Optional.empty());
    }
  }

  /// A call that is over, as the PBX remembers it until [PbxCommand.Forget].
  ///
  /// @param arrived empty: not known
  /// @param queue empty: it never came to one
  /// @param queued when the caller began to wait; empty: never
  /// @param answered when somebody answered; empty: nobody did
  /// @param agent who; empty: nobody, or somebody of the fallback queue
  /// @param phone of the fallback queue, that answered; empty: none
  record EndedCall(
      CallId call,
      PhoneNumber from,
      PhoneNumber dialed,
      Optional<Instant> arrived,
      String queue,
      Optional<Instant> queued,
      Optional<Instant> answered,
      String agent,
      String phone,
      Instant ended) {}

  enum Place {
    IN_SCRIPT,
    QUEUED,
    TALKING,
    HELD,
    /// Being connected with a number outside.
    DIALING,
    /// In the PBX's own fallback queue, with nobody yet.
    FALLBACK,
    /// Past the agent.
    ELSEWHERE
  }
}
