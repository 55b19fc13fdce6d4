package org.switchroom.acd.plan;

/// An agent's name, unique in the center.
public record AgentId(String value) implements Comparable<AgentId> {
  public AgentId {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "An agent's id is empty. Maybe the configuration lacks it.");
    }
  }

  @Override
  public int compareTo(AgentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
