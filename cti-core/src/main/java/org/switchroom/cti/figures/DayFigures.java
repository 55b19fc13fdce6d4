package org.switchroom.cti.figures;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.figures.FiguresFold.Counted;

/// Each queue's figures of today, as it goes on. Today is the day of the last turn, in the center's
/// zone. One thread's.
public final class DayFigures {
  private final ZoneId zone;
  private LocalDate today;
  private Instant midnight;
  private final Map<QueueId, QueueFigures> figures;
  private final Set<QueueId> changed = new LinkedHashSet<>();

  /// @param now when it is
  /// @param soFar what today has had before now
  public DayFigures(ZoneId zone, Instant now, Map<QueueId, QueueFigures> soFar) {
    this.zone = zone;
    figures = new HashMap<>(soFar);
    begin(now);
  }

  /// When the day of a moment began.
  public static Instant midnight(Instant now, ZoneId zone) {
    return now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
  }

  private void begin(Instant now) {
    today = now.atZone(zone).toLocalDate();
    midnight = midnight(now, zone);
  }

  /// Adds what has happened. What was heard of late, and happened yesterday, is not today's.
  public void on(Turn turn) {
    timePassed(turn.wall());
    for (Counted one : FiguresFold.counted(turn)) {
      if (one.interval().isBefore(midnight)) continue;
      figures.merge(one.queue(), one.figures(), QueueFigures::plus);
      changed.add(one.queue());
    }
  }

  /// A new day begins with nothing.
  public void timePassed(Instant now) {
    if (!now.atZone(zone).toLocalDate().isAfter(today)) return;
    changed.addAll(figures.keySet());
    figures.clear();
    begin(now);
  }

  public QueueFigures of(QueueId queue) {
    return figures.getOrDefault(queue, QueueFigures.NONE);
  }

  /// The queues whose figures have changed since this was asked last.
  public Set<QueueId> changed() {
    var since = new LinkedHashSet<QueueId>(changed);
    changed.clear();
    return since;
  }
}
