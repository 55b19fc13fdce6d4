package org.switchroom.acd.plan;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.switchroom.acd.skill.SkillExpression;

/// Which of the free agents gets a contact. Ties go to the agent who has been free for longest; two
/// who became free at the same time are in the order in which the router heard of it.
///
/// Agents with less in hand always come before those with more, and groups in `tries` before that.
///
/// @param tries groups of agents, tried in this order; who is in none comes last. Mostly empty
/// @param shares for `PERCENT_ALLOCATION`: each agent's share, from 1 to 100; 1 where not named
public record Strategy(Kind kind, List<SkillExpression> tries, Map<AgentId, Integer> shares) {
  /// The most phones that `RING_ALL` rings for one contact.
  public static final int MOST_RINGING = 25;

  public enum Kind {
    /// Free for longest.
    LONGEST_IDLE,
    /// Least busy lately: the share of time with a contact, weighted by `e^(-age / 1 h)`.
    LEAST_OCCUPIED,
    /// Fewest contacts since log-in. Who comes late begins at the mean of those who are there.
    FEWEST_CONTACTS,
    /// Highest sum of proficiencies in the skills asked for.
    MOST_SKILLED,
    /// Lowest sum of proficiencies in the skills asked for.
    LEAST_SKILLED,
    /// The next in the fixed order after the agent whom this queue offered to last.
    ROUND_ROBIN,
    /// The first in the fixed order.
    LINEAR,
    /// Any, with equal chances; drawn from the contact's number, so that a replay draws the same.
    RANDOM,
    /// Who is furthest behind their share of the queue's contacts, times when they were not ready
    /// left out.
    PERCENT_ALLOCATION,
    /// All at once, 25 at most, and who becomes free meanwhile; the first to accept has the
    /// contact. With `tries` the first group that has anybody, and each time nobody answers one
    /// more.
    RING_ALL;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Empty: there is no such strategy.
    public static Optional<Kind> named(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    public static List<String> words() {
      return Arrays.stream(values()).map(Kind::word).toList();
    }
  }

  public static final Strategy DEFAULT = of(Kind.LONGEST_IDLE);

  /// @throws IllegalArgumentException when a share is out of its range
  public Strategy {
    tries = List.copyOf(tries);
    shares.forEach(
        (agent, share) -> {
          if (share < 1 || share > 100) {
            throw new IllegalArgumentException(
                "Agent %s's share is %d; it must be from 1 to 100.".formatted(agent, share));
          }
        });
    shares = Collections.unmodifiableMap(new TreeMap<>(shares));
  }

  public static Strategy of(Kind kind) {
    return new Strategy(kind, List.of(), Map.of());
  }

  public Strategy withTries(List<SkillExpression> groups) {
    return new Strategy(kind, groups, shares);
  }
}
