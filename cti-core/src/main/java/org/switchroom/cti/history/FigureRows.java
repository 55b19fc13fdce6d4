package org.switchroom.cti.history;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.switchroom.cti.figures.FiguresFold.Counted;
import org.switchroom.cti.figures.QueueFigures;

/// Figures as rows of [Table#QUEUE_INTERVAL], and back.
public final class FigureRows {
  private FigureRows() {}

  static void add(Counted one, List<RowChange> changes) {
    String queue = one.queue().value();
    changes.add(
        RowChange.insert(Table.QUEUE_INTERVAL)
            .with(Column.QUEUE, queue)
            .with(Column.BEGAN, one.interval())
            .change());
    var added = new EnumMap<Column, Long>(Column.class);
    var atLeast = new EnumMap<Column, Long>(Column.class);
    each(
        one.figures(),
        (column, number) -> (column == Column.LONGEST_WAIT ? atLeast : added).put(column, number));
    changes.add(update(List.of(queue, one.interval()), added, atLeast));
  }

  /// What is added to the row of an interval.
  ///
  /// @param key queue and beginning
  public static RowChange.Update update(
      List<Object> key, Map<Column, Long> added, Map<Column, Long> atLeast) {
    var row =
        RowChange.update(Table.QUEUE_INTERVAL)
            .where(Column.QUEUE, key.get(0))
            .where(Column.BEGAN, key.get(1));
    added.forEach(row::add);
    atLeast.forEach(row::atLeast);
    return row.change();
  }

  /// Gives the columns that have something.
  private static void each(QueueFigures f, ObjLongConsumer<Column> column) {
    give(column, Column.ANSWERED, f.answered());
    give(column, Column.ANSWERED_IN_TIME, f.answeredInTime());
    give(column, Column.WAIT_OF_ANSWERED, f.waitOfAnswered().toMillis());
    give(column, Column.ABANDONED, f.abandoned());
    give(column, Column.ABANDONED_IN_TIME, f.abandonedInTime());
    give(column, Column.WAIT_OF_ABANDONED, f.waitOfAbandoned().toMillis());
    give(column, Column.OVERFLOWED, f.overflowed());
    give(column, Column.OVERFLOWED_IN_TIME, f.overflowedInTime());
    give(column, Column.CHOSE, f.chose());
    give(column, Column.CHOSE_IN_TIME, f.choseInTime());
    give(column, Column.FELL_BACK, f.fellBack());
    give(column, Column.LOST, f.lost());
    give(column, Column.LONGEST_WAIT, f.longestWait().toMillis());
    give(column, Column.TALKS, f.talks());
    give(column, Column.TALK, f.talk().toMillis());
    give(column, Column.HOLD, f.hold().toMillis());
    give(column, Column.WRAP_UPS, f.wrapUps());
    give(column, Column.WRAP_UP, f.wrapUp().toMillis());
    give(column, Column.SCORED, f.scored());
    give(column, Column.SCORES, f.score());
  }

  private static void give(ObjLongConsumer<Column> to, Column column, long number) {
    if (number != 0) to.accept(column, number);
  }

  /// The figures of a row, or of a sum of rows.
  ///
  /// @param row all columns of the table but its key
  public static QueueFigures figures(Map<Column, Long> row) {
    return new QueueFigures(
        count(row, Column.ANSWERED),
        count(row, Column.ANSWERED_IN_TIME),
        millis(row, Column.WAIT_OF_ANSWERED),
        count(row, Column.ABANDONED),
        count(row, Column.ABANDONED_IN_TIME),
        millis(row, Column.WAIT_OF_ABANDONED),
        count(row, Column.OVERFLOWED),
        count(row, Column.OVERFLOWED_IN_TIME),
        count(row, Column.CHOSE),
        count(row, Column.CHOSE_IN_TIME),
        count(row, Column.FELL_BACK),
        count(row, Column.LOST),
        millis(row, Column.LONGEST_WAIT),
        count(row, Column.TALKS),
        millis(row, Column.TALK),
        millis(row, Column.HOLD),
        count(row, Column.WRAP_UPS),
        millis(row, Column.WRAP_UP),
        count(row, Column.SCORED),
        count(row, Column.SCORES));
  }

  private static long count(Map<Column, Long> row, Column column) {
    return requireNonNull(row.get(column));
  }

  private static Duration millis(Map<Column, Long> row, Column column) {
    return Duration.ofMillis(count(row, column));
  }
}
