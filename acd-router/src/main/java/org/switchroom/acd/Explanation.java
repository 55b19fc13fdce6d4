package org.switchroom.acd;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;

/// Why a contact is given to an agent.
///
/// @param policy the live policy, by its name
/// @param strategy the queue's, by its name
/// @param chosenBy whether the agent, having become free, took the contact, or the contact, having
///   come, took the agent
/// @param contact who is given
/// @param agents every agent of the center
/// @param rivals the other contacts that wait and that the agent could have been given: one of each
///   class, the first of it
public record Explanation(
    Instant at,
    OfferId offer,
    String policy,
    String strategy,
    ChosenBy chosenBy,
    Subject contact,
    AgentId agent,
    List<Candidate> agents,
    List<Rival> rivals) {
  public enum ChosenBy {
    AGENT,
    CONTACT
  }

  /// @param ask what it asks for now
  /// @param step its routing step, from 1; 0: the queue has none
  /// @param steps how many the queue has
  /// @param priority with its queue's and its steps'
  /// @param waited its age
  /// @param score what the policy makes of it for the chosen agent; larger goes first
  public record Subject(
      ContactId contact,
      QueueId queue,
      String ask,
      int step,
      int steps,
      int priority,
      Duration waited,
      long score) {}

  /// @param lost why it is not them, in words; empty for the chosen one
  /// @param idle for how long they have been free; empty: they are not
  /// @param proficiency in what is asked
  /// @param rank what strategy or policy makes of them; smaller goes first, then the longer idle
  public record Candidate(
      AgentId agent, String lost, Optional<Duration> idle, int proficiency, long rank) {}

  /// @param lost why it is not this one
  public record Rival(Subject contact, String lost) {}

  /// For people.
  public String toText() {
    var text = new StringBuilder();
    text.append(
        "%s  offer %s: contact %s to agent %s%n".formatted(at, offer, contact.contact(), agent));
    text.append(
        chosenBy == ChosenBy.AGENT
            ? "  The agent became free and took the best waiting contact.%n".formatted()
            : "  The contact took the best free agent.%n".formatted());
    text.append("  policy %s, strategy %s%n".formatted(policy, strategy));
    text.append("  %s%n".formatted(describe(contact)));
    for (Candidate candidate : agents) {
      text.append(
          "  %s agent %-12s proficiency %2d  %s%n"
              .formatted(
                  candidate.lost().isEmpty() ? "✓" : "·",
                  candidate.agent(),
                  candidate.proficiency(),
                  candidate.lost().isEmpty() ? "chosen" : candidate.lost()));
    }
    for (Rival rival : rivals) {
      text.append("  · %s: %s%n".formatted(describe(rival.contact()), rival.lost()));
    }
    return text.toString();
  }

  private static String describe(Subject contact) {
    String step =
        contact.steps() == 0 ? "" : ", step %d of %d".formatted(contact.step(), contact.steps());
    return "contact %s in queue %s asks for %s%s; priority %d, waited %s s, score %d"
        .formatted(
            contact.contact(),
            contact.queue(),
            contact.ask(),
            step,
            contact.priority(),
            contact.waited().toMillis() / 1e3,
            contact.score());
  }
}
