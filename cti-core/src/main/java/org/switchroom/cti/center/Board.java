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
  /// How much the pace follows each who is served.
  private static final double PACE_FOLLOWS = 0.1;

  private record Waiter(Instant since, String call) {}

  private static final class Row {
    QueueSettings settings;

    /// Not named any more; it goes with the last who waits in it.
    boolean closing;

    final TreeSet<Waiter> waiting =
        new TreeSet<>(Comparator.comparing(Waiter::since).thenComparing(Waiter::call));
    final Map<String, Waiter> byCall = new LinkedHashMap<>();
    QueueFigures figures = QueueFigures.NONE;
    Instant lastServed;

    /// Mean seconds between two who are served; 0: not known yet.
    double pace;

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

  /// The queue that does a task: this one, if it is there and takes tasks, or the first that does;
  /// null: there is none.
  QueueId forTask(QueueId queue) {
    Row row = rows.get(queue);
    if (row != null && row.settings.forTasks()) return queue;
    return rows.values().stream()
        .filter(one -> one.settings.forTasks())
        .map(one -> one.settings.id())
        .findFirst()
        .orElse(null);
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

  /// @param contact the call or the task
  void waits(QueueId queue, String contact, Instant since) {
    var waiter = new Waiter(since, contact);
    Row row = rows.get(queue);
    row.byCall.put(waiter.call(), waiter);
    row.waiting.add(waiter);
  }

  void waitOver(QueueId queue, String contact) {
    Row row = rows.get(queue);
    Waiter waiter = row.byCall.remove(contact);
    if (waiter != null) row.waiting.remove(waiter);
    if (row.closing && row.waiting.isEmpty()) rows.remove(queue);
  }

  void answered(QueueId queue, Duration wait) {
    Row row = rows.get(queue);
    if (row == null) return;
    row.figures = row.figures.plusAnswered(wait, row.settings.targetWithin());
  }

  /// Somebody left the queue for an agent: the pace by which the others come nearer.
  void served(QueueId queue, Instant at) {
    Row row = rows.get(queue);
    if (row == null) return;
    if (row.lastServed != null) {
      double seconds = Duration.between(row.lastServed, at).toMillis() / 1e3;
      row.pace = row.pace == 0 ? seconds : row.pace + (seconds - row.pace) * PACE_FOLLOWS;
    }
    row.lastServed = at;
  }

  void scored(QueueId queue, int score, int most) {
    Row row = rows.get(queue);
    if (row != null) row.figures = row.figures.plusScore(score, most);
  }

  /// Where a contact stands in the line, from 1; 0: not in it.
  int position(QueueId queue, String contact) {
    Row row = rows.get(queue);
    Waiter waiter = row == null ? null : row.byCall.get(contact);
    return waiter == null ? 0 : row.waiting.headSet(waiter).size() + 1;
  }

  /// The time until a place in the line is served, at the pace at which the line has moved lately;
  /// null: it has not moved yet.
  Duration expectedWait(QueueId queue, int position) {
    Row row = rows.get(queue);
    if (row == null || row.pace == 0) return null;
    return Duration.ofMillis((long) (row.pace * position * 1e3));
  }

  /// The first in the line, at most so many.
  List<String> first(QueueId queue, int most) {
    Row row = rows.get(queue);
    if (row == null) return List.of();
    return row.waiting.stream().limit(most).map(Waiter::call).toList();
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
        row.figures.satisfaction(),
        row.settings.targetPercent(),
        row.settings.targetWithin().toSeconds());
  }
}
