package org.switchroom.acd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The same rule written the slow and obvious way: look at everybody each time. It follows the
/// states that the real router reports, and says which pair must be matched next.
final class NaiveRouter {
  record Waiting(
      ContactId id, SkillExpression ask, int priority, java.time.Instant arrived, long sequence) {}

  record Idle(AgentId id, Skills skills, java.time.Instant since) {}

  record Pair(ContactId contact, AgentId agent) {}

  final Map<ContactId, Waiting> waiting = new LinkedHashMap<>();
  final Map<AgentId, Idle> idle = new LinkedHashMap<>();

  /// Every pair that could be matched; none of them may be left after a fact.
  List<Pair> possible() {
    var pairs = new ArrayList<Pair>();
    for (Waiting contact : waiting.values()) {
      for (Idle agent : idle.values()) {
        if (contact.ask().matches(agent.skills())) pairs.add(new Pair(contact.id(), agent.id()));
      }
    }
    return pairs;
  }

  /// Who has to be offered this contact: the longest idle.
  AgentId agentFor(Waiting contact) {
    return idle.values().stream()
        .filter(agent -> contact.ask().matches(agent.skills()))
        .min(Comparator.comparing(Idle::since).thenComparing(Idle::id))
        .map(Idle::id)
        .orElse(null);
  }

  /// Which contact this agent has to be offered: priority, then age, then order.
  ContactId contactFor(Idle agent) {
    return waiting.values().stream()
        .filter(contact -> contact.ask().matches(agent.skills()))
        .min(
            Comparator.<Waiting>comparingInt(contact -> -contact.priority())
                .thenComparing(Waiting::arrived)
                .thenComparingLong(Waiting::sequence))
        .map(Waiting::id)
        .orElse(null);
  }
}
