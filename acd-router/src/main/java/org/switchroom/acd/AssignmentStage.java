package org.switchroom.acd;

/// How far an assignment has come.
public enum AssignmentStage {
  RESERVED,
  RINGING,
  TALKING,
  CONSULTING,
  WRAP_UP;

  /// Whether the agent has not accepted it yet.
  public boolean isOffer() {
    return this == RESERVED || this == RINGING;
  }
}
