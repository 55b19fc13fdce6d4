package org.switchroom.cti.call;

import java.time.Duration;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.skill.SkillExpression;

/// What a caller asks for beside what their queue does, as the script has it.
///
/// @param priority points
/// @param ask `any`: nothing
/// @param preferred the agent to be asked first; null: nobody
/// @param preferredFor for how long
public record Wish(int priority, SkillExpression ask, AgentId preferred, Duration preferredFor) {
  public static final Wish NONE = of(0);

  public static Wish of(int priority) {
    return new Wish(priority, SkillExpression.ANY, null, Duration.ZERO);
  }
}
