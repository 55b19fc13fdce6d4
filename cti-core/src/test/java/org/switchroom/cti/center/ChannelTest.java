package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.switchroom.acd.plan.Channel;
import org.switchroom.cti.pbx.CallId;

/// Calls wait in queues for calls, and nowhere else.
class ChannelTest {
  private static final TestPlan PLAN = TestPlan.of("sales", "other").agents("ann");

  private static TestPlan other(TestPlan plan, Channel channel) {
    return plan.routes("other", queue -> queue.withChannel(channel));
  }

  @ParameterizedTest
  @EnumSource(names = "VOICE", mode = EnumSource.Mode.EXCLUDE)
  void aCallForAQueueOfAnotherChannelWaitsInTheDefaultQueue(Channel channel) {
    var floor = other(PLAN, channel).open();
    CallId call = floor.caller("other");
    assertThat(floor.queue("other").waiting()).isZero();
    assertThat(floor.queue("sales").waiting()).isOne();
    floor.ready("ann");
    assertThat(floor.lastRing().call()).isEqualTo(call);
  }

  @Test
  void aQueueThatIsForCallsNoMoreLetsItsCallersGoToTheDefaultQueue() {
    var floor = PLAN.open();
    CallId call = floor.caller("other");
    floor.after(30).reload(plan -> other(plan, Channel.CHAT));
    assertThat(floor.queue("other").waiting()).isZero();
    assertThat(floor.queue("sales").waiting()).isOne();
    floor.restarts().ready("ann");
    assertThat(floor.lastRing().call()).isEqualTo(call);
    floor.answers("ann");
    floor.reload(_ -> PLAN);
    assertThat(floor.state("ann")).isEqualTo("talking");
  }
}
