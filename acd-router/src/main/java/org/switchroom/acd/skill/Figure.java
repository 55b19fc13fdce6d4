package org.switchroom.acd.skill;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A live figure of a queue that a routing step may depend on.
public enum Figure {
  /// Contacts that wait in the queue, the one that asks left out.
  WAITING("waiting"),
  /// The longest wait in the queue, in seconds, the one that asks left out.
  LONGEST_WAIT("longest-wait"),
  /// Agents who could take the contact now if it took the step.
  READY("ready"),
  /// Agents staffed, as the routing plan says, who could take the contact if it took the step, busy
  /// or not.
  STAFFED("staffed"),
  /// Percent of the queue's last 100 contacts that were served within its target, those who left
  /// without an agent counted by the queue's [org.switchroom.acd.plan.ServiceLevelRule]; 100 at
  /// first.
  SERVICE_LEVEL("service-level");

  private final String word;

  Figure(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Figure::word).toList();
  }

  /// Empty: there is no such figure.
  static Optional<Figure> named(String word) {
    return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
  }
}
