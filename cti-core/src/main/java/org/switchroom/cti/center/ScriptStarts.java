package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.switchroom.cti.pbx.CallId;

/// Callers whom the PBX has sent to a script, until it begins. A line that has frozen on the way
/// brings nobody there, and tells nobody.
final class ScriptStarts {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Map<CallId, Instant> due = new LinkedHashMap<>();

  void expect(Instant at, CallId call) {
    due.putIfAbsent(call, at.plus(LONGEST));
  }

  /// It has begun, or is not waited for any more.
  void settled(CallId call) {
    due.remove(call);
  }

  Instant nextDeadline() {
    return due.isEmpty() ? null : due.values().iterator().next();
  }

  /// Whose script has not begun in time; each is named once.
  List<CallId> overdue(Instant now) {
    var overdue = new ArrayList<CallId>();
    for (var entry : due.entrySet()) {
      if (entry.getValue().isAfter(now)) break;
      overdue.add(entry.getKey());
    }
    overdue.forEach(due::remove);
    return overdue;
  }
}
