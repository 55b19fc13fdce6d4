package org.switchroom.cti.center;

import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.customer.HistoryRecord;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PhoneNumber;

/// What the center wants done outside, in this order.
public sealed interface Effect {
  record Command(PbxCommand command) implements Effect {}

  /// First the pop is written to the agent's screen, then the phone is rung.
  record PopThenRing(AgentId agent, ScreenPop pop, PbxCommand.RingAgent ring) implements Effect {}

  /// The agent's pop has changed. Null: nothing is to be shown any more.
  record PopChanged(AgentId agent, ScreenPop pop) implements Effect {}

  record AgentChanged(AgentView view) implements Effect {}

  record QueueChanged(QueueView view) implements Effect {}

  record PbxChanged(boolean connected) implements Effect {}

  /// Write into the history.
  ///
  /// @param from whose history has grown
  record Record(HistoryRecord record, PhoneNumber from) implements Effect {}

  /// Write into the history, and say so with [CenterEvent.Stored] when it is durable.
  record RecordFor(
      HistoryRecord record, PhoneNumber from, AgentId agent, CallId call, DeskRequest request)
      implements Effect {}

  /// A desk's request is answered. Null: done.
  record Answered(DeskRequest request, Refusal refusal) implements Effect {}
}
