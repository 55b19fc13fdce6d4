package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchroom.acd.TestCenter.by;
import static org.switchroom.acd.TestCenter.profile;
import static org.switchroom.acd.TestCenter.queue;

import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Strategy;

/// Who has sent a caller away does not get them back while there is somebody else.
class PassedOverTest {
  private static final String ASKS = "q";

  private static TestCenter center() {
    return TestCenter.of(queue(ASKS)).ready(profile("ann", ASKS));
  }

  @Test
  void anotherWhoIsFreeIsAsked() {
    TestCenter center = center().ready(profile("ben", ASKS));
    assertThat(center.agentOf(center.sentAway(ASKS, "ann"))).isEqualTo("ben");
  }

  @Test
  void anotherWhoIsBusyOrOnABreakIsWaitedFor() {
    TestCenter center = center().ready(profile("ben", ASKS)).onBreak("ben");
    ContactId contact = center.sentAway(ASKS, "ann");
    assertThat(center.after(60).agentOf(contact)).isEqualTo("nobody");
    assertThat(center.onBreak("ann").ready("ann").agentOf(contact)).isEqualTo("nobody");
    assertThat(center.ready("ben").agentOf(contact)).isEqualTo("ben");
  }

  @Test
  void othersWhoWaitBehindAreServed() {
    TestCenter center = center().ready(profile("ben", ASKS)).onBreak("ben");
    center.sentAway(ASKS, "ann");
    assertThat(center.agentOf(center.after(5).comes(ASKS))).isEqualTo("ann");
  }

  @Test
  void whereNobodyElseIsThereTheyAreAskedAgain() {
    TestCenter center = center();
    ContactId contact = center.sentAway(ASKS, "ann");
    assertThat(center.agentOf(contact)).isEqualTo("ann");
  }

  @Test
  void andWhenTheLastOtherLogsOut() {
    TestCenter center = center().ready(profile("ben", ASKS)).onBreak("ben");
    ContactId contact = center.sentAway(ASKS, "ann");
    center.tell(new AcdEvent.AgentLoggedOut(center.now, new AgentId("ben")));
    assertThat(center.agentOf(contact)).isEqualTo("ann");
  }

  @Test
  void severalWhoHaveSentThemAwayAreAskedWhenNobodyElseIsThere() {
    TestCenter center = center().ready(profile("ben", ASKS));
    assertThat(center.agentOf(center.sentAway(ASKS, "ann", "ben"))).isEqualTo("ann");
  }

  @Test
  void theirPhoneDoesNotRingWithTheOthers() {
    TestCenter center = TestCenter.of(by(Strategy.Kind.RING_ALL).apply(queue(ASKS)));
    center.ready(profile("ann", ASKS)).ready(profile("ben", ASKS)).ready(profile("cid", ASKS));
    ContactId contact = center.sentAway(ASKS, "ann");
    assertThat(center.ringing(contact)).containsExactly("ben", "cid");
    assertThat(center.onBreak("ann").ready("ann").ringing(contact)).containsExactly("ben", "cid");
  }
}
