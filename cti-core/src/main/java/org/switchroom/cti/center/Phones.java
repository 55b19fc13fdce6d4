package org.switchroom.cti.center;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.pbx.PbxId;
import org.switchroom.cti.pbx.PhoneState;

/// Which phone is whose now: the one at which an agent sits, or else their own.
public record Phones(State state, CenterPlan plan) {
  /// Empty: they have none, and are not rung.
  public String of(AgentId agent) {
    return seat(agent).orElseGet(() -> plan.phone(agent));
  }

  /// Whether it could ring.
  public PhoneState stateOf(AgentId agent, PbxId pbx) {
    return state.phoneState(pbx, of(agent));
  }

  /// Who is rung there.
  public List<AgentId> with(String phone) {
    return Stream.concat(state.sitsAt(phone).stream(), plan.withPhone(phone).stream())
        .distinct()
        .filter(agent -> of(agent).equals(phone))
        .toList();
  }

  /// Where a supervisor is rung. Empty: they have no phone, or may not take part in talks.
  Optional<String> ofSupervisor(AgentId supervisor) {
    return plan.supervisorsPhone(supervisor)
        .map(own -> seat(supervisor).orElse(own))
        .filter(phone -> !phone.isEmpty());
  }

  /// Where nobody may sit any more nobody sits.
  private Optional<String> seat(AgentId agent) {
    return state
        .agent(agent)
        .flatMap(AgentSession::sitsAt)
        .filter(phone -> state.sitsAt(phone).equals(Optional.of(agent)))
        .filter(phone -> plan.maySitAt(agent, phone));
  }
}
