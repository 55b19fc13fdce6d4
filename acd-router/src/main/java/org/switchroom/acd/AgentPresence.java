package org.switchroom.acd;

/// Whether an agent is there.
public enum AgentPresence {
  LOGGED_OUT,
  NOT_READY,
  READY
}
