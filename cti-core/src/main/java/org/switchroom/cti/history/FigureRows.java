package org.switchroom.cti.history;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.switchroom.cti.figures.FiguresFold.Counted;

/// Figures as rows of [Table#QUEUE_INTERVAL].
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
    one.figures()
        .counted()
        .forEach(
            (figure, count) ->
                (figure.isGreatest() ? atLeast : added).put(Column.of(figure), count));
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
}
