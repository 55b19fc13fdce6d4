package org.switchroom.cti.center;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.switchroom.acd.QueueId;
import org.switchroom.cti.figures.QueueFigures;

/// What the center runs on.
///
/// @param otherwise the queue for callers whose script chose none
/// @param zone in which days begin
/// @param lines what the dialed numbers are called
/// @param today the figures of the day so far
public record CenterSettings(
    List<QueueSettings> queues,
    List<AgentSettings> agents,
    QueueId otherwise,
    ZoneId zone,
    Map<String, String> lines,
    Map<QueueId, QueueFigures> today) {}
