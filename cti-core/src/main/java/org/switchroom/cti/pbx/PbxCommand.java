package org.switchroom.cti.pbx;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the PBX shall do. It answers with facts, not with results: a command that comes too late
/// changes nothing.
public sealed interface PbxCommand {
  /// To be done with a call, which is on the PBX that is told.
  sealed interface OfCall extends PbxCommand {
    CallId call();
  }

  /// To be done with a leg, whatever its call.
  sealed interface OfLeg extends PbxCommand {
    LegId leg();
  }

  /// What a desk wants of a talk, and what it is only when the PBX says so. Twice it does no harm
  /// when the first is done or lost; while it is under way the second may be the end of it.
  sealed interface TalkControl extends PbxCommand {}

  /// Rings an agent's phone; when it is answered, caller and agent are bridged, provided that this
  /// offer still stands.
  ///
  /// @param timeout how long it rings
  /// @param after the script that the caller goes to when the agent has hung up; empty: none
  /// @param shown what the phone shows beside the number; empty: nothing
  /// @param alertInfo what it rings by; empty: as it likes
  /// @param autoAnswer whether it is told with the call to answer by itself (CSTA Auto Answer); one
  ///   that does not obey that rings
  /// @param queue in which the caller is answered then, for the PBX's own records; empty: the one
  ///   that their script has chosen
  /// @param recording by which the talk is recorded from its first word, unless one goes on; empty:
  ///   it is not
  record RingAgent(
      CallId call,
      LegId leg,
      String phone,
      String agent,
      PhoneNumber from,
      Duration timeout,
      String after,
      String shown,
      String alertInfo,
      boolean autoAnswer,
      String queue,
      Optional<RecordingId> recording)
      implements OfCall {
    /// With nothing but the number.
    public RingAgent(
        CallId call,
        LegId leg,
        String phone,
        String agent,
        PhoneNumber from,
        Duration timeout,
        String after) {
      this(call, leg, phone, agent, from, timeout, after, "", "", false, "", Optional.empty());
    }
  }

  /// What a held caller hears from now on, or when they are held.
  ///
  /// @param music the PBX's class; empty: its default
  record Music(CallId call, String music) implements OfCall {}

  /// We live, and decide: the dialplan holds callers for us.
  record Heartbeat() implements PbxCommand {}

  /// The PBX is asked how its phones are and what lives; it says so as [PbxEvent.PhoneChanged] and
  /// [PbxEvent.Compared].
  record Compare() implements PbxCommand {}

  /// Gives a held caller to the PBX's own fallback queue: nobody here can do anything for them.
  record FallBack(CallId call) implements OfCall {}

  /// Takes a caller back to the hold, whom the PBX has given to its own fallback queue.
  record TakeBack(CallId call) implements OfCall {}

  /// Takes a held caller to a script.
  ///
  /// @param keepsPlace whether they may come back to where they waited
  record RunScript(CallId call, String script, boolean keepsPlace) implements OfCall {}

  /// Connects a held caller with a number. If nobody answers there, or the limit ends that talk,
  /// they are held again.
  ///
  /// @param number for the PBX's own records
  /// @param dial as the PBX dials it, such as `PJSIP/100@trunk`
  /// @param shown the number that whoever is called sees; empty: the caller's
  record Dial(CallId call, String number, String dial, Duration ring, TalkLimit limit, String shown)
      implements OfCall {
    /// One that shows the caller's.
    public Dial(CallId call, String number, String dial, Duration ring, TalkLimit limit) {
      this(call, number, dial, ring, limit, "");
    }
  }

  /// A held caller hears these, then music again. They can be connected meanwhile.
  ///
  /// @param files sound files without their endings
  record Say(CallId call, List<String> files) implements OfCall {}

  /// Stops ringing. A leg that was answered in this moment loses the caller back to the hold.
  record CancelRing(CallId call, LegId leg) implements OfCall {}

  /// The end of this call is in the history: the PBX need not remember it.
  record Forget(CallId call) implements OfCall {}

  record HangUpLeg(LegId leg) implements OfLeg, TalkControl {}

  record HangUpCall(CallId call) implements OfCall {}

  /// The caller talks on a leg that was not rung for them: from now on it is theirs, also for who
  /// starts after us.
  ///
  /// @param after as in [RingAgent]
  record Adopt(CallId call, LegId leg, String agent, String after) implements OfCall {}

  /// CSTA Hold Call: the caller hears music, the agent silence.
  record Hold(CallId call, LegId leg) implements OfCall, TalkControl {}

  /// The agent's leg is in no bridge for a while, so that another call of their telephone can take
  /// its place (RFC 3891) and it stays what it is for everybody else.
  ///
  /// @param talks whether the caller is with it, and hears music until it is retrieved
  record Move(CallId call, LegId leg, boolean talks) implements OfCall {}

