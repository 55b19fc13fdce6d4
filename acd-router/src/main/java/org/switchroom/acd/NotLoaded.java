package org.switchroom.acd;

import org.switchroom.acd.plan.AgentId;

/// What [Router#load] had to leave out, because the configuration lacks what it names.
public sealed interface NotLoaded {
  /// A queue that is not configured.
  record OfQueue(QueueMemory queue) implements NotLoaded {}

  /// An agent who is not configured and has nothing in hand that could go on.
  record OfAgent(AgentMemory agent) implements NotLoaded {}

  /// A contact that waited or rang in a queue that is not there. It is to be queued again,
  /// elsewhere and with its age.
  record OfContact(ContactMemory contact) implements NotLoaded {}

  /// An offer whose agent or contact was left out: its ringing is to be ended. Or a talk or wrap-up
  /// of a contact that the memory does not have.
  record OfInHand(AgentId agent, AgentMemory.AssignmentMemory inHand) implements NotLoaded {}
}
