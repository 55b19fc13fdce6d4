package org.switchroom.desktop.settings;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.skill.Skills;
import org.switchroom.cti.center.AutoAnswer;

/// Somebody who may log in.
///
/// @param passwordHash a [org.switchroom.cti.customer.SecretHash], as `./switchroom password` makes
///   it
/// @param phone as the PBX names it. Of who has none on the desk it is the browser's; an agent who
///   has neither sits at a hot desk
/// @param browserPhone the one that is the user's browser; empty: it is none
/// @param autoAnswer whether the phone answers by itself what is offered to an agent
@RecordBuilder
public record User(
    String name,
    String title,
    String passwordHash,
    Set<Role> roles,
    Optional<String> phone,
    AgentProfile profile,
    Optional<String> browserPhone,
    AutoAnswer autoAnswer)
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

  /// Whose browser is no telephone, and whose phone answers by itself where a queue says so.
  public User(
      String name,
      String title,
      String passwordHash,
      Set<Role> roles,
      Optional<String> phone,
      AgentProfile profile) {
    this(name, title, passwordHash, roles, phone, profile, Optional.empty(), AutoAnswer.BY_QUEUE);
  }

  /// What somebody is, with what they may do as such; who has several roles may do what any may.
  public enum Role {
    AGENT(Permission.SERVE, Permission.SEE_CUSTOMERS),
    TEAM_LEAD(Permission.WATCH, Permission.RAISE, Permission.SUPERVISE, Permission.SEE_CUSTOMERS),
    SUPERVISOR(
        Permission.WATCH,
        Permission.RAISE,
        Permission.SUPERVISE,
        Permission.SEE_CUSTOMERS,
        Permission.LISTEN,
        Permission.HEAR_TALKS,
        Permission.BLOCK_CALLERS,
        Permission.READ_SCRIPTS,
        Permission.CHANGE_SCRIPTS),
    QUALITY_INSPECTOR(
        Permission.WATCH,
        Permission.SEE_CUSTOMERS,
        Permission.LISTEN,
        Permission.HEAR_TALKS,
        Permission.READ_SCRIPTS),
    ADMINISTRATOR(
        Permission.BLOCK_CALLERS,
        Permission.READ_SCRIPTS,
        Permission.CHANGE_SCRIPTS,
        Permission.READ_AUDIT,
        Permission.END_LOG_INS);

    private final Set<Permission> permissions;

    Role(Permission... permissions) {
      this.permissions = Set.of(permissions);
    }

    public boolean may(Permission permission) {
      return permissions.contains(permission);
    }

    /// As the configuration has it: `team-lead`.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Skills skills() {
    return profile.skills();
  }

  public boolean is(Role role) {
    return roles.contains(role);
  }

  public boolean may(Permission permission) {
    return roles.stream().anyMatch(role -> role.may(permission));
  }
}
