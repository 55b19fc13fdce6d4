package org.switchroom.cti.event;

import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.task.Task;

/// What a turn is about at this moment, and what a fault at this moment would be a fault with. A
/// turn begins with what its input is about; where it goes on to somebody else, they are named
/// first. The engine's thread's; it is cheap, and leaves no garbage.
public interface About {
  String CALL = "call";
  String TASK = "task";

  /// The last thing that is done with a call or a task.
  String ASIDE = "aside";

  About NOBODY = new Nobody();

  /// Nobody asks.
  record Nobody() implements About {
    @Override
    public boolean becomes(String kind, String id) {
      return true;
    }

    @Override
    public void again() {}
  }

  /// From here on it is about this.
  ///
  /// @return false: it is set aside, and the turn is about what it was about before
  boolean becomes(String kind, String id);

  /// It is about what its input is about again.
  void again();

  default boolean agent(AgentId agent) {
    return becomes("agent", agent.value());
  }

  /// What is shown of it.
  default boolean queue(QueueId queue) {
    return becomes("queue", queue.value());
  }

  /// A contact's call, or its task.
  default boolean contact(Optional<CallId> call, Optional<Task> task) {
    if (call.isPresent()) return becomes(CALL, call.get().value());
    return task.isEmpty() || becomes(TASK, task.get().id());
  }

  /// Something is done for a call that is done also when it is set aside, as the last that is.
  ///
  /// @return false: also that has failed too often
  default boolean lastly(CallId call) {
    return becomes(CALL, call.value()) || becomes(ASIDE, call.value());
  }
}
