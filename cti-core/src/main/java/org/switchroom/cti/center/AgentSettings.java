package org.switchroom.cti.center;

import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.skill.Skills;

/// @param name shown to people
/// @param phone as the PBX names it, such as `PJSIP/1001`; empty: they sit at a free one
/// @param other one of their own, too, at which they may sit: their browser
/// @param autoAnswer whether their phone answers by itself
public record AgentSettings(
    AgentProfile profile,
    String name,
    String phone,
    Optional<String> other,
    AutoAnswer autoAnswer) {
  /// Whose phone answers by itself where a queue says so.
  public AgentSettings(AgentProfile profile, String name, String phone) {
    this(profile, name, phone, Optional.empty(), AutoAnswer.BY_QUEUE);
  }

  /// One call at a time, no preference.
  public AgentSettings(AgentId id, String name, String phone, Skills skills) {
    this(AgentProfile.of(id, skills), name, phone);
  }

  public AgentId id() {
    return profile.id();
  }
}
