package org.switchroom.acd.plan;

import java.util.List;

/// In what order contacts and agents are brought together, as a score of each pair that could be
/// matched. An agent who is free takes the contact with the best score; a contact takes the agent.
///
/// A queue's strategy says which agent a contact takes, except under [Weighted].
public sealed interface Policy {
  /// The name in a configuration.
  String word();

  static List<String> words() {
    return List.of("longest-idle", "weighted", "c-mu", "queue-ratio");
  }

  /// Most urgent first ([Urgency]): priority, then age.
  record LongestIdle() implements Policy {
    @Override
    public String word() {
      return "longest-idle";
    }
  }

  /// The largest sum: `wait × s waited + priority × points + proficiency × levels + idle × s idle`,
  /// the form of PureConnect's interaction and agent scores.
  ///
  /// @param waited weight of a second waited, from 0 to 1,000
  /// @param priority weight of a point of priority, from 0 to 1,000
  /// @param proficiency weight of a level of the skills asked for, from 0 to 1,000
  /// @param idle weight of a second for which the agent has been free, from 0 to 1,000
  record Weighted(int waited, int priority, int proficiency, int idle) implements Policy {
    public static final int MOST = 1_000;

    /// @throws IllegalArgumentException when a weight is out of its range
    public Weighted {
      check("waited", waited);
      check("priority", priority);
      check("proficiency", proficiency);
      check("idle", idle);
    }

    private static void check(String name, int weight) {
      if (weight < 0 || weight > MOST) {
        throw new IllegalArgumentException(
            "The weight of %s is %d; it must be from 0 to %d.".formatted(name, weight, MOST));
      }
    }

    @Override
    public String word() {
      return "weighted";
    }
  }

  /// The generalized c-mu rule with quadratic cost: the largest `cost × wait / mean handling time`.
  /// A point of priority counts as a minute of waiting. The queue's mean handle time follows what
  /// it sees. Mandelbaum and Stolyar (2004), doi:10.1287/opre.1040.0152.
  record GeneralizedCMu() implements Policy {
    @Override
    public String word() {
      return "c-mu";
    }
  }

  /// From the queue that is furthest above its part of all who wait; within it, the most urgent.
  /// Gurvich and Whitt (2009), doi:10.1287/msom.1070.0211.
  record QueueRatio() implements Policy {
    @Override
    public String word() {
      return "queue-ratio";
    }
  }
}
