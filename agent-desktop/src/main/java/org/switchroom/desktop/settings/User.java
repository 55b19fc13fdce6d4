package org.switchroom.desktop.settings;

import java.util.Set;
import org.switchroom.acd.skill.Skills;

/// Somebody who may log in.
///
/// @param passwordHash argon2id, as `./switchroom password` makes it
/// @param phone only for agents: as the PBX names it
public record User(
    String name, String title, String passwordHash, Set<Role> roles, String phone, Skills skills) {
  public enum Role {
    AGENT,
    SUPERVISOR
  }

  public boolean is(Role role) {
    return roles.contains(role);
  }
}
