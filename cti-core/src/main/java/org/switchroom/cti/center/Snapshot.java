package org.switchroom.cti.center;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.RouterMemory;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.call.Call;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.event.ContactEvent.CustomerAsked;
import org.switchroom.cti.event.Refusal;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneState;

/// All that the center knows after some turn, as a value: what is equal knows the same, field by
/// field, the router's own memory included. Live things only: what is over is history.
///
/// @param at of the turn
/// @param closed calls whose end is known, the oldest first
/// @param answers what scripts were answered, by call, visit and step
/// @param asked customers who are being written down
/// @param outgoing numbers outside that are called
/// @param sessions what screens were answered, the one that was heard of longest ago first
public record Snapshot(
    Instant at,
    long epoch,
    long lastNumber,
    boolean diskFull,
    boolean recordingDiskBroken,
    List<Call> calls,
    List<Contact> contacts,
    List<AgentSession> agents,
    Map<String, PhoneState> phones,
    Set<PbxId> connected,
    List<ClosedCall> closed,
    Map<String, String> answers,
    List<CustomerAsked> asked,
    Outgoing outgoing,
    List<Session> sessions,
    RouterMemory router) {
  /// @param contact what it was about
  public record ClosedCall(CallId call, ContactId contact) {}

  public record Session(String id, List<Answer> answers, Instant last) {}

  public record Answer(long number, Optional<Refusal> refusal) {}
}
