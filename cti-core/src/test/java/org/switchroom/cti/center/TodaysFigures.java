package org.switchroom.cti.center;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.event.ContactEvent.ContactAnswered;
import org.switchroom.cti.event.ContactEvent.ContactLeft;
import org.switchroom.cti.event.ContactEvent.SurveyAnswered;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.StayEnd;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.figures.QueueFigures;
import org.switchroom.cti.screens.ScreenProjection.QueueFiguresOfToday;

/// Figures of one day that does not end, counted from what events say and nothing else.
final class TodaysFigures implements QueueFiguresOfToday {
  private final Map<QueueId, QueueFigures> figures = new HashMap<>();
  private final Set<QueueId> changed = new HashSet<>();

  @Override
  public void on(Turn turn) {
    for (Event event : turn.events()) {
      switch (event) {
        case ContactAnswered e -> {
          Duration target = e.inTime() ? e.waited() : Duration.ofSeconds(-1);
          put(e.queue(), of(e.queue()).plusAnswered(e.waited(), target));
        }
        case ContactLeft e when e.end() == StayEnd.ABANDONED ->
            put(e.queue(), of(e.queue()).plusAbandoned());
        case SurveyAnswered e ->
            e.queue().ifPresent(queue -> put(queue, of(queue).plusScore(e.score(), e.most())));
        default -> {}
      }
    }
  }

  private void put(QueueId queue, QueueFigures now) {
    figures.put(queue, now);
    changed.add(queue);
  }

  @Override
  public QueueFigures of(QueueId queue) {
    return figures.getOrDefault(queue, QueueFigures.NONE);
  }

  @Override
  public Set<QueueId> changed() {
    var since = Set.copyOf(changed);
    changed.clear();
    return since;
  }
}
