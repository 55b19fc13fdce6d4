package org.switchroom.acd;

import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.QueueId;

/// Where the router's decisions go, in the order in which they are made, without anything being
/// made for them. Handles are as they are at the moment of the call; the router must not be called
/// from inside.
///
/// What an implementer does not name, it does not care for. [Decision] is the same as values.
public interface Decisions {
  void offer(long at, Assignment assignment);

  default void withdraw(long at, Assignment assignment, Decision.Why why) {}

  default void moved(long at, Agent agent) {}

  default void moved(long at, RoutedContact contact, QueueId from, Decision.Cause cause) {}

  default void diverted(
      long at, RoutedContact contact, Overflow.Target.Away target, Decision.Cause cause) {}

  default void shadowed(long at, Assignment assignment, RoutedContact contact, Agent agent) {}

  /// The router has forgotten the contact; its handle will be used again.
  default void over(RoutedContact contact) {}
}
