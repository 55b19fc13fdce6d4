package org.switchroom.cti.center;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.switchroom.acd.OfferId;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;

/// The offers that are out, by the legs that ring for them.
final class Offers {
  record Offered(OfferId offer, CallId call, AgentId agent) {}

  private final Map<LegId, Offered> byLeg = new HashMap<>();

  void put(LegId leg, Offered offered) {
    byLeg.put(leg, offered);
  }

  /// Null: nothing is offered on it.
  Offered get(LegId leg) {
    return byLeg.get(leg);
  }

  Offered remove(LegId leg) {
    return byLeg.remove(leg);
  }

  boolean has(LegId leg) {
    return byLeg.containsKey(leg);
  }

  List<LegId> legs() {
    return List.copyOf(byLeg.keySet());
  }

  /// A leg of an earlier run has another name than its offer.
  LegId legOf(OfferId offer) {
    for (var entry : byLeg.entrySet()) {
      if (entry.getValue().offer().equals(offer)) return entry.getKey();
    }
    return LegId.ofOffer(offer.value());
  }

  /// The leg that is offered to an agent; null: none.
  LegId legFor(AgentId agent) {
    for (var entry : byLeg.entrySet()) {
      if (entry.getValue().agent().equals(agent)) return entry.getKey();
    }
    return null;
  }

  /// Who is offered the call; null: nobody.
  AgentId agentFor(CallId call) {
    for (Offered offered : byLeg.values()) if (offered.call().equals(call)) return offered.agent();
    return null;
  }

  boolean offered(CallId call) {
    return agentFor(call) != null;
  }
}
