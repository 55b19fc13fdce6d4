package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchroom.acd.TestCenter.capacity;
import static org.switchroom.acd.TestCenter.profile;
import static org.switchroom.acd.TestCenter.queue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.Channel;

/// Whoever is to be asked first is waited for only while they may still come.
class PreferredAgentTest {
  /// Ann talks; ben is to be free.
  private static TestCenter annTalks() {
    var center = TestCenter.of(queue("q")).ready(profile("ann", "q"));
    center.answers(center.comes("q"));
    return center.ready(profile("ben", "q"));
  }

  @Test
  void oneWhoTalksIsWaitedFor() {
    TestCenter center = annTalks();
    center.phone("ann", false);
    ContactId contact = center.comes("q", 0, "ann");
    assertThat(center.agentOf(contact)).isEqualTo("nobody");
    center.after(59);
    assertThat(center.agentOf(contact)).isEqualTo("nobody");
    center.after(1);
    assertThat(center.agentOf(contact)).isEqualTo("ben");
  }

  @Test
  void oneWhosePhoneIsUnreachableIsNot() {
    var center = TestCenter.of(queue("q")).ready(profile("ann", "q")).phone("ann", false);
    center.ready(profile("ben", "q"));
    assertThat(center.agentOf(center.comes("q", 0, "ann"))).isEqualTo("ben");
  }

  @Test
  void norIsOneWhosePhoneIsUnreachableFromNowOn() {
    var center = TestCenter.of(queue("q"), queue("chat").withChannel(Channel.CHAT));
    center.ready(
        profile("ann", "q", "chat")
            .withCapacity(capacity(1, Map.of(Channel.VOICE, 1, Channel.CHAT, 1))));
    center.answers(center.comes("chat")).ready(profile("ben", "q"));
    ContactId contact = center.comes("q", 0, "ann");
    assertThat(center.after(6).agentOf(contact)).isEqualTo("nobody");
    assertThat(center.phone("ann", false).agentOf(contact)).isEqualTo("ben");
  }

  @Test
  void norIsOneWhoIsRemovedOrHasAskedToStop() {
    TestCenter center = annTalks();
    ContactId first = center.comes("q", 0, "ann");
    assertThat(center.after(6).removed("ann").agentOf(first)).isEqualTo("ben");
    center.answers(first).ends(first);
    assertThat(center.agentOf(center.comes("q", 0, "ann"))).isEqualTo("ben");

    center = annTalks();
    first = center.comes("q", 0, "ann");
    assertThat(center.after(Duration.ofSeconds(6)).onBreak("ann").agentOf(first)).isEqualTo("ben");
  }
}
