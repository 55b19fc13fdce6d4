package org.switchroom.cti.center;

/// Whether an agent's phone answers by itself what is offered to the agent (CSTA Auto Answer).
public enum AutoAnswer {
  /// As the queue has it ([QueueSettings#autoAnswer]).
  BY_QUEUE,
  ALWAYS,
  NEVER
}
