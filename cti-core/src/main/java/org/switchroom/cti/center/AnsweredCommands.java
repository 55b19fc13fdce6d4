package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.switchroom.cti.event.CommandId;
import org.switchroom.cti.event.Refusal;

/// What was answered to the screens lately, so that a command that comes twice is done once.
final class AnsweredCommands {
  /// A screen that is away for longer begins a session of its own.
  private static final Duration KEPT = Duration.ofHours(24);

  private static final int MOST_SESSIONS = 20_000;

  /// More than a screen can have under way.
  private static final int MOST_ANSWERS = 16;

  /// What is known of a command.
  sealed interface Known {
    /// It has not come yet.
    record New() implements Known {}

    record Answered(Optional<Refusal> refusal) implements Known {}

    /// It came so long ago that its answer is forgotten.
    record Past() implements Known {}
  }

  /// @param answers by the number of the command, the oldest first
  record Session(SequencedMap<Long, Optional<Refusal>> answers, Instant last) {}

  /// The one that was heard of longest ago first.
  private final SequencedMap<String, Session> sessions = new LinkedHashMap<>();

  Known known(CommandId command) {
    Session session = sessions.get(command.session());
    if (session == null) return new Known.New();
    Optional<Refusal> refusal = session.answers().get(command.number());
    if (refusal != null) return new Known.Answered(refusal);
    boolean past =
        session.answers().size() >= MOST_ANSWERS
            && command.number() < session.answers().firstEntry().getKey();
    return past ? new Known.Past() : new Known.New();
  }

  void answered(CommandId command, Optional<Refusal> refusal, Instant at) {
    Session before = sessions.remove(command.session());
    SequencedMap<Long, Optional<Refusal>> answers =
        before == null ? new LinkedHashMap<>() : before.answers();
    answers.put(command.number(), refusal);
    while (answers.size() > MOST_ANSWERS) answers.pollFirstEntry();
    sessions.put(command.session(), new Session(answers, at));
    forget(at);
  }

  private void forget(Instant at) {
    while (!sessions.isEmpty()) {
      Instant oldest = sessions.firstEntry().getValue().last();
      boolean old = oldest.isBefore(at.minus(KEPT));
      if (!old && sessions.size() <= MOST_SESSIONS) return;
      sessions.pollFirstEntry();
    }
  }

  Map<String, Session> all() {
    return sessions;
  }

  void restore(Snapshot.Session known) {
    var answers = new LinkedHashMap<Long, Optional<Refusal>>();
    known.answers().forEach(answer -> answers.put(answer.number(), answer.refusal()));
    sessions.put(known.id(), new Session(answers, known.last()));
  }
}
