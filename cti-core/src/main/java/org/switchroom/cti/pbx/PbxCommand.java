package org.switchroom.cti.pbx;

import java.time.Duration;

/// What the PBX shall do. It answers with facts, not with results: a command that comes too late
/// changes nothing.
public sealed interface PbxCommand {
  /// Rings an agent's phone; when it is answered, caller and agent are bridged, provided that this
  /// offer still stands.
  ///
  /// @param timeout how long it rings
  record RingAgent(
      CallId call, LegId leg, String phone, String agent, PhoneNumber from, Duration timeout)
      implements PbxCommand {}

  /// Stops ringing. A leg that was answered in this moment loses the caller back to the hold.
  record CancelRing(CallId call, LegId leg) implements PbxCommand {}

  record HangUpLeg(LegId leg) implements PbxCommand {}

  record HangUpCall(CallId call) implements PbxCommand {}

  /// CSTA Hold Call: the caller hears music, the agent silence.
  record Hold(CallId call, LegId leg) implements PbxCommand {}

  /// CSTA Retrieve Call.
  record Retrieve(LegId leg) implements PbxCommand {}

  /// CSTA Answer Call, for phones that can be told to answer (SIP event package "talk").
  record Answer(LegId leg) implements PbxCommand {}
}
