package org.switchroom.cti.center;

import java.time.Instant;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneState;

/// An agent as screens show them.
///
/// @param state `logged-out`, `ready`, `reserved`, `ringing`, `talking`, `hold`, `working` (on a
///   task), `wrap-up` or `not-ready`
/// @param reason why not ready; else empty
/// @param pending `not-ready:REASON` or `log-out`, asked for while busy; else empty
/// @param until when the wrap-up ends by itself; null: it does not
/// @param dispositionNeeded whether the wrap-up ends only with one
/// @param call null: none
/// @param queue of the call; empty: none
/// @param customer the caller's name where known; else the number
public record AgentView(
    AgentId agent,
    String name,
    String state,
    Instant since,
    String reason,
    String pending,
    Instant until,
    boolean dispositionNeeded,
    PhoneState phone,
    boolean desk,
    CallId call,
    String queue,
    String customer) {}
