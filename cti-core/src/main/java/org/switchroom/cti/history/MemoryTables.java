package org.switchroom.cti.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.switchroom.cti.history.Column.Missing;
import org.switchroom.cti.history.RowChange.Insert;
import org.switchroom.cti.history.RowChange.Update;

/// The history's tables in memory: the same as the database's, for as many turns as are put in.
/// What changes a row that is not there changes nothing. One thread's.
public final class MemoryTables {
  private final Map<Table, Map<List<Object>, Map<Column, Object>>> tables =
      new EnumMap<>(Table.class);

  /// The keys of each contact's segments.
  private final Map<Object, List<List<Object>>> segments = new HashMap<>();

  private final Predicate<RowChange> wanted;
  private long rows;

  public MemoryTables() {
    this(_ -> true);
  }

  /// @param wanted changes; others are left out
  MemoryTables(Predicate<RowChange> wanted) {
    this.wanted = wanted;
    for (Table table : Table.values()) tables.put(table, new LinkedHashMap<>());
  }

  public void apply(List<RowChange> changes) {
    for (RowChange change : changes) {
      if (!wanted.test(change)) continue;
      switch (change) {
        case Insert insert -> insert(insert);
        case Update update -> update(update);
      }
    }
  }

  private void insert(Insert insert) {
    List<Object> key = RowChange.key(insert.table(), insert.row());
    var row = new EnumMap<Column, Object>(insert.row());
    if (table(insert.table()).putIfAbsent(key, row) != null) return;
    rows++;
    if (insert.table() == Table.SEGMENT) {
      segments.computeIfAbsent(key.getFirst(), _ -> new ArrayList<>(8)).add(key);
    }
  }

  private void update(Update update) {
    var table = table(update.table());
    if (update.where().keySet().containsAll(update.table().key())) {
      change(table.get(RowChange.key(update.table(), update.where())), update);
      return;
    }
    Object contact = update.where().get(Column.CONTACT);
    segments.getOrDefault(contact, List.of()).forEach(key -> change(table.get(key), update));
  }

  private static void change(@Nullable Map<Column, Object> row, Update update) {
    if (row == null || !matches(row, update)) return;
    row.putAll(update.set());
    if (row.get(Column.ENDED) instanceof Instant ended
        && row.get(Column.BEGAN) instanceof Instant began
        && ended.isBefore(began)) {
      row.put(Column.ENDED, began);
    }
    update.first().forEach((column, value) -> row.replace(column, Missing.NOTHING, value));
    update.added().forEach((column, number) -> row.put(column, number(row, column) + number));
    update
        .atLeast()
        .forEach((column, number) -> row.put(column, Math.max(number(row, column), number)));
    update
        .appended()
        .forEach(
            (column, text) ->
                row.put(column, append((String) requireNonNull(row.get(column)), text)));
  }

  private static long number(Map<Column, Object> row, Column column) {
    return (long) requireNonNull(row.get(column));
  }

  private static boolean matches(Map<Column, Object> row, Update update) {
    if (update.open() && row.get(Column.ENDED) != Missing.NOTHING) return false;
    return update.where().entrySet().stream()
        .allMatch(one -> one.getValue().equals(row.get(one.getKey())));
  }

  private static String append(String before, String more) {
    if (before.isEmpty()) return more;
    if (before.length() > RowChange.LONG_ENOUGH) return before;
    return before + RowChange.SEPARATOR + more;
  }

  /// All rows of a table by their keys.
  public Map<List<Object>, Map<Column, Object>> rows(Table table) {
    return Collections.unmodifiableMap(table(table));
  }

  /// The rows of a table in a map of its own.
  Map<List<Object>, Map<Column, Object>> copy(Table table) {
    return new HashMap<>(table(table));
  }

  /// Each table is there from the beginning.
  private Map<List<Object>, Map<Column, Object>> table(Table table) {
    return requireNonNull(tables.get(table));
  }

  /// How many rows all tables have.
  public long size() {
    return rows;
  }
}
