package org.switchroom.cti.center;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.ivr.Outcome.TrailEntry;
import org.switchroom.ivr.speech.Language;

/// What came of a caller's script, in the words of a test.
record Script(
    String ending,
    Optional<String> queue,
    int priority,
    String ask,
    String preferred,
    Duration preferredFor,
    List<TrailEntry> trail,
    Map<String, String> answers,
    Language language) {
  /// It sends the caller to a queue.
  static Script to(String queue) {
    return new Script(
        "queued", Optional.of(queue), 0, "", "", Duration.ZERO, List.of(), Map.of(), Language.EN);
  }

  /// It ends in another way, as `ContactEvent.ScriptWalked` has them.
  static Script over(String ending) {
    return new Script(
        ending, Optional.empty(), 0, "", "", Duration.ZERO, List.of(), Map.of(), Language.EN);
  }

  /// The caller asks for more than the queue does.
  Script asking(String expression) {
    return new Script(
        ending, queue, priority, expression, preferred, preferredFor, trail, answers, language);
  }

  /// The caller asks for an agent before all others.
  Script preferring(String agent, Duration within) {
    return new Script(ending, queue, priority, ask, agent, within, trail, answers, language);
  }

  Script priority(int points) {
    return new Script(
        ending, queue, points, ask, preferred, preferredFor, trail, answers, language);
  }

  /// The caller was at a step, and pressed this.
  Script pressing(String step, String key) {
    return new Script(
        ending,
        queue,
        priority,
        ask,
        preferred,
        preferredFor,
        List.of(new TrailEntry(step, key)),
        answers,
        language);
  }

  Script keyedIn(Map<String, String> keyed) {
    return new Script(
        ending, queue, priority, ask, preferred, preferredFor, trail, keyed, language);
  }

  Input.ScriptFinished finished(CallId call) {
    return new Input.ScriptFinished(
        call,
        "menu",
        1,
        ending,
        "menu",
        List.of(),
        trail,
        answers,
        language,
        queue,
        priority,
        ask,
        preferred,
        preferredFor,
        ending.equals("transferred") ? "place" : "");
  }
}
