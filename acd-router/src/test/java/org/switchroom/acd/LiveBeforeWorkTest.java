package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchroom.acd.TestCenter.capacity;
import static org.switchroom.acd.TestCenter.profile;
import static org.switchroom.acd.TestCenter.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Policy;
import org.switchroom.acd.plan.Urgency;

/// The night's messages and the morning's callers.
class LiveBeforeWorkTest {
  static Stream<Policy> policies() {
    return Stream.of(
        new Policy.LongestIdle(),
        new Policy.Weighted(1, 1, 1, 1),
        new Policy.GeneralizedCMu(),
        new Policy.QueueRatio());
  }

  private static TestCenter center(Policy policy, Urgency ofWork) {
    return TestCenter.of(queue("call"), queue("work").withChannel(Channel.TASK).withUrgency(ofWork))
        .policy(policy);
  }

  private static TestCenter ann(TestCenter center) {
    return center.ready(
        profile("ann", "call", "work")
            .withCapacity(capacity(1, Map.of(Channel.VOICE, 1, Channel.TASK, 1))));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void aCallerGoesBeforeAMessageOfEqualPriorityWhateverItsAge(Policy policy) {
    TestCenter center = center(policy, Urgency.PLAIN);
    ContactId message = center.comes("work");
    center.after(Duration.ofHours(8));
    ContactId caller = center.comes("call");
    ann(center);
    assertThat(center.agentOf(caller)).isEqualTo("ann");
    assertThat(center.agentOf(message)).isEqualTo("nobody");
    center.answers(caller).ends(caller);
    assertThat(center.agentOf(message)).isEqualTo("ann");
  }

  @ParameterizedTest
  @MethodSource("policies")
  void unlessTheConfigurationSaysOtherwise(Policy policy) {
    if (policy instanceof Policy.QueueRatio) return;
    for (Urgency urgency : List.of(new Urgency(1, 0, 1), new Urgency(0, 10, 1))) {
      TestCenter center = center(policy, urgency);
      ContactId message = center.comes("work");
      center.after(Duration.ofHours(8));
      center.comes("call");
      ann(center);
      assertThat(center.agentOf(message)).as("%s", urgency).isEqualTo("ann");
    }
  }
}
