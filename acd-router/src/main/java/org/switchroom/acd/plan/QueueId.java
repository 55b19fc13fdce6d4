package org.switchroom.acd.plan;

/// A queue's name, unique in the center.
public record QueueId(String value) implements Comparable<QueueId> {
  public QueueId {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "A queue's name is empty. Maybe the configuration lacks it.");
    }
  }

  @Override
  public int compareTo(QueueId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
