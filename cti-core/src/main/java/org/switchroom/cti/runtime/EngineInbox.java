package org.switchroom.cti.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.event.Refusal;

/// Where the engine is told and asked, from any thread.
public interface EngineInbox {
  /// A fact. Waits for room: facts are never dropped.
  void post(Input input);

  /// Something for the audit. Nobody waits for it: where there is no room it is in the log alone.
  void note(Input.Note note);

  /// A desk's command. Refused at once when there is no room.
  ///
  /// @param answer is told once what came of it, on any thread: empty when it is done and kept. It
  ///   must not block
  void ask(Input.DeskCommand command, Consumer<Optional<Refusal>> answer);

  /// Where a contact would stand, if it were given to queues now.
  ///
  /// @param answer is told once, on any thread: the place in each, from 1, without those to which
  ///   it cannot be given; nothing where there is no room for the question. It must not block
  void askPlaces(ContactId contact, List<QueueId> queues, Consumer<Map<QueueId, Integer>> answer);

  /// A script's request; waits until it is kept.
  ///
  /// @return what came of it; empty: it is not kept, or not in this time
  Optional<String> ask(Input.ScriptRequest request, Duration within);

  /// The engine's own time: since when something is, it says by this.
  Instant now();
}
