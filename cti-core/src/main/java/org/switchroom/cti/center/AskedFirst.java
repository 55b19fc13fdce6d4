package org.switchroom.cti.center;

import java.time.Duration;
import org.switchroom.acd.AgentState;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Channel;
import org.switchroom.cti.agent.AgentSession;
import org.switchroom.cti.pbx.PbxId;

/// An agent whom a caller waits for before others are asked: a colleague whom they were given to,
/// or who had forgotten them on hold.
final class AskedFirst {
  /// How long for them alone. One who does not answer is waited for no longer.
  static final Duration ALONE = Duration.ofMinutes(1);

  private AskedFirst() {}

  /// Now, or when they are done with what they have; not who does something else then, or whose
  /// phone cannot ring.
  static boolean takesCalls(AgentId agent, Deciding d) {
    boolean calls =
        d.plan()
            .agent(agent)
            .filter(one -> one.profile().capacity().of(Channel.VOICE) > 0)
            .isPresent();
    return calls
        && !d.phones().stateOf(agent, PbxId.MAIN).away()
        && d.state()
            .agent(agent)
            .filter(one -> one.pending().isEmpty())
            .map(AgentSession::state)
            .filter(state -> !(state instanceof AgentState.LoggedOut))
            .filter(state -> !(state instanceof AgentState.NotReady))
            .isPresent();
  }
}
