package org.switchroom.cti.center;

import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.task.Task;

/// What a turn is about at this moment, and what a fault at this moment would be a fault with. A
/// turn begins with what its input is about; where it goes on to somebody else, they are named
/// first. The engine's thread's; it is cheap, and leaves no garbage.
public interface About {
  /// Nobody asks.
  About NOBODY =
      new About() {
        @Override
        public boolean becomes(String kind, String id) {
          return true;
        }

        @Override
        public void again() {}
      };

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
  default boolean contact(Contact contact) {
    if (contact.call().isPresent()) return becomes(Subjects.CALL, contact.call().get().value());
    return contact.task().map(Task::id).map(id -> becomes(Subjects.TASK, id)).orElse(true);
  }

  /// It is looked at, whether or not it is set aside.
  default void looksAt(Contact contact) {
    if (!contact(contact)) again();
  }

  /// A contact is shown to whoever has it. Who is set aside is shown while there is something left
  /// to say of them: who waits is about to leave.
  default boolean shown(Contact contact) {
    return contact(contact) || !contact.waits() && becomes(Subjects.ASIDE, contact.id().value());
  }

  /// Something is done for a call that is done also when it is set aside, as the last that is.
  ///
  /// @return false: also that has failed too often
  default boolean lastly(CallId call) {
    return becomes(Subjects.CALL, call.value()) || becomes(Subjects.ASIDE, call.value());
  }
}