  /// CSTA Retrieve Call.
  record Retrieve(LegId leg) implements OfLeg, TalkControl {}

  /// CSTA Consultation Call: a call of the agent's own begins in the hold, and waits there like a
  /// caller's. The agent hears it as soon as their leg waits for it, as [Hold] leaves it.
  ///
  /// @param call the own one, by an id that we give it
  /// @param leg the agent's, in the call beside which it is
  record Consult(CallId call, LegId leg) implements OfCall {
    private static final String PREFIX = "own-";

    /// One that there was not before.
    ///
    /// @param since when it begins
    public static CallId own(LegId leg, Instant since) {
      return CallId.of(leg.pbx(), PREFIX + leg.channel() + "-" + since.toEpochMilli());
    }

    /// Whether a channel's id is that of such a call.
    public static boolean isOwn(String channel) {
      return channel.startsWith(PREFIX);
    }
  }

  /// CSTA Make Call: the call of a number outside begins in the hold, like a caller's. The number
  /// is called as soon as an agent talks in it, who then hears what there is to hear.
  ///
  /// @param call by an id that we give it
  /// @param number whose side is the caller's
  /// @param shown to whoever is called; empty: whatever the trunk shows
  /// @param dial as the PBX dials it, such as `PJSIP/100@trunk`
  /// @param ring how long
  /// @param limit the call ends by it
  /// @param agent for the PBX's own records
  /// @param queue for them, too
  record MakeCall(
      CallId call,
      PhoneNumber number,
      PhoneNumber shown,
      String dial,
      Duration ring,
      TalkLimit limit,
      String agent,
      String queue)
      implements OfCall {
    private static final String PREFIX = "out-";
    private static final long NANOS = 1_000_000_000L;

    /// One by its time.
    public static CallId call(PbxId pbx, Instant at) {
      return CallId.of(pbx, PREFIX + (at.getEpochSecond() * NANOS + at.getNano()));
    }

    /// The leg to the agent who makes it.
    public static LegId leg(CallId call) {
      return LegId.ofMade(call.pbx(), call.channel());
    }

    /// Whether a channel's id is that of such a call.
    public static boolean isMade(String channel) {
      return channel.startsWith(PREFIX);
    }
  }

  /// The caller gets whomever their agent has asked at a number outside, and the agent's part is
  /// over (CSTA Transfer Call).
  ///
  /// @param own the agent's own call
  record GiveToAsked(CallId call, CallId own) implements OfCall {}

  /// CSTA Alternate Call: the agent, whose leg waits, hears their own call again.
  ///
  /// @param call the own one
  record BackToConsultation(CallId call) implements OfCall, TalkControl {}

  /// CSTA Conference Call: whoever is asked hears the caller, too, and is heard by them, as soon as
  /// the agent is with the caller. Where the agent is not within a second, nothing comes of it.
  ///
  /// @param own the agent's own call
  record Conference(CallId call, CallId own) implements OfCall, TalkControl {}

  /// CSTA Generate Digits: the keys are heard one after the other.
  ///
  /// @param onwards by the number outside that this call has dialed; else by the caller's side
  record GenerateDigits(CallId call, KeyedDigits digits, boolean onwards) implements OfCall {}

  /// Rings a supervisor's phone. As soon as it is answered it takes part in the talk of the agent's
  /// leg, wherever that goes, until either is over: then the other is not.
  ///
  /// @param leg to the supervisor
  /// @param agents leg
  /// @param timeout how long it rings
  /// @param shown what the phone shows
  record Supervise(
      LegId leg, LegId agents, String phone, Supervision how, Duration timeout, String shown)
      implements OfLeg {}

  /// From now on the supervisor takes part so.
  record SuperviseBy(LegId leg, Supervision how) implements OfLeg, TalkControl {}

  /// The supervisor gets the caller, who leaves the agent's leg: that one hears nothing, and is to
  /// be hung up as soon as this is so. If the supervisor is not there any more, caller and agent
  /// have each other again.
  ///
  /// @param leg to the supervisor
  /// @param agents leg
  /// @param supervisor by their name as a user
  record TakeOver(CallId call, LegId leg, LegId agents, String supervisor) implements OfCall {}

  /// Records a talk that goes on, both sides apart.
  record StartRecording(CallId call, RecordingId recording) implements OfCall {}

  /// Records silence in place of both sides from now on, or what is said again.
  record MuteRecording(CallId call, boolean mute) implements OfCall {}

  record StopRecording(CallId call) implements OfCall {}

  /// CSTA Answer Call, for phones that can be told to answer (SIP event package "talk").
  record Answer(LegId leg) implements OfLeg, TalkControl {}
}
