package org.switchroom.acd.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.skill.Condition;
import org.switchroom.acd.skill.SkillExpression;

/// One routing step of a queue. A contact takes the steps in their order; changes add up. When the
/// time of a step is over, the next whose condition holds at that moment is taken; the others in
/// between are left out at once, as Cisco's precision queues do. After the last a contact goes on
/// asking as it did.
///
/// @param when empty: always taken
/// @param lasts empty: for as long as the contact waits
/// @param priority points added when the step is taken
public record RoutingStep(
    Optional<Condition> when, List<Change> changes, int priority, Optional<Duration> lasts) {
  public RoutingStep {
    changes = List.copyOf(changes);
    if (lasts.isPresent() && !lasts.get().isPositive()) {
      throw new IllegalArgumentException(
          "A routing step lasts %s; it must be longer than zero.".formatted(lasts.get()));
    }
  }

  public SkillExpression apply(SkillExpression ask) {
    SkillExpression changed = ask;
    for (Change change : changes) changed = change.apply(changed);
    return changed;
  }
}
