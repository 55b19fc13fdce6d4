package org.switchroom.cti.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One change of one table. The database and [MemoryTables] make of it the same.
public sealed interface RowChange {
  Table table();

  /// A new row. One that is there already with this key is left as it is.
  ///
  /// @param row all of the table's columns
  record Insert(Table table, Map<Column, Object> row) implements RowChange {}

  /// Rows that are there are changed. What is told of late may end before it began by the second in
  /// which the PBX remembers it: [Column#ENDED] is never before [Column#BEGAN].
  ///
  /// @param where what a row has; the whole key, or the contact and the kind
  /// @param open only rows that have no [Column#ENDED] yet
  /// @param set what it has afterwards
  /// @param first what it has where it had nothing before; only in optional columns
  /// @param added to a whole number
  /// @param atLeast what a whole number is afterwards
  /// @param appended to a text, with [#SEPARATOR] between, unless it is longer than [#LONG_ENOUGH]
  record Update(
      Table table,
      Map<Column, Object> where,
      boolean open,
      Map<Column, Object> set,
      Map<Column, Object> first,
      Map<Column, Long> added,
      Map<Column, Long> atLeast,
      Map<Column, String> appended)
      implements RowChange {}

  String SEPARATOR = " › ";
  int LONG_ENOUGH = 2_000;

  /// A new row of a table.
  static NewRow insert(Table table) {
    return new NewRow(table);
  }

  /// A change of a table's rows.
  static Changed update(Table table) {
    return new Changed(table);
  }

  /// A row that is being put together; what it does not say is empty, 0, or nothing.
  final class NewRow {
    private final Table table;
    private final Map<Column, Object> row = new EnumMap<>(Column.class);

    private NewRow(Table table) {
      this.table = table;
    }

    NewRow with(Column column, Object value) {
      if (!table.columns().contains(column)) throw noSuchColumn(table, column);
      row.put(column, column.fit(value));
      return this;
    }

    /// The row, for what is not inserted at once.
    Insert change() {
      for (Column column : table.columns()) row.computeIfAbsent(column, Column::unsaid);
      return new Insert(table, row);
    }
  }

  /// A change that is being put together.
  final class Changed {
    private final Table table;
    private final Map<Column, Object> where = new LinkedHashMap<>(4);
    private Map<Column, Object> set = Map.of();
    private Map<Column, Object> first = Map.of();
    private Map<Column, Long> added = Map.of();
    private Map<Column, Long> atLeast = Map.of();
    private Map<Column, String> appended = Map.of();
    private boolean open;

    private Changed(Table table) {
      this.table = table;
    }

    Changed where(Column column, Object value) {
      where.put(ours(column), column.fit(value));
      return this;
    }

    Changed open() {
      ours(Column.ENDED);
      open = true;
      return this;
    }

    Changed set(Column column, Object value) {
      set = with(set, ours(column), column.fit(value));
      return this;
    }

    Changed first(Column column, Object value) {
      if (!column.optional()) {
        throw new IllegalArgumentException("%s always has a value.".formatted(column));
      }
      first = with(first, ours(column), column.fit(value));
      return this;
    }

    Changed add(Column column, long number) {
      added = with(added, ours(column), number);
      return this;
    }

    Changed atLeast(Column column, long number) {
      atLeast = with(atLeast, ours(column), number);
      return this;
    }

    Changed append(Column column, String text) {
      String whole = PlainText.counted(PlainText.of(text, LONG_ENOUGH));
      if (!whole.isEmpty()) appended = with(appended, ours(column), whole);
      return this;
    }

    private static <V> Map<Column, V> with(Map<Column, V> before, Column column, V value) {
      Map<Column, V> map = before.isEmpty() ? new LinkedHashMap<>(4) : before;
      map.put(column, value);
      return map;
    }

    private Column ours(Column column) {
      if (!table.columns().contains(column)) throw noSuchColumn(table, column);
      return column;
    }

    Update change() {
      return new Update(table, where, open, set, first, added, atLeast, appended);
    }
  }

  private static IllegalArgumentException noSuchColumn(Table table, Column column) {
    return new IllegalArgumentException("%s has no column %s.".formatted(table, column));
  }

  /// The values of a row's key.
  static List<Object> key(Table table, Map<Column, Object> row) {
    var key = new ArrayList<Object>(table.key().size());
    for (Column column : table.key()) key.add(row.get(column));
    return key;
  }
}
