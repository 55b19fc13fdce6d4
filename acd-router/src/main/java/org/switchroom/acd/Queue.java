package org.switchroom.acd;

import java.time.Duration;

/// How one queue behaves.
///
/// @param ask what its contacts ask of an agent
/// @param priority higher is served first; contacts of one priority go by age
/// @param offerTimeout how long an agent's phone rings before the offer is withdrawn
/// @param wrapUp what follows a contact
public record Queue(
    QueueId id, SkillExpression ask, int priority, Duration offerTimeout, WrapUp wrapUp) {
  public Queue {
    if (!offerTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "Queue %s rings an agent for %s; it must be longer than zero."
              .formatted(id, offerTimeout));
    }
  }
}
