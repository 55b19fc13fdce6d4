package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchroom.acd.TestCenter.profile;
import static org.switchroom.acd.TestCenter.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.Change;
import org.switchroom.acd.plan.RoutingStep;
import org.switchroom.acd.skill.Condition;
import org.switchroom.acd.skill.SkillExpression;

/// A step whose condition holds helps the caller.
class ConditionsTest {
  private static RoutingStep asking(String skill, String when, int seconds) {
    return new RoutingStep(
        Optional.ofNullable(when).map(Condition::parse),
        List.of(new Change.Ask(SkillExpression.parse(skill))),
        0,
        seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)));
  }

  @Test
  void whoIsKeptForOthersIsNotReadyForThisQueue() {
    var steps = List.of(asking("gold", "ready >= 1", 60), asking("silver", null, 0));
    var center =
        TestCenter.of(queue("q").withSteps(steps), queue("vip"))
            .reserve("gold", 1, "vip")
            .ready(profile("ann", "gold"))
            .ready(profile("ben", "silver"));
    assertThat(center.agentOf(center.comes("q"))).isEqualTo("ben");
    center.reserve("gold", 1, "q");
    assertThat(center.agentOf(center.comes("q"))).as("kept for it").isEqualTo("ann");
  }
}
