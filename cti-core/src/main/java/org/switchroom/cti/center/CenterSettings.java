package org.switchroom.cti.center;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.Routing;
import org.switchroom.cti.figures.QueueFigures;

/// What the center runs on.
///
/// @param routing the policy, reserves and the shadow
/// @param otherwise the queue for callers whose script chose none
/// @param tiers priority points of customers, by tier
/// @param zone in which days begin
/// @param lines what the dialed numbers are called
/// @param dialing how numbers outside are reached
/// @param standing what an earlier run has left
public record CenterSettings(
    List<QueueSettings> queues,
    List<AgentSettings> agents,
    Routing routing,
    QueueId otherwise,
    Map<String, Integer> tiers,
    ZoneId zone,
    Map<String, String> lines,
    Dialing dialing,
    Standing standing) {
  /// One that routes in the plainest way.
  public CenterSettings(
      List<QueueSettings> queues,
      List<AgentSettings> agents,
      QueueId otherwise,
      ZoneId zone,
      Map<String, String> lines,
      Map<QueueId, QueueFigures> today) {
    this(
        queues,
        agents,
        Routing.DEFAULT,
        otherwise,
        Map.of(),
        zone,
        lines,
        Dialing.NOWHERE,
        new Standing(today, Map.of(), List.of(), Set.of(), List.of()));
  }
}
