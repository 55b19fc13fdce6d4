package org.switchroom.acd;

import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.QueueId;

/// Where the router's decisions go, in the order in which they are made, without anything being
/// made for them. Handles are as they are at the moment of the call; the router must not be called
/// from inside.
///
/// [Decision] is the same as values.
public interface Decisions {
  void offer(long at, Assignment assignment);

  void withdraw(long at, Assignment assignment, Decision.Why why);

  void moved(long at, Agent agent);

  void moved(long at, Contact contact, QueueId from, Decision.Cause cause);

  void diverted(long at, Contact contact, Overflow.Target.Away target, Decision.Cause cause);

  void shadowed(long at, Assignment assignment, Contact contact, Agent agent);

  /// The router has forgotten the contact; its handle will be used again.
  void over(Contact contact);
}
