package org.switchroom.desktop.settings;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import java.util.Set;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.skill.Skills;

/// Somebody who may log in.
///
/// @param passwordHash a [org.switchroom.cti.customer.SecretHash], as `./switchroom password` makes
///   it
/// @param phone as the PBX names it; an agent has one
@RecordBuilder
public record User(
    String name,
    String title,
    String passwordHash,
    Set<Role> roles,
    Optional<String> phone,
    AgentProfile profile)
    implements UserBuilder.With {
  /// One call at a time, no preference.
  public User(
      String name,
      String title,
      String passwordHash,
      Set<Role> roles,
      Optional<String> phone,
      Skills skills) {
    this(name, title, passwordHash, roles, phone, AgentProfile.of(new AgentId(name), skills));
  }

  public enum Role {
    AGENT,
    SUPERVISOR
  }

  public Skills skills() {
    return profile.skills();
  }

  public boolean is(Role role) {
    return roles.contains(role);
  }
}
