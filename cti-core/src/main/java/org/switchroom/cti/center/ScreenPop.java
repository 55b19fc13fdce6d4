package org.switchroom.cti.center;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.ivr.Outcome.TrailEntry;

/// What an agent sees of a caller before the phone rings.
///
/// @param decided when the router chose this agent
/// @param waitingSince when the caller's wait began
/// @param line what the dialed number is called
/// @param matches who it may be: none, one, or several to choose from
/// @param dispositions what the call may turn out to be about
public record ScreenPop(
    CallId call,
    Instant decided,
    QueueId queue,
    String queueTitle,
    String from,
    String line,
    Instant waitingSince,
    List<TrailEntry> path,
    Map<String, String> answers,
    List<CustomerCard> matches,
    List<String> dispositions) {}
