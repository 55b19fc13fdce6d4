package org.switchroom.cti.pbx.asterisk;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Who is in one bridge with whom. A leg that was answered waits in a bridge with other legs until
/// its caller takes it into theirs, and either may be the last to enter; so may an agent's phone
/// that somebody else has rung. It remembers only channels that live.
final class Bridges {
  /// What a channel is to us.
  enum Kind {
    CALLER,
    /// Of an agent, that we have rung.
    LEG,
    /// Of an agent's phone, that somebody else has rung, or that calls somebody.
    PHONE,
    /// The end of an agent's own call that the agent hears.
    BESIDE
  }

  private static final LinkedHashMap<String, Kind> NOBODY = new LinkedHashMap<>();

  /// Which bridge a channel is in.
  private final Map<String, String> entered = new HashMap<>();

  /// Who is in a bridge, in the order in which they have entered.
  private final Map<String, LinkedHashMap<String, Kind>> bridges = new HashMap<>();

  void enters(String channel, Kind kind, String bridge) {
    leaves(channel);
    entered.put(channel, bridge);
    bridges.computeIfAbsent(bridge, _ -> new LinkedHashMap<>()).put(channel, kind);
  }

  /// The channel of this kind in a bridge, of several the last that has entered.
  Optional<String> in(String bridge, Kind kind) {
    String last = null;
    for (var one : bridges.getOrDefault(bridge, NOBODY).entrySet()) {
      if (one.getValue() == kind) last = one.getKey();
    }
    return Optional.ofNullable(last);
  }

  /// Where a channel is; empty: in none.
  Optional<String> of(String channel) {
    return Optional.ofNullable(entered.get(channel));
  }

  /// It is over, or another takes its place.
  void leaves(String channel) {
    String bridge = entered.remove(channel);
    if (bridge == null) return;
    bridges.computeIfPresent(
        bridge,
        (_, left) -> {
          left.remove(channel);
          return left.isEmpty() ? null : left;
        });
  }

  void clear() {
    entered.clear();
    bridges.clear();
  }
}
