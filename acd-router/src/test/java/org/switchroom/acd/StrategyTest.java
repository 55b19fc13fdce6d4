package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchroom.acd.TestCenter.by;
import static org.switchroom.acd.TestCenter.capacity;
import static org.switchroom.acd.TestCenter.profile;
import static org.switchroom.acd.TestCenter.queue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.plan.WrapUp;

/// Which of the free agents a queue's strategy takes, where that is easily taken wrongly.
class StrategyTest {
  private static final Queue CHAT = queue("q").withChannel(Channel.CHAT);

  private static AgentProfile chats(String agent) {
    return profile(agent, "q").withCapacity(capacity(3, Map.of(Channel.CHAT, 3)));
  }

  @Test
  void whoEndsAContactHasHadOneMoreWhileTheyStillWrapUp() {
    Queue queue =
        by(Strategy.Kind.FEWEST_CONTACTS)
            .apply(CHAT)
            .withWrapUp(new WrapUp(WrapUp.Mode.OPTIONAL, Duration.ofMinutes(1)));
    var center = TestCenter.of(queue).ready(chats("ann")).ready(chats("ben"));
    ContactId anns = center.comes("q");
    ContactId bens = center.comes("q");
    center.answers(anns).answers(bens).after(60).ends(anns);
    assertThat(center.agentOf(center.comes("q"))).isEqualTo("ben");
  }

  @Test
  void leastOccupiedGoesByTheTimeForWhichAgentsWereBusyAndStillAre() {
    var center =
        TestCenter.of(by(Strategy.Kind.LEAST_OCCUPIED).apply(CHAT))
            .ready(chats("ann"))
            .ready(chats("ben"));
    ContactId first = center.comes("q");
    assertThat(center.agentOf(first)).isEqualTo("ann");
    center.answers(first).after(Duration.ofMinutes(50));
    ContactId second = center.comes("q");
    assertThat(center.agentOf(second)).isEqualTo("ben");
    center.answers(second).after(Duration.ofMinutes(1));
    assertThat(center.agentOf(center.comes("q")))
        .as("of 51 minutes ann was busy for 51, ben for one")
        .isEqualTo("ben");
  }
}
