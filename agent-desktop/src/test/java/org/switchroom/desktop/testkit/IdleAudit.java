package org.switchroom.desktop.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.event.AgentEvent.AgentMoved;
import org.switchroom.cti.event.CenterEvent.PhoneChanged;
import org.switchroom.cti.event.ContactEvent.ContactOffered;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.history.TurnSource;

/// Whether each call came to the agent who had been free for longest, told from the events alone,
/// over any number of starts: the router's own memory is not asked.
///
/// It holds where every agent may take every call, at phones that are called as in [CenterFile].
final class IdleAudit {
  private static final int AT_ONCE = 1_000;

  private final Map<AgentId, Long> turns = new HashMap<>();
  private final Map<AgentId, AgentState> states = new HashMap<>();
  private final Set<AgentId> away = new HashSet<>();
  private final List<String> passedOver = new ArrayList<>();
  private long last;

  /// Who was free for longer than somebody who was chosen.
  static List<String> passedOver(TurnSource turns) throws IOException {
    var order = new IdleAudit();
    for (List<Turn> some = turns.poll(AT_ONCE); !some.isEmpty(); some = turns.poll(AT_ONCE)) {
      for (Turn turn : some) turn.events().forEach(event -> order.on(event, turn));
    }
    return order.passedOver;
  }

  private void on(Event event, Turn turn) {
    switch (event) {
      case AgentMoved(var agent, var state, _) -> moved(agent, state);
      case PhoneChanged(_, var phone, var state) when phone.matches("PJSIP/\\d+") -> {
        int number = Integer.parseInt(phone.substring("PJSIP/".length()));
        var agent = new AgentId("a" + (number - 1000));
        if (state.available()) away.remove(agent);
        else away.add(agent);
      }
      case ContactOffered offered -> offered(offered, turn);
      default -> {}
    }
  }

  /// Who was only asked keeps their place.
  private void moved(AgentId agent, AgentState state) {
    AgentState before = states.put(agent, state);
    boolean asked =
        before instanceof AgentState.Reserved
            || before instanceof AgentState.Ringing
            || before instanceof AgentState.Ready;
    if (state instanceof AgentState.Ready && !asked) turns.put(agent, ++last);
  }

  private void offered(ContactOffered offered, Turn turn) {
    AgentId chosen = offered.agent();
    for (var one : states.entrySet()) {
      AgentId other = one.getKey();
      boolean free = one.getValue() instanceof AgentState.Ready && !away.contains(other);
      if (free && !other.equals(chosen) && turns.get(other) < turns.getOrDefault(chosen, 0L)) {
        passedOver.add(
            "turn %d: %s came to %s, and %s was free for longer"
                .formatted(turn.number(), offered.contact(), chosen, other));
      }
    }
  }
}
