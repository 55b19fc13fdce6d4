package org.switchroom.acd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchroom.acd.TestCenter.by;
import static org.switchroom.acd.TestCenter.profile;
import static org.switchroom.acd.TestCenter.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.switchroom.acd.plan.Strategy;

/// Strategies that go by what agents have had: who was not there owes nothing and is owed nothing.
class LateAgentsTest {
  /// In how long a row one agent is taken at most.
  private static int longestRow(List<String> agents, String agent) {
    int longest = 0;
    int row = 0;
    for (String one : agents) {
      row = one.equals(agent) ? row + 1 : 0;
      longest = Math.max(longest, row);
    }
    return longest;
  }

  private static List<String> served(TestCenter center, int times) {
    var agents = new ArrayList<String>();
    for (int i = 0; i < times; i++) agents.add(center.served("q"));
    return agents;
  }

  @ParameterizedTest
  @EnumSource(names = {"PERCENT_ALLOCATION", "FEWEST_CONTACTS"})
  void whoIsBackFromABreakOwesNothingAndIsOwedNothing(Strategy.Kind kind) {
    var center = TestCenter.of(by(kind).apply(queue("q")));
    center.ready(profile("ann", "q")).ready(profile("ben", "q"));
    center.onBreak("ben");
    served(center, 40);
    center.ready("ben");
    List<String> after = served(center, 20);
    assertThat(longestRow(after, "ben")).isLessThanOrEqualTo(2);
    assertThat(Collections.frequency(after, "ben")).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource(names = {"PERCENT_ALLOCATION", "FEWEST_CONTACTS"})
  void whoLogsInLateOwesNothingAndIsOwedNothing(Strategy.Kind kind) {
    var center = TestCenter.of(by(kind).apply(queue("q")));
    center.ready(profile("ann", "q")).ready(profile("ben", "q"));
    center.onBreak("ben");
    served(center, 40);
    center.ready("ben");
    center.served("q");
    center.ready(profile("cat", "q"));
    List<String> after = served(center, 30);
    for (String agent : List.of("ann", "ben", "cat")) {
      assertThat(longestRow(after, agent)).as(agent).isLessThanOrEqualTo(2);
      assertThat(Collections.frequency(after, agent)).as(agent).isBetween(9, 11);
    }
  }

  @Test
  void whoWasAloneInTheEveningOwesNothingInTheMorning() {
    var center = TestCenter.of(by(Strategy.Kind.PERCENT_ALLOCATION).apply(queue("q")));
    center.ready(profile("ann", "q")).ready(profile("ben", "q"));
    served(center, 10);
    center.tell(new AcdEvent.AgentLoggedOut(center.now, profile("ben").id()));
    served(center, 30);
    center.tell(new AcdEvent.AgentLoggedOut(center.now, profile("ann").id()));
    center.after(Duration.ofHours(12));
    center.ready(profile("ben", "q")).ready(profile("ann", "q"));
    assertThat(longestRow(served(center, 20), "ben")).isLessThanOrEqualTo(2);
  }

  /// A short break does not undo what a share is worth.
  @Test
  void breaksDoNotChangeShares() {
    var strategy =
        new Strategy(
            Strategy.Kind.PERCENT_ALLOCATION,
            List.of(),
            Map.of(profile("ann").id(), 90, profile("ben").id(), 10));
    var center = TestCenter.of(queue("q").withStrategy(strategy));
    center.ready(profile("ann", "q")).ready(profile("ben", "q"));
    var agents = new ArrayList<String>();
    for (int i = 0; i < 100; i++) {
      agents.add(center.served("q"));
      center.onBreak("ben").after(1).ready("ben");
    }
    assertThat(Collections.frequency(agents, "ben")).isBetween(9, 11);
  }
}
