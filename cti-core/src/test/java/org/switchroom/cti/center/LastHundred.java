package org.switchroom.cti.center;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.QueueMemory;
import org.switchroom.acd.RouterMemory;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.figures.FiguresFold;

/// Whom the router has among the last hundred of a queue, and whether in time, beside what the
/// figures count of the same turns by the queue's rule.
final class LastHundred {
  private LastHundred() {}

  /// @param turns that led from the one to the other
  static void check(RouterMemory before, RouterMemory after, List<Turn> turns, TestPlan plan) {
    var expected = new HashMap<QueueId, Long>();
    before.queues().forEach(queue -> expected.put(queue.queue(), queue.inTarget()));
    if (turns.stream().anyMatch(turn -> isStrange(turn, plan))) return;
    for (Turn turn : turns) {
      for (FiguresFold.Counted one : FiguresFold.counted(turn)) {
        QueueSettings queue = plan.queues().get(one.queue().value());
        if (queue == null) continue;
        Optional<Double> level = one.figures().serviceLevel(queue.serviceLevelRule());
        if (level.isEmpty()) continue;
        int served = level.get() == 1 ? 1 : 0;
        expected.computeIfPresent(one.queue(), (_, last) -> last << 1 | served);
      }
    }
    for (QueueMemory queue : after.queues()) {
      // Of one that was removed, and is back, the router has two.
      boolean same = before.queues().stream().anyMatch(one -> one.number() == queue.number());
      boolean twice =
          before.removedQueues().stream().anyMatch(one -> one.queue().equals(queue.queue()));
      if (!same || twice) continue;
      assertThat(Long.toBinaryString(queue.inTarget()))
          .as("the last of %s after %s", queue.queue(), turns.stream().map(Turn::events).toList())
          .isEqualTo(Long.toBinaryString(expected.get(queue.queue())));
    }
  }

  /// Where the two may differ: a decision to send on whom the server sets aside is not done; and
  /// whom the router does not know, with an agent whom it does not know, it does not count.
  private static boolean isStrange(Turn turn, TestPlan plan) {
    return turn.events().stream()
        .anyMatch(
            event ->
                switch (event) {
                  case ContactLeft left -> left.end() == StayEnd.SET_ASIDE;
                  case ContactAnswered answered ->
                      !plan.agents().containsKey(answered.agent().value());
                  default -> false;
                });
  }
}
