package org.switchroom.cti.ivr;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where versions of scripts are kept, and what callers did in them. Every call does I/O.
public interface ScriptStore {
  /// @param by a user, or `file`
  record Version(String name, int version, String yaml, Instant taken, String by) {}

  /// @param calls that were in the script
  /// @param served of them, without an agent
  /// @param edges by step and exit, `menu:1`
  /// @param gaveUp callers who hung up, by step
  record Walked(long calls, long served, Map<String, Long> edges, Map<String, Long> gaveUp) {}

  /// The latest first.
  List<Version> versions(String name);

  Optional<Version> version(String name, int version);

  /// Returns its number when it is durable.
  int add(String name, String yaml, Instant at, String by);

  Walked walked(String script, Instant since);
}
