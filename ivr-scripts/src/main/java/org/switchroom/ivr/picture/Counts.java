package org.switchroom.ivr.picture;

import java.util.Map;

/// How many callers took which way.
///
/// @param calls that began in the script
/// @param served of them, without an agent
/// @param edges by step and exit, `menu:1`
/// @param gaveUp by step: callers who hung up there
public record Counts(long calls, long served, Map<String, Long> edges, Map<String, Long> gaveUp) {
  /// Nothing is counted.
  public static final Counts NONE = new Counts(0, 0, Map.of(), Map.of());

  long edge(String step, String exit) {
    return edges.getOrDefault(step + ":" + exit, 0L);
  }

  /// The share of calls that needed no agent; -1: there were none.
  public double containment() {
    return calls == 0 ? -1 : (double) served / calls;
  }
}
