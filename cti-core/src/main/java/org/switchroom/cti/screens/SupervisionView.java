package org.switchroom.cti.screens;

import java.util.List;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.pbx.Supervision;

/// Who takes part in an agent's talk, for those who watch.
public record SupervisionView(AgentId agent, List<Supervisor> supervisors) {
  /// @param user by name
  /// @param how they take part, or are to
  /// @param connected else their phone rings
  public record Supervisor(String user, Supervision how, boolean connected) {}
}
