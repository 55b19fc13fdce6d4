package org.switchroom.cti.history;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.switchroom.cti.figures.FiguresFold.Counted;
import org.switchroom.cti.figures.QueueFigures;

/// Figures as rows of [Table#QUEUE_INTERVAL], and back.
public final class FigureRows {
  private FigureRows() {}

  static void add(Counted one, List<RowChange> changes) {
    changes.add(
        RowChange.insert(Table.QUEUE_INTERVAL)
            .with(Column.QUEUE, one.queue().value())
            .with(Column.BEGAN, one.interval())
            .change());
    var row =
        RowChange.update(Table.QUEUE_INTERVAL)
            .where(Column.QUEUE, one.queue().value())
            .where(Column.BEGAN, one.interval());
    columns(one.figures())
        .forEach(
            (column, number) -> {
              if (number == 0) return;
              if (column == Column.LONGEST_WAIT) row.atLeast(column, number);
              else row.add(column, number);
            });
    changes.add(row.change());
  }

  private static Map<Column, Long> columns(QueueFigures f) {
    return Map.ofEntries(
        Map.entry(Column.ANSWERED, f.answered()),
        Map.entry(Column.ANSWERED_IN_TIME, f.answeredInTime()),
        Map.entry(Column.WAIT_OF_ANSWERED, f.waitOfAnswered().toMillis()),
        Map.entry(Column.ABANDONED, f.abandoned()),
        Map.entry(Column.ABANDONED_IN_TIME, f.abandonedInTime()),
        Map.entry(Column.WAIT_OF_ABANDONED, f.waitOfAbandoned().toMillis()),
        Map.entry(Column.OVERFLOWED, f.overflowed()),
        Map.entry(Column.OVERFLOWED_IN_TIME, f.overflowedInTime()),
        Map.entry(Column.CHOSE, f.chose()),
        Map.entry(Column.CHOSE_IN_TIME, f.choseInTime()),
        Map.entry(Column.FELL_BACK, f.fellBack()),
        Map.entry(Column.LOST, f.lost()),
        Map.entry(Column.LONGEST_WAIT, f.longestWait().toMillis()),
        Map.entry(Column.TALKS, f.talks()),
        Map.entry(Column.TALK, f.talk().toMillis()),
        Map.entry(Column.HOLD, f.hold().toMillis()),
        Map.entry(Column.WRAP_UPS, f.wrapUps()),
        Map.entry(Column.WRAP_UP, f.wrapUp().toMillis()),
        Map.entry(Column.SCORED, f.scored()),
        Map.entry(Column.SCORES, f.score()));
  }

  /// The figures of a row, or of a sum of rows.
  ///
  /// @param row all columns of the table but its key
  public static QueueFigures figures(Map<Column, Long> row) {
    return new QueueFigures(
        row.get(Column.ANSWERED),
        row.get(Column.ANSWERED_IN_TIME),
        millis(row, Column.WAIT_OF_ANSWERED),
        row.get(Column.ABANDONED),
        row.get(Column.ABANDONED_IN_TIME),
        millis(row, Column.WAIT_OF_ABANDONED),
        row.get(Column.OVERFLOWED),
        row.get(Column.OVERFLOWED_IN_TIME),
        row.get(Column.CHOSE),
        row.get(Column.CHOSE_IN_TIME),
        row.get(Column.FELL_BACK),
        row.get(Column.LOST),
        millis(row, Column.LONGEST_WAIT),
        row.get(Column.TALKS),
        millis(row, Column.TALK),
        millis(row, Column.HOLD),
        row.get(Column.WRAP_UPS),
        millis(row, Column.WRAP_UP),
        row.get(Column.SCORED),
        row.get(Column.SCORES));
  }

  private static Duration millis(Map<Column, Long> row, Column column) {
    return Duration.ofMillis(row.get(column));
  }
}
