package org.switchroom.cti.center;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.switchroom.acd.AcdEvent;

/// What the router is told of the configuration: all of it at first, later what has changed.
final class Setup {
  private Setup() {}

  static List<AcdEvent> facts(Instant at, CenterSettings settings) {
    var facts = new ArrayList<AcdEvent>();
    settings
        .queues()
        .forEach(queue -> facts.add(new AcdEvent.QueueConfigured(at, queue.forRouter())));
    settings
        .agents()
        .forEach(agent -> facts.add(new AcdEvent.AgentConfigured(at, agent.profile())));
    facts.add(new AcdEvent.RoutingConfigured(at, settings.routing()));
    return facts;
  }

  /// New queues come first and old ones go last, so that callers always have somewhere to go.
  static List<AcdEvent> changes(Instant at, CenterSettings before, CenterSettings after) {
    var facts = new ArrayList<AcdEvent>();
    var queues = byId(before.queues(), QueueSettings::id);
    for (QueueSettings queue : after.queues()) {
      QueueSettings old = queues.remove(queue.id());
      if (old == null || !old.forRouter().equals(queue.forRouter())) {
        facts.add(new AcdEvent.QueueConfigured(at, queue.forRouter()));
      }
    }
    var agents = byId(before.agents(), AgentSettings::id);
    for (AgentSettings agent : after.agents()) {
      AgentSettings old = agents.remove(agent.id());
      if (old == null || !old.profile().equals(agent.profile())) {
        facts.add(new AcdEvent.AgentConfigured(at, agent.profile()));
      }
    }
    if (!before.routing().equals(after.routing())) {
      facts.add(new AcdEvent.RoutingConfigured(at, after.routing()));
    }
    agents.keySet().forEach(agent -> facts.add(new AcdEvent.AgentRemoved(at, agent)));
    queues
        .keySet()
        .forEach(queue -> facts.add(new AcdEvent.QueueRemoved(at, queue, after.otherwise())));
    return facts;
  }

  private static <K, V> Map<K, V> byId(List<V> all, Function<V, K> id) {
    var map = new LinkedHashMap<K, V>();
    all.forEach(one -> map.put(id.apply(one), one));
    return map;
  }
}
