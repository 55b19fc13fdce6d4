package org.switchroom.acd.plan;

import java.util.Locale;

/// What becomes in a queue's service level of those who left it without an agent. The wallboard,
/// the history and the router's figure `service-level` all count by it. Whom the PBX lost, or its
/// fallback queue connected, is in none.
///
/// @param abandoned of callers who hung up
/// @param overflowed of those whom the queue's rules sent on, to another queue or elsewhere
/// @param chose of callers who took what the queue offers by key
public record ServiceLevelRule(Treatment abandoned, Treatment overflowed, Treatment chose) {
  /// Who gave up and who was sent on was not served; who took an offer in time wanted it so.
  public static final ServiceLevelRule DEFAULT =
      new ServiceLevelRule(Treatment.AGAINST, Treatment.AGAINST, Treatment.IGNORED);

  /// The three ways to look at them.
  public enum Treatment {
    /// They count as contacts that were not served in time, however short their wait.
    AGAINST,
    /// Who left in time is not counted at all: there was no time to serve them. Who left later
    /// counts as not served in time.
    IGNORED,
    /// Who left in time counts as served in time.
    IN_FAVOUR;

    /// As the configuration says it: `in-favour`.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// How many of them were served in time.
    ///
    /// @param inTime how many of them left in time
    public long served(long inTime) {
      return this == IN_FAVOUR ? inTime : 0;
    }

    /// How many of them are counted.
    ///
    /// @param inTime how many of them left in time
    public long counted(long all, long inTime) {
      return this == IGNORED ? all - inTime : all;
    }
  }
}
