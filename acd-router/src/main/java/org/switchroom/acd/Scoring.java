package org.switchroom.acd;

import org.switchroom.acd.plan.Policy;

/// What a policy makes of contacts and agents, in whole numbers: larger goes first. Contacts are
/// ordered by primary, then those with somebody on the line before all others, then secondary, then
/// age, then number.
///
/// Within a class that order never changes while contacts wait, because all of them gain at the
/// same rate: so each has a static key.
sealed interface Scoring {
  long MICROS_PER_SECOND = 1_000_000L;
  long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
  long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;

  /// The contact's rank within its class.
  long key(RoutedContact contact);

  /// @param key as [#key] gives it
  /// @param proficiency of the agent in what is asked
  /// @param now microseconds since 1970
  long primary(RoutedContact contact, long key, int proficiency, long now);

  long secondary(RoutedContact contact, long key, long now);

  /// Whether the policy orders the agents too, in the strategy's stead.
  default boolean ordersAgents() {
    return false;
  }

  /// The agent's rank among the free: smaller goes first.
  default long idleKey(Agent agent, int proficiency) {
    return 0;
  }

  static Scoring of(Policy policy, Matching matching) {
    return switch (policy) {
      case Policy.LongestIdle _ -> new MostUrgent();
      case Policy.Weighted weights -> new WeightedSum(weights);
      case Policy.GeneralizedCMu _ -> new CostRate();
      case Policy.QueueRatio _ -> new RatioExcess(matching);
    };
  }

  private static long urgencyKey(RoutedContact contact) {
    return contact.totalPriority() * MICROS_PER_HOUR
        - contact.line.queue.urgency().aging() * RouterTime.micros(contact.arrived);
  }

  private static long urgency(RoutedContact contact, long key, long now) {
    return key + contact.line.queue.urgency().aging() * now;
  }

  /// When its wait began to count.
  private static long since(RoutedContact contact) {
    return contact.line.ageCounts ? RouterTime.micros(contact.arrived) : 0;
  }

  private static long until(RoutedContact contact, long now) {
    return contact.line.ageCounts ? now : 0;
  }

  record MostUrgent() implements Scoring {
    @Override
    public long key(RoutedContact contact) {
      return urgencyKey(contact);
    }

    @Override
    public long primary(RoutedContact contact, long key, int proficiency, long now) {
      return urgency(contact, key, now);
    }

    @Override
    public long secondary(RoutedContact contact, long key, long now) {
      return contact.line.queue.urgency().weight() * (now - RouterTime.micros(contact.arrived));
    }
  }

  record WeightedSum(Policy.Weighted weights) implements Scoring {
    @Override
    public long key(RoutedContact contact) {
      return weights.priority() * MICROS_PER_SECOND * contact.totalPriority()
          - weights.waited() * since(contact);
    }

    @Override
    public long primary(RoutedContact contact, long key, int proficiency, long now) {
      return key
          + weights.waited() * until(contact, now)
          + weights.proficiency() * MICROS_PER_SECOND * proficiency;
    }

    @Override
    public long secondary(RoutedContact contact, long key, long now) {
      return 0;
    }

    @Override
    public boolean ordersAgents() {
      return true;
    }

    @Override
    public long idleKey(Agent agent, int proficiency) {
      return weights.idle() * RouterTime.micros(agent.freeSince)
          - weights.proficiency() * MICROS_PER_SECOND * proficiency;
    }
  }

  record CostRate() implements Scoring {
    @Override
    public long key(RoutedContact contact) {
      return contact.totalPriority() * MICROS_PER_MINUTE - since(contact);
    }

    @Override
    public long primary(RoutedContact contact, long key, int proficiency, long now) {
      double wait = key + until(contact, now);
      return Sortable.of(contact.line.queue.objectives().cost() * wait / contact.line.handleMicros);
    }

    @Override
    public long secondary(RoutedContact contact, long key, long now) {
      return key + until(contact, now);
    }
  }

  record RatioExcess(Matching matching) implements Scoring {
    @Override
    public long key(RoutedContact contact) {
      return urgencyKey(contact);
    }

    @Override
    public long primary(RoutedContact contact, long key, int proficiency, long now) {
      QueueState line = contact.line;
      return line.waiting * matching.ratioSum
          - (long) line.queue.objectives().ratio() * matching.waiting;
    }

    @Override
    public long secondary(RoutedContact contact, long key, long now) {
      return urgency(contact, key, now);
    }
  }
}
