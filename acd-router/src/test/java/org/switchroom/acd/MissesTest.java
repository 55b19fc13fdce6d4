package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.switchroom.acd.TestCenter.by;
import static org.switchroom.acd.TestCenter.profile;
import static org.switchroom.acd.TestCenter.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchroom.acd.plan.Strategy;
import org.switchroom.acd.skill.SkillExpression;

/// How many rings in a row somebody may miss before they are not ready.
class MissesTest {
  private static final String ASKS = "q";

  private static TestCenter center(int misses) {
    return TestCenter.of(queue(ASKS).withMisses(misses)).ready(profile("ann", ASKS));
  }

  private static String reason(TestCenter center, String agent) {
    return center.state(agent) instanceof AgentState.NotReady(_, var reason) ? reason : "none";
  }

  @Test
  void theFirstWhereNothingElseIsSaid() {
    TestCenter center = center(1);
    center.comes(ASKS);
    assertThat(reason(center.after(20), "ann")).isEqualTo(AgentState.Reasons.NO_ANSWER);
  }

  @Test
  void theLastOfThem() {
    TestCenter center = center(3);
    ContactId contact = center.comes(ASKS);
    center.after(20).rejects(contact, "ann", AgentState.Reasons.NO_ANSWER);
    assertThat(reason(center.after(19), "ann")).isEqualTo("none");
    assertThat(reason(center.after(1), "ann")).isEqualTo(AgentState.Reasons.NO_ANSWER);
  }

  @Test
  void anotherWhoIsFreeIsRungFirstWhateverTheStrategy() {
    var queue = by(Strategy.Kind.LINEAR).apply(queue(ASKS).withMisses(3));
    var center = TestCenter.of(queue).ready(profile("ann", ASKS)).ready(profile("ben", ASKS));
    ContactId contact = center.comes(ASKS);
    var told = new ArrayList<String>();
    center.router.explain(
        new Explainer() {
          @Override
          public boolean wants(OfferId offer, ContactId id) {
            return true;
          }

          @Override
          public void explained(Explanation why) {
            told.add(why.toText());
          }
        });
    assertThat(center.agentOf(contact)).isEqualTo("ann");
    assertThat(center.after(20).agentOf(contact)).isEqualTo("ben");
    assertThat(told.getLast()).contains("has missed it just now");
    assertThat(center.agentOf(center.comes(ASKS))).as("they are ready").isEqualTo("ann");
  }

  @Test
  void whenAllHaveMissedItItBeginsAgainFromTheTop() {
    var queue = by(Strategy.Kind.LINEAR).apply(queue(ASKS).withMisses(9));
    var center = TestCenter.of(queue);
    for (String agent : List.of("ann", "ben", "cid")) center.ready(profile(agent, ASKS));
    ContactId contact = center.comes(ASKS);
    var rung = new ArrayList<String>();
    for (int i = 0; i < 7; i++) {
      rung.add(center.agentOf(contact));
      center.after(20);
    }
    assertThat(rung).containsExactly("ann", "ben", "cid", "ann", "ben", "cid", "ann");
  }

  @Test
  void andSoDoGroupsThatAreTriedInTurn() {
    var tries = List.of(SkillExpression.parse("expert"));
    var strategy = new Strategy(Strategy.Kind.LONGEST_IDLE, tries, Map.of());
    var center = TestCenter.of(queue(ASKS).withMisses(9).withStrategy(strategy));
    center.ready(profile("ann", ASKS, "expert")).ready(profile("ben", ASKS));
    ContactId contact = center.comes(ASKS);
    assertThat(center.agentOf(contact)).isEqualTo("ann");
    assertThat(center.after(20).agentOf(contact)).isEqualTo("ben");
    assertThat(center.after(20).agentOf(contact)).isEqualTo("ann");
  }

  @Test
  void anAnswerAndSayingReadyBeginAnew() {
    TestCenter center = center(2);
    ContactId contact = center.comes(ASKS);
    center.after(20).answers(contact).ends(contact);
    contact = center.comes(ASKS);
    assertThat(reason(center.after(20), "ann")).isEqualTo("none");
    center.leaves(contact).ready("ann");
    contact = center.comes(ASKS);
    assertThat(reason(center.after(20), "ann")).isEqualTo("none");
    assertThat(reason(center.after(20), "ann")).isEqualTo(AgentState.Reasons.NO_ANSWER);
    center.ready("ann");
    assertThat(reason(center.after(20), "ann")).isEqualTo("none");
  }

  @Test
  void whoSaysNoIsNotReadyAtOnce() {
    TestCenter center = center(3);
    ContactId contact = center.comes(ASKS);
    center.rejects(contact, "ann", AgentState.Reasons.DECLINED);
    assertThat(reason(center, "ann")).isEqualTo(AgentState.Reasons.DECLINED);
  }

  @Test
  void whoHasAskedToStopMeanwhileStops() {
    TestCenter center = center(3);
    center.comes(ASKS);
    assertThat(reason(center.onBreak("ann").after(20), "ann")).isEqualTo("break");
  }

  @Test
  void beyondAHundredIsAMistake() {
    assertThatThrownBy(() -> queue(ASKS).withMisses(101)).hasMessageContaining("from 1 to 100");
  }
}
