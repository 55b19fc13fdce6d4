package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchroom.acd.TestCenter.profile;
import static org.switchroom.acd.TestCenter.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchroom.acd.AcdEvent.Departure;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Overflow;
import org.switchroom.acd.plan.Overflow.Target;
import org.switchroom.acd.plan.Overflow.Trigger;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.acd.plan.ServiceLevelRule;
import org.switchroom.acd.plan.ServiceLevelRule.Treatment;

/// What the last hundred are made of: the figure `service-level` that steps go by.
class ServiceLevelTest {
  private static final int WITHIN = 20;

  private static Queue counting(Treatment abandoned, Treatment overflowed, Treatment chose) {
    Queue plain = queue("q");
    return plain.withObjectives(
        plain
            .objectives()
            .withTarget(80, Duration.ofSeconds(WITHIN))
            .withRule(new ServiceLevelRule(abandoned, overflowed, chose)));
  }

  private static Queue sendingOn(Queue queue, int seconds, Target target) {
    var waited = new Trigger.Waited(Duration.ofSeconds(seconds));
    return queue.withOverflow(List.of(new Overflow(waited, target)));
  }

  private static int level(TestCenter center) {
    return center.router.line(new QueueId("q")).serviceLevel();
  }

  /// Each twice: to another queue and out of the queues.
  @ParameterizedTest
  @CsvSource({
    "AGAINST, 20, 98", "AGAINST, 21, 98",
    "IGNORED, 20, 100", "IGNORED, 21, 98",
    "IN_FAVOUR, 20, 100", "IN_FAVOUR, 21, 98",
  })
  void whoIsSentOnCountsInTheQueueThatSentThem(Treatment overflowed, int waits, int percent) {
    Queue plain = counting(Treatment.IN_FAVOUR, overflowed, Treatment.IN_FAVOUR);
    var away = new Target.Away(Target.Kind.VOICEMAIL, "");
    var center =
        TestCenter.of(sendingOn(plain, waits, new Target.ToQueue(new QueueId("r"))), queue("r"));
    center.comes("q");
    center.after(waits);
    center.configured(sendingOn(plain, waits, away));
    center.comes("q");
    center.after(waits);
    assertThat(center.router.waitingCount()).as("sent on to the other queue").isEqualTo(1);
    assertThat(level(center)).isEqualTo(percent);
  }

  /// Found with an agent, and nobody has told that they waited; whom a colleague has given is
  /// counted nowhere.
  @ParameterizedTest
  @CsvSource({"20, 100", "21, 99", "-1, 100"})
  void whoIsFoundWithAnAgentCountsAsServedWhereTheyHaveWaited(int waited, int percent) {
    var center = TestCenter.of(counting(Treatment.AGAINST, Treatment.AGAINST, Treatment.AGAINST));
    center.ready(profile("ann", "q"));
    var since = Optional.of(center.now.minusSeconds(30 + waited)).filter(_ -> waited >= 0);
    center.tell(
        new AcdEvent.ContactAdopted(
            center.now,
            new ContactId("found"),
            new QueueId("q"),
            new AgentId("ann"),
            center.now.minusSeconds(30),
            since));
    assertThat(level(center)).isEqualTo(percent);
  }

  @ParameterizedTest
  @CsvSource({
    "ABANDONED, 20, 99", "ABANDONED, 21, 99",
    "CHOSE, 20, 100", "CHOSE, 21, 99",
    "SERVED, 20, 100", "SERVED, 21, 99",
    "UNCOUNTED, 20, 100", "UNCOUNTED, 21, 100",
  })
  void whoLeavesCountsAsTheyLeft(Departure how, int waits, int percent) {
    var center = TestCenter.of(counting(Treatment.AGAINST, Treatment.AGAINST, Treatment.IGNORED));
    ContactId caller = center.comes("q");
    center.after(waits);
    center.tell(new AcdEvent.ContactLeft(center.now, caller, how, center.now));
    assertThat(level(center)).isEqualTo(percent);
  }

  /// Served, given up, sent on: nobody had called.
  @Test
  void whatAgentsAskEachOtherDoesNotCount() {
    Queue plain = counting(Treatment.AGAINST, Treatment.AGAINST, Treatment.AGAINST);
    var center = TestCenter.of(plain, queue("r")).ready(profile("ann", "q"));
    ContactId asked = center.comes("q", ContactKind.CONSULTATION);
    center.answers(asked);
    center.after(WITHIN + 1);
    center.ends(asked);
    center.leaves(center.comes("q", ContactKind.CONSULTATION));
    center.configured(sendingOn(plain, 1, new Target.ToQueue(new QueueId("r"))));
    center.comes("q", ContactKind.CONSULTATION);
    center.after(1);
    assertThat(level(center)).isEqualTo(100);
  }

  /// Who is in no figure pushes nobody out of the last hundred.
  @Test
  void ofThoseWhoCountTheLastHundredDo() {
    var center =
        TestCenter.of(counting(Treatment.AGAINST, Treatment.AGAINST, Treatment.IGNORED))
            .ready(profile("ann", "q"));
    center.leaves(center.comes("q"));
    for (int i = 0; i < 99; i++) center.served("q");
    for (int i = 0; i < 50; i++) {
      center.tell(
          new AcdEvent.ContactLeft(center.now, center.comes("q"), Departure.CHOSE, center.now));
    }
    assertThat(level(center)).isEqualTo(99);
    center.served("q");
    assertThat(level(center)).isEqualTo(100);
  }

  /// It may be heard of long after: the time of the wait counts, not of the news.
  @Test
  void whoLeftUnseenCountsByWhenTheyLeft() {
    var center = TestCenter.of(counting(Treatment.IN_FAVOUR, Treatment.AGAINST, Treatment.AGAINST));
    ContactId caller = center.comes("q");
    var left = center.now.plusSeconds(5);
    center.after(300);
    center.tell(new AcdEvent.ContactLeft(center.now, caller, Departure.ABANDONED, left));
    assertThat(level(center)).isEqualTo(100);
  }
}
