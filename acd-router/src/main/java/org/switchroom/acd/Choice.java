package org.switchroom.acd;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Choosing an agent by looking at every free one of a class: where some of them are kept back,
/// where a policy only shadows the live one, and where all are to be rung.
final class Choice {
  private Choice() {}

  /// The number that a strategy goes by: smaller first.
  static long key(Agent agent, RequirementClass served, int proficiency) {
    return switch (served.line.queue.strategy().kind()) {
      case LEAST_OCCUPIED -> agent.occupancy.key(agent.load > 0);
      case FEWEST_CONTACTS -> agent.handled;
      case MOST_SKILLED -> -proficiency;
      case LEAST_SKILLED -> proficiency;
      case PERCENT_ALLOCATION -> served.line.paid(agent.id());
      case LONGEST_IDLE, RING_ALL, ROUND_ROBIN, LINEAR, RANDOM -> 0;
    };
  }

  /// Null: everybody who is free is kept back.
  static @Nullable Agent agent(Matching matching, RoutedContact contact, RequirementClass in) {
    return agent(matching, matching.scoring, contact, in);
  }

  /// Null: everybody who is free is kept back.
  ///
  /// @param scoring the policy to ask
  static @Nullable Agent agent(
      Matching matching, Scoring scoring, RoutedContact contact, RequirementClass in) {
    List<Agent> all = lowestTier(notAsked(matching, free(matching, contact, in), contact), in);
    if (all.isEmpty()) return null;
    if (!scoring.ordersAgents()) {
      switch (in.line.queue.strategy().kind()) {
        case LINEAR -> {
          return all.getFirst();
        }
        case RANDOM -> {
          return all.get((int) Long.remainderUnsigned(IdleOrder.draw(contact), all.size()));
        }
        case ROUND_ROBIN -> {
          Agent last = in.line.lastOffered;
          return all.stream()
              .filter(agent -> last != null && agent.compareTo(last) > 0)
              .findFirst()
              .orElse(all.getFirst());
        }
        default -> {}
      }
    }
    Agent best = null;
    for (Agent agent : all) if (best == null || before(scoring, agent, best, in)) best = agent;
    return best;
  }

  /// Everybody who could be rung at once, in their order.
  static List<Agent> ringing(Matching matching, RoutedContact contact, RequirementClass in) {
    if (in.free == 0) return List.of();
    List<Agent> all = free(matching, contact, in);
    all.sort(
        (a, b) -> {
          int byTier = Integer.compare(tier(a, in), tier(b, in));
          return byTier != 0 ? byTier : Long.compare(a.turn, b.turn);
        });
    return all;
  }

  static int group(Agent agent, RequirementClass in) {
    return agent.skills.group[agent.skills.indexOf(in)];
  }

  /// In the fixed order, without those kept back or passed over.
  static List<Agent> free(Matching matching, RoutedContact contact, RequirementClass in) {
    var found = new ArrayList<Agent>();
    for (int i = 0; i < in.size; i++) {
      Agent agent = in.members[i];
      boolean free = (agent.listedChannels & in.channelBit) != 0;
      if (!free || matching.keptBack(agent, in.line)) continue;
      if (!matching.passesOver(contact, agent, in)) found.add(agent);
    }
    return found;
  }

  /// Without those who have missed it, as long as there are others.
  private static List<Agent> notAsked(
      Matching matching, List<Agent> agents, RoutedContact contact) {
    if (contact.missedBy == null || matching.ringsAll(contact)) return agents;
    List<Agent> others =
        agents.stream().filter(agent -> !contact.missedBy.contains(agent.id())).toList();
    return others.isEmpty() ? agents : others;
  }

  private static List<Agent> lowestTier(List<Agent> agents, RequirementClass in) {
    int lowest = agents.stream().mapToInt(agent -> tier(agent, in)).min().orElse(0);
    return agents.stream().filter(agent -> tier(agent, in) == lowest).toList();
  }

  private static int tier(Agent agent, RequirementClass in) {
    return RequirementClass.tier(group(agent, in), agent.listedLoad);
  }

  private static boolean before(Scoring scoring, Agent a, Agent b, RequirementClass in) {
    long first = key(scoring, a, in);
    long second = key(scoring, b, in);
    return first != second ? first < second : a.turn < b.turn;
  }

  private static long key(Scoring scoring, Agent agent, RequirementClass in) {
    int proficiency = agent.skills.proficiency[agent.skills.indexOf(in)];
    return scoring.ordersAgents()
        ? scoring.idleKey(agent, proficiency)
        : key(agent, in, proficiency);
  }
}
