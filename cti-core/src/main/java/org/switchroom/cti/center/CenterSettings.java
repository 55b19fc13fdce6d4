package org.switchroom.cti.center;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.RoutingPlan;

/// What the center runs on.
///
/// @param routing the policy, reserves and the shadow
/// @param defaultQueue for callers whose script chose none, or one that is not there
/// @param tiers priority points of customers, by tier
/// @param zone in which days begin
/// @param entryPoints what the dialed numbers are called
/// @param dialing how numbers outside are reached
/// @param hotDesks phones at which any agent may sit
/// @param supervisors the phones of those who may take part in talks; an empty one: they sit at a
///   free one
/// @param agentsAreTold whether an agent sees that somebody does
public record CenterSettings(
    List<QueueSettings> queues,
    List<AgentSettings> agents,
    RoutingPlan routing,
    QueueId defaultQueue,
    Map<String, Integer> tiers,
    ZoneId zone,
    Map<String, String> entryPoints,
    Dialing dialing,
    List<String> hotDesks,
    Map<AgentId, String> supervisors,
    boolean agentsAreTold) {
  /// One that routes in the plainest way.
  public CenterSettings(
      List<QueueSettings> queues,
      List<AgentSettings> agents,
      QueueId defaultQueue,
      ZoneId zone,
      Map<String, String> entryPoints) {
    this(
        queues,
        agents,
        RoutingPlan.DEFAULT,
        defaultQueue,
        Map.of(),
        zone,
        entryPoints,
        Dialing.nowhere("TW"),
        List.of(),
        Map.of(),
        true);
  }
}
