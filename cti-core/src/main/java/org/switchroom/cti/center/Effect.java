package org.switchroom.cti.center;

import java.util.List;
import java.util.Map;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.customer.HistoryRecord;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PbxCommand;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.speech.Language;

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

  /// A held caller shall hear this.
  record Announce(CallId call, Language language, List<Said> said) implements Effect {}

  /// @param variables what the saying speaks of
  record Said(Saying saying, Map<String, Object> variables) {}

  /// The agent's tasks, all of them.
  record TasksChanged(AgentId agent, List<TaskView> tasks) implements Effect {}

  /// Who waits in a queue, for supervisors.
  record WaitersChanged(WaitersView view) implements Effect {}

  record ShadowChanged(ShadowView view) implements Effect {}

  /// Write into the history.
  ///
  /// @param from whose history has grown
  record Record(HistoryRecord record, PhoneNumber from) implements Effect {}

  /// Say with [CenterEvent.CallerIdentified] who the caller is: nobody has asked yet in this run.
  ///
  /// @param customer as an earlier run knew them; null: by their number
  record Identify(CallId call, Long customer, PhoneNumber from) implements Effect {}

  /// Write into the history, and say so with [CenterEvent.Stored] when it is durable.
  record RecordFor(
      HistoryRecord record, PhoneNumber from, AgentId agent, CallId call, DeskRequest request)
      implements Effect {}

  /// A desk's request is answered. Null: done.
  record Answered(DeskRequest request, Refusal refusal) implements Effect {}
}
