package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchroom.acd.TestCenter.by;
import static org.switchroom.acd.TestCenter.profile;
import static org.switchroom.acd.TestCenter.queue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.Queue;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.skill.SkillExpression;

/// All phones of a queue ring for one caller.
class RingAllTest {
  private static final Queue ALL = by(Strategy.Kind.RING_ALL).apply(queue("q"));

  private static TestCenter three(Queue queue) {
    return TestCenter.of(queue, queue("vip"))
        .ready(profile("ann", "q"))
        .ready(profile("ben", "q"))
        .ready(profile("cat", "q"));
  }

  @Test
  void aReserveStaysAsFullAsItIsToBe() {
    TestCenter center = three(ALL).reserve("q", 2, "vip");
    assertThat(center.ringing(center.comes("q"))).containsExactly("ann");
  }

  @Test
  void whoBecomesReadyMeanwhileIsRungUntilTheOthersStop() {
    TestCenter center = three(ALL).onBreak("cat").onBreak("ben");
    ContactId contact = center.comes("q");
    center.after(5).ready("ben");
    assertThat(center.ringing(contact)).containsExactly("ann", "ben");
    center.after(5).phone("cat", false).ready("cat");
    assertThat(center.ringing(contact)).containsExactly("ann", "ben");
    center.phone("cat", true);
    assertThat(center.ringing(contact)).containsExactly("ann", "ben", "cat");
    center.answers(contact, "cat");
    assertThat(center.ringing(contact)).containsExactly("cat");
    assertThat(center.state("ann")).isInstanceOf(AgentState.Ready.class);
  }

  @Test
  void whoWaitsUnrungGoesFirst() {
    TestCenter center = three(ALL);
    ContactId first = center.comes("q");
    ContactId second = center.comes("q");
    center.ready(profile("dan", "q"));
    assertThat(center.ringing(first)).containsExactly("ann", "ben", "cat");
    assertThat(center.ringing(second)).containsExactly("dan");
  }

  @Test
  void nobodyIsNotReadyBecauseNobodyAnswered() {
    TestCenter center = three(ALL).onBreak("cat");
    ContactId contact = center.comes("q");
    center.after(15).ready("cat").after(5);
    for (String agent : List.of("ann", "ben", "cat")) {
      assertThat(center.state(agent)).as(agent).isInstanceOf(AgentState.Reserved.class);
    }
    assertThat(center.ringing(contact)).as("again").containsExactly("ann", "ben", "cat");
    center.after(19).rejects(contact, "ben", AgentState.Reasons.NO_ANSWER);
    assertThat(center.ringing(contact)).as("and again").containsExactly("ann", "ben", "cat");
    center.rejects(contact, "ben", AgentState.Reasons.DECLINED);
    assertThat(center.state("ben")).isInstanceOf(AgentState.NotReady.class);
    assertThat(center.ringing(contact)).containsExactly("ann", "cat");
  }

  @Test
  void groupsAreRungInTheirOrderAndEachTimeNobodyAnswersOneMore() {
    List<SkillExpression> tries =
        List.of(SkillExpression.parse("first"), SkillExpression.parse("second"));
    var center =
        TestCenter.of(
                queue("q").withStrategy(new Strategy(Strategy.Kind.RING_ALL, tries, Map.of())))
            .ready(profile("cat", "q"))
            .ready(profile("ben", "q", "second"))
            .ready(profile("ann", "q", "first"));
    ContactId contact = center.comes("q");
    assertThat(center.ringing(contact)).containsExactly("ann");
    assertThat(center.after(20).ringing(contact)).containsExactly("ann", "ben");
    assertThat(center.after(20).ringing(contact)).containsExactly("ann", "ben", "cat");
    assertThat(center.after(20).ringing(contact)).containsExactly("ann", "ben", "cat");
    center.answers(contact, "ben").onBreak("ann");
    assertThat(center.ringing(center.comes("q"))).as("who is left").containsExactly("cat");
  }

  @Test
  void twentyFivePhonesRingAtMost() {
    var center = TestCenter.of(ALL);
    IntStream.range(0, 27).forEach(i -> center.ready(profile("a%02d".formatted(i), "q")));
    ContactId contact = center.comes("q");
    assertThat(center.ringing(contact)).hasSize(25).doesNotContain("a25");
    center.rejects(contact, "a00", AgentState.Reasons.DECLINED);
    assertThat(center.ringing(contact)).hasSize(25).contains("a25").doesNotContain("a26");
    assertThat(center.router.stateOf(new AgentId("a26"))).isInstanceOf(AgentState.Ready.class);
  }
}
