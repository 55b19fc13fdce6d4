package org.switchroom.cti.center;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.switchroom.acd.plan.AgentId;

/// The desks and wallboards. No call blocks.
public interface Screens {
  /// Shows a pop, or with null takes it away.
  ///
  /// @return completes when it is written to the agent's socket, or when there is none; at the
  ///   latest after a tenth of a second, so that a slow screen keeps no caller waiting
  CompletionStage<Void> pop(AgentId agent, ScreenPop pop);

  void show(AgentView view);

  void show(QueueView view);

  /// @param tasks all that the agent has or is offered
  void tasks(AgentId agent, List<TaskView> tasks);

  void show(WaitersView view);

  void show(ShadowView view);

  void pbx(boolean connected);
}
