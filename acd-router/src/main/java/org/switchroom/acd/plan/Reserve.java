package org.switchroom.acd.plan;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.switchroom.acd.skill.SkillExpression;

/// Keeps some agents of a group free: a contact of any other queue is given one of them only while
/// more than `keep` of the group are free.
///
/// @param group who is in it
/// @param keep from 1 to 10,000
/// @param queues for whose contacts they are kept
public record Reserve(SkillExpression group, int keep, Set<QueueId> queues) {
  public static final int MOST = 10_000;

  /// @throws IllegalArgumentException when the number is out of its range
  public Reserve {
    if (keep < 1 || keep > MOST) {
      throw new IllegalArgumentException(
          "A reserve keeps %d agents; it must be from 1 to %d.".formatted(keep, MOST));
    }
    queues = Collections.unmodifiableSet(new TreeSet<>(queues));
  }
}
