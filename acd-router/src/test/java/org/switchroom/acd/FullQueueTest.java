package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchroom.acd.TestCenter.profile;
import static org.switchroom.acd.TestCenter.queue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.Channel;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Overflow.Target;
import org.switchroom.acd.plan.Overflow.Trigger;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.skill.SkillExpression;

/// A full queue sends away who would have to wait, and nobody else.
class FullQueueTest {
  private static TestCenter fullAt(int most) {
    var rule = new Overflow(new Trigger.Full(most), new Target.Away(Target.Kind.VOICEMAIL, ""));
    return TestCenter.of(queue("q").withAsk(SkillExpression.ANY).withOverflow(List.of(rule)));
  }

  private static ContactId asks(TestCenter center, String skill) {
    return center.comes("q", 0, null, SkillExpression.parse(skill));
  }

  @Test
  void whomAFreeAgentCanTakeAtOnceIsNotSentAway() {
    var center = fullAt(1).ready(profile("ann", "english"));
    ContactId first = asks(center, "mandarin");
    ContactId second = asks(center, "mandarin");
    assertThat(center.router.waitingIn(new QueueId("q"))).containsExactly(first);
    ContactId third = asks(center, "english");
    assertThat(center.agentOf(third)).isEqualTo("ann");
    assertThat(center.made())
        .filteredOn(Decision.Diverted.class::isInstance)
        .extracting(one -> ((Decision.Diverted) one).contact())
        .containsExactly(second);
  }

  @Test
  void noOverflowLeadsToAQueueOfAnotherChannel() {
    var rule = new Overflow(new Trigger.Full(0), new Target.ToQueue(new QueueId("chat")));
    var center =
        TestCenter.of(
            queue("q").withOverflow(List.of(rule)), queue("chat").withChannel(Channel.CHAT));
    ContactId caller = center.comes("q");
    assertThat(center.router.waitingIn(new QueueId("q"))).containsExactly(caller);
  }

  @Test
  void whereNobodyMayWaitAFreeAgentStillTakesWhoComes() {
    var center = fullAt(0).ready(profile("ann", "q"));
    assertThat(center.agentOf(center.comes("q"))).isEqualTo("ann");
    center.comes("q");
    assertThat(center.made()).last().isInstanceOf(Decision.Diverted.class);
  }
}
