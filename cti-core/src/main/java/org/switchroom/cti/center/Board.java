package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.figures.QueueFigures;

/// Who waits where, and the figures of the day.
final class Board {
  private record Waiter(Instant since, String call) {}

  private static final class Row {
    QueueSettings settings;

    /// Not named any more; it goes with the last who waits in it.
    boolean closing;

    final TreeSet<Waiter> waiting =
        new TreeSet<>(Comparator.comparing(Waiter::since).thenComparing(Waiter::call));
    final Map<String, Waiter> byCall = new LinkedHashMap<>();
    QueueFigures figures = QueueFigures.NONE;

    Row(QueueSettings settings) {
      this.settings = settings;
    }
  }

  private final Map<QueueId, Row> rows = new LinkedHashMap<>();
  private final ZoneId zone;
  private LocalDate day;

  Board(List<QueueSettings> queues, ZoneId zone, Map<QueueId, QueueFigures> today) {
    this.zone = zone;
    for (QueueSettings queue : queues) {
      var row = new Row(queue);
      row.figures = today.getOrDefault(queue.id(), QueueFigures.NONE);
      rows.put(queue.id(), row);
    }
  }

  /// The figures of a queue that is not named any more are forgotten with the last who waits in it.
  void configure(List<QueueSettings> queues) {
    var named = new HashSet<QueueId>();
    for (QueueSettings queue : queues) {
      named.add(queue.id());
      Row row = rows.computeIfAbsent(queue.id(), _ -> new Row(queue));
      row.settings = queue;
      row.closing = false;
    }
    rows.forEach((queue, row) -> row.closing = !named.contains(queue));
    rows.values().removeIf(row -> row.closing && row.waiting.isEmpty());
  }

  boolean knows(QueueId queue) {
    return rows.containsKey(queue);
  }

  boolean knows(String queue) {
    return !queue.isEmpty() && rows.containsKey(new QueueId(queue));
  }

  QueueSettings settings(QueueId queue) {
    return rows.get(queue).settings;
  }

  void waits(QueueId queue, Call call, Instant since) {
    var waiter = new Waiter(since, call.id.value());
    Row row = rows.get(queue);
    row.byCall.put(waiter.call(), waiter);
    row.waiting.add(waiter);
  }

  void waitOver(QueueId queue, Call call) {
    Row row = rows.get(queue);
    Waiter waiter = row.byCall.remove(call.id.value());
    if (waiter != null) row.waiting.remove(waiter);
    if (row.closing && row.waiting.isEmpty()) rows.remove(queue);
  }

  void answered(QueueId queue, Duration wait) {
    Row row = rows.get(queue);
    if (row == null) return;
    row.figures = row.figures.plusAnswered(wait, row.settings.targetWithin());
  }

  void abandoned(QueueId queue) {
    Row row = rows.get(queue);
    if (row == null) return;
    row.figures = row.figures.plusAbandoned();
  }

  /// Begins the figures anew at midnight; returns whether it did.
  boolean beginDay(Instant now) {
    LocalDate today = now.atZone(zone).toLocalDate();
    boolean first = day == null;
    if (!first && !today.isAfter(day)) return false;
    day = today;
    if (first) return false;
    rows.values().forEach(row -> row.figures = QueueFigures.NONE);
    return true;
  }

  QueueView view(QueueId queue) {
    Row row = rows.get(queue);
    Duration asa = row.figures.averageSpeedOfAnswer();
    return new QueueView(
        queue,
        row.settings.title(),
        row.waiting.size(),
        row.waiting.isEmpty() ? null : row.waiting.first().since(),
        row.figures.answered(),
        row.figures.abandoned(),
        row.figures.serviceLevel(),
        asa == null ? null : asa.toMillis(),
        row.settings.targetPercent(),
        row.settings.targetWithin().toSeconds());
  }
}
