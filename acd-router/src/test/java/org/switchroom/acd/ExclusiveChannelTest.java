package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchroom.acd.TestCenter.profile;
import static org.switchroom.acd.TestCenter.queue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.Capacity;
import org.switchroom.acd.plan.Channel;

/// Ann takes a call and three chats, and no chat during a call.
class ExclusiveChannelTest {
  private static TestCenter center() {
    var capacity =
        new Capacity(Map.of(Channel.VOICE, 1, Channel.CHAT, 3), 4)
            .withExclusive(Set.of(Channel.VOICE));
    return TestCenter.of(queue("calls"), queue("chats").withChannel(Channel.CHAT))
        .ready(profile("ann", "calls", "chats").withCapacity(capacity));
  }

  @Test
  void duringACallNoChatIsOffered() {
    TestCenter center = center();
    ContactId call = center.comes("calls");
    center.answers(call);
    ContactId chat = center.comes("chats");
    assertThat(center.router.waits(chat)).isTrue();
    center.ends(call);
    assertThat(center.agentOf(chat)).isEqualTo("ann");
  }

  @Test
  void whileItRingsNeither() {
    TestCenter center = center();
    center.comes("calls");
    assertThat(center.router.waits(center.comes("chats"))).isTrue();
  }

  @Test
  void duringAChatACallIs() {
    TestCenter center = center();
    center.answers(center.comes("chats"));
    ContactId second = center.comes("chats");
    ContactId call = center.comes("calls");
    assertThat(center.agentOf(second)).as("chats are not exclusive").isEqualTo("ann");
    assertThat(center.agentOf(call)).isEqualTo("ann");
    assertThat(center.router.waits(center.comes("chats"))).isTrue();
  }
}
