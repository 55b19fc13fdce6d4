package org.switchroom.cti.screens;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;

/// The desks and wallboards. No call blocks.
public interface Screens {
  /// Shows what the agent has of a contact; empty: they have it no more.
  ///
  /// @return completes when it is written to the agent's sockets, or when there is none; at the
  ///   latest after a tenth of a second, so that a slow screen keeps no caller waiting
  CompletionStage<Void> pop(AgentId agent, ContactId contact, Optional<ScreenPop> pop);

  void show(AgentView view);

  void show(SupervisionView view);

  void show(QueueView view);

  /// @param tasks all that the agent has or is offered
  void tasks(AgentId agent, List<TaskView> tasks);

  /// @param view all whom the agent may pick up
  void parked(AgentId agent, ParkedView view);

  void show(WaitersView view);

  void show(ShadowView view);

  /// @param desks all there are
  void hotDesks(List<HotDesk> desks);

  void pbx(boolean connected);
}
