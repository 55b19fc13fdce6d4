package org.switchroom.cti.pbx.asterisk;

import java.util.HashMap;
import java.util.Map;

/// Which callers and which legs are in one bridge. A leg that was answered waits in a bridge with
/// other legs until its caller takes it into theirs, and either may be the last to enter. It
/// remembers only channels that live.
final class Bridges {
  private final Map<String, String> entered = new HashMap<>();
  private final Map<String, String> legs = new HashMap<>();
  private final Map<String, String> callers = new HashMap<>();

  /// @return the caller in this bridge; null: none
  String legEnters(String leg, String bridge) {
    leaves(leg);
    entered.put(leg, bridge);
    legs.put(bridge, leg);
    return callers.get(bridge);
  }

  /// @return the leg in this bridge; null: none
  String callerEnters(String caller, String bridge) {
    leaves(caller);
    entered.put(caller, bridge);
    callers.put(bridge, caller);
    return legs.get(bridge);
  }

  /// It is over, or goes elsewhere.
  void leaves(String channel) {
    String bridge = entered.remove(channel);
    if (bridge == null) return;
    legs.remove(bridge, channel);
    callers.remove(bridge, channel);
  }

  void clear() {
    entered.clear();
    legs.clear();
    callers.clear();
  }
}
