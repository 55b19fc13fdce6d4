package org.switchroom.cti.center;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.pbx.CallId;

/// What is due when, besides what the router has timed.
final class Deadlines {
  /// What is timed.
  sealed interface Deadline {
    /// A script must have begun.
    record ScriptStarts(CallId call) implements Deadline {}

    /// A screen must be back.
    record DeskReturns(AgentId agent) implements Deadline {}

    /// A caller whom the PBX has lost must have called again.
    record CallerReturns(ContactId contact) implements Deadline {}

    /// A caller is on hold for long.
    record HeldCaller(CallId call) implements Deadline {}

    /// A parked caller is picked up by nobody.
    record ParkedCaller(ContactId contact) implements Deadline {}

    /// A recording goes on that has paused by itself.
    record RecordingResumes(CallId call) implements Deadline {}

    /// A waiting caller hears something.
    record Announcement(ContactId contact) implements Deadline {}
  }

  record Due(Instant at, Deadline timer) {}

  private final TreeSet<Due> due =
      new TreeSet<>(Comparator.comparing(Due::at).thenComparing(one -> one.timer().toString()));
  private final Map<Deadline, Due> byTimer = new HashMap<>();

  void set(Deadline timer, Optional<Instant> at) {
    Due before = byTimer.get(timer);
    if (before != null && at.isPresent() && before.at().equals(at.get())) return;
    if (before != null) {
      byTimer.remove(timer);
      due.remove(before);
    }
    if (at.isEmpty()) return;
    var now = new Due(at.get(), timer);
    byTimer.put(timer, now);
    due.add(now);
  }

  /// @param without those of which nothing is to come
  Optional<Due> first(Set<Deadline> without) {
    return due.stream().filter(one -> !without.contains(one.timer())).findFirst();
  }
}
