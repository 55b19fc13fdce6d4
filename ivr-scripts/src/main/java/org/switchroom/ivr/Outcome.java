package org.switchroom.ivr;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.ivr.speech.Language;

/// How a script ended.
public sealed interface Outcome {
  /// Stands in a trail for what was keyed in and is secret.
  String MASKED = "•••";

  Walk walk();

  /// What the caller did on the way.
  ///
  /// @param script where it began
  /// @param version of that script
  /// @param trail what they came by and what they pressed, for people
  /// @param edges every step they left, and by which exit
  /// @param last the step in which it ended
  /// @param answers what was collected from the caller, by variable
  /// @param left whether they left a message or asked for a callback
  record Walk(
      String script,
      int version,
      List<TrailEntry> trail,
      List<Edge> edges,
      String last,
      Map<String, String> answers,
      Language language,
      boolean left) {}

  /// @param step where the caller was
  /// @param choice what they pressed or what was found; empty: nothing
  record TrailEntry(String step, String choice) {}

  record Edge(String script, String step, String exit) {}

  /// A step that comes next, with what is known there.
  record Place(Script script, String step, Map<String, Object> variables) {}

  /// Where a caller is led on, now or later.
  ///
  /// @param callers of the script, where it is one inside others: where each is led back to, the
  ///   innermost first
  record Resume(Place at, List<Place> callers, Language language) {
    public Resume in(Language other) {
      return new Resume(at, callers, other);
    }
  }

  /// @param ask skills beside the queue's; empty: none
  /// @param preferred the agent to be asked first; empty: nobody
  record Queued(
      Walk walk,
      String queue,
      int priority,
      Optional<String> ask,
      String preferred,
      Duration preferredFor)
      implements Outcome {}

  /// @param failed where the script goes on if nobody answers there
  record Transferred(Walk walk, String number, Duration ring, Resume failed) implements Outcome {}

  /// @param byCaller false: the script ended the call
  record HungUp(Walk walk, boolean byCaller) implements Outcome {}

  /// The script is over and nobody called it: the end of the call, or back to where the caller came
  /// from.
  record Returned(Walk walk) implements Outcome {}

  /// The script went round more often than any caller would; the caller goes to the default queue.
  record Runaway(Walk walk) implements Outcome {}
}
