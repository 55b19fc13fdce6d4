package org.switchroom.ivr;

import java.util.List;
import java.util.Map;

/// How a script ended. The trail is the caller's path: what they came by and what they pressed.
public sealed interface Outcome {
  List<TrailEntry> trail();

  /// What was collected from the caller, by variable.
  Map<String, String> answers();

  /// @param step where the caller was
  /// @param choice what they pressed or what was found; empty: nothing
  record TrailEntry(String step, String choice) {}

  record Queued(String queue, int priority, List<TrailEntry> trail, Map<String, String> answers)
      implements Outcome {}

  /// @param byCaller false: the script ended the call
  record HungUp(boolean byCaller, List<TrailEntry> trail, Map<String, String> answers)
      implements Outcome {}

  /// The script went round more often than any caller would; the caller goes to the default queue.
  record Runaway(List<TrailEntry> trail, Map<String, String> answers) implements Outcome {}
}
