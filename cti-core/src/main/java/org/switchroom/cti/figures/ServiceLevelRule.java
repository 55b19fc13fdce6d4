package org.switchroom.cti.figures;

/// What becomes in the service level of those who left a queue without an agent. Whom the PBX lost,
/// or its fallback queue connected, is in none.
///
/// @param abandoned of callers who hung up
/// @param overflowed of those whom the queue's rules sent on
/// @param chose of callers who took what the queue offers
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

    /// How many of them were served in time.
    long served(long inTime) {
      return this == IN_FAVOUR ? inTime : 0;
    }

    /// How many of them are counted.
    long counted(long all, long inTime) {
      return this == IGNORED ? all - inTime : all;
    }
  }
}
