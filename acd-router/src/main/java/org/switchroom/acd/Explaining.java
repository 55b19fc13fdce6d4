package org.switchroom.acd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes down a choice, just before it is made.
final class Explaining {
  private final Matching matching;
  private final Explainer explainer;

  Explaining(Matching matching, Explainer explainer) {
    this.matching = matching;
    this.explainer = explainer;
  }

  void choosing(
      long at,
      long offer,
      RoutedContact contact,
      RequirementClass in,
      Agent chosen,
      boolean agentChose) {
    var id = new OfferId(offer);
    if (!explainer.wants(id, contact.id)) return;
    var candidates = new ArrayList<Explanation.Candidate>();
    Explanation.Candidate best = candidate(at, contact, in, chosen, null);
    for (Agent agent : matching.agents.values().stream().sorted().toList()) {
      candidates.add(agent == chosen ? best : candidate(at, contact, in, agent, chosen));
    }
    explainer.explained(
        new Explanation(
            RouterTime.instant(at),
            id,
            matching.routing.policy().word(),
            in.line.queue.strategy().kind().word(),
            agentChose ? Explanation.ChosenBy.AGENT : Explanation.ChosenBy.CONTACT,
            subject(at, contact, in, chosen),
            chosen.id(),
            candidates,
            rivals(at, contact, in, chosen)));
  }

  private Explanation.Subject subject(
      long at, RoutedContact contact, RequirementClass in, Agent agent) {
    int proficiency = in.ask.proficiency(agent.skills.key.skills());
    int steps = contact.line.queue.steps().size();
    return new Explanation.Subject(
        contact.id,
        contact.queue(),
        in.owner == null ? contact.ask.toString() : "agent " + in.owner.id() + " alone",
        steps == 0 ? 0 : Math.min(contact.step + 1, steps),
        steps,
        contact.totalPriority(),
        Duration.ofNanos(Math.max(at - contact.arrived, 0)),
        matching.scoring.primary(
            contact, matching.scoring.key(contact), proficiency, RouterTime.micros(at)));
  }

  // ── Agents ──────────────────────────────────────────────────────────────────────────────────

  /// @param chosen null: this is the one
  private Explanation.Candidate candidate(
      long at, RoutedContact contact, RequirementClass in, Agent agent, @Nullable Agent chosen) {
    int proficiency = in.ask.proficiency(agent.skills.key.skills());
    boolean free = (matching.freeChannels(agent) & in.channelBit) != 0;
    long rank = rank(in, agent, proficiency);
    return new Explanation.Candidate(
        agent.id(),
        chosen == null ? "" : lost(at, contact, in, agent, chosen, free),
        free ? Optional.of(Duration.ofNanos(Math.max(at - agent.freeSince, 0))) : Optional.empty(),
        proficiency,
        rank);
  }

  private long rank(RequirementClass in, Agent agent, int proficiency) {
    if (in.owner != null) return 0;
    return matching.scoring.ordersAgents()
        ? matching.scoring.idleKey(agent, proficiency)
        : Choice.key(agent, in, proficiency);
  }

  private String lost(
      long at,
      RoutedContact contact,
      RequirementClass in,
      Agent agent,
      Agent chosen,
      boolean free) {
    if (in.owner != null) return "the contact still waits for " + in.owner.id() + " alone";
    if (!in.ask.matches(agent.skills.key.skills())) return "lacks the skills: " + in.ask;
    if (!agent.loggedIn()) return "logged out";
    if (agent.presence == AgentPresence.NOT_READY) return "not ready: " + agent.reason;
    if (agent.pending != null) return "has asked to stop: " + agent.pending;
    if (!free) return busy(agent);
    if (matching.keptBack(agent, in.line)) return "kept free for other queues";
    if (matching.passesOver(contact, agent, in)) return "has sent the contact away";
    if (contact.missedBy != null && contact.missedBy.contains(agent.id())) {
      return "has missed it just now";
    }
    if ((matching.freeChannels(chosen) & in.channelBit) != 0) return behind(at, in, agent, chosen);
    return "came after " + chosen.id();
  }

  private static String busy(Agent agent) {
    Assignment foremost = agent.foremost();
    if (foremost == null) return "the phone cannot ring";
    return "busy: %s with contact %s"
        .formatted(
            foremost.state.name().toLowerCase(Locale.ROOT).replace('_', '-'), foremost.contact.id);
  }

  private String behind(long at, RequirementClass in, Agent agent, Agent chosen) {
    int group = group(in, agent);
    int best = group(in, chosen);
    if (group != best)
      return "in group %d of those tried, %s in %d".formatted(group + 1, chosen.id(), best + 1);
    if (agent.load != chosen.load) {
      return "has %d contacts in hand, %s %d".formatted(agent.load, chosen.id(), chosen.load);
    }
    long rank = rank(in, agent, in.ask.proficiency(agent.skills.key.skills()));
    long bestRank = rank(in, chosen, in.ask.proficiency(chosen.skills.key.skills()));
    if (rank != bestRank) {
      return "ranks %d, %s %d: smaller goes first".formatted(rank, chosen.id(), bestRank);
    }
    return switch (in.line.queue.strategy().kind()) {
      case LINEAR -> "comes after " + chosen.id() + " in the fixed order";
      case ROUND_ROBIN -> "has the turn after " + chosen.id();
      case RANDOM -> "was not drawn";
      default ->
          "free for %s s, %s for %s s"
              .formatted(
                  seconds(at - agent.freeSince), chosen.id(), seconds(at - chosen.freeSince));
    };
  }

  private static int group(RequirementClass in, Agent agent) {
    int index = agent.skills.indexOf(in);
    return index < 0 ? 0 : agent.skills.group[index];
  }

  private static String seconds(long nanos) {
    return Double.toString(Math.max(nanos, 0) / 1_000_000 / 1e3);
  }

  // ── Contacts ────────────────────────────────────────────────────────────────────────────────

  private List<Explanation.Rival> rivals(
      long at, RoutedContact contact, RequirementClass in, Agent chosen) {
    var rivals = new ArrayList<Explanation.Rival>();
    Explanation.Subject winner = subject(at, contact, in, chosen);
    for (int i = 0; i < chosen.skills.size; i++) {
      RequirementClass other = chosen.skills.classes[i];
      RoutedContact head = matching.firstFor(chosen, other, RouterTime.micros(at));
      if (head == null || head == contact) continue;
      Explanation.Subject subject = subject(at, head, other, chosen);
      rivals.add(new Explanation.Rival(subject, lost(chosen, other, subject, in, winner)));
    }
    return rivals;
  }

  private String lost(
      Agent agent,
      RequirementClass in,
      Explanation.Subject rival,
      RequirementClass winnerIn,
      Explanation.Subject winner) {
    if (matching.keptBack(agent, in.line)) return "the agent is kept free for other queues";
    int liking = agent.skills.liking(in.line.queue.id());
    if (liking != agent.skills.liking(winnerIn.line.queue.id())) {
      return "the agent prefers queue " + winner.queue();
    }
    if (rival.score() != winner.score()) {
      return "score %d, %s has %d".formatted(rival.score(), winner.contact(), winner.score());
    }
    if (in.line.live != winnerIn.line.live) {
      return "equal, and for %s somebody is on the line".formatted(winner.contact());
    }
    return "equal, and %s came before".formatted(winner.contact());
  }
}
