package org.switchroom.cti.store;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.switchroom.cti.history.Column;
import org.switchroom.cti.history.Column.Missing;
import org.switchroom.cti.history.FigureRows;
import org.switchroom.cti.history.MemoryTables;
import org.switchroom.cti.history.RowChange;
import org.switchroom.cti.history.RowChange.Insert;
import org.switchroom.cti.history.RowChange.Update;
import org.switchroom.cti.history.Table;

/// Changes of rows as SQL. Contacts that begin in them are folded in memory first, and are written
/// as they are at the end, however much happened to them: as many rows as they have, and no change
/// of any. What happened to others is done in its order. Each shape of a statement is prepared
/// once, and those of one shape that follow each other go to the database together. What is added
/// to an interval's figures is added up first: a queue has one row for thousands of contacts.
final class SqlRows implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private final Map<List<Object>, Sum> sums = new LinkedHashMap<>();
  private final MemoryTables begun = new MemoryTables();
  private String batched = "";

  /// What is to be added to a row of figures.
  private record Sum(Insert row, Map<Column, Long> added, Map<Column, Long> atLeast) {}

  SqlRows(Connection connection) {
    this.connection = connection;
  }

  /// All of them, and nothing before or after: whoever begins in them is not known yet.
  void write(List<RowChange> changes) throws SQLException {
    Set<Object> begin = beginning(changes);
    for (RowChange change : changes) {
      if (change.table() == Table.QUEUE_INTERVAL) sum(change);
      else if (begin.contains(contact(change))) begun.apply(List.of(change));
      else apply(change);
    }
    flush();
  }

  private void apply(RowChange change) throws SQLException {
    switch (change) {
      case Insert insert -> run(insert(insert.table()), insert.row().values());
      case Update update -> run(update(update), values(update));
    }
  }

  /// The contacts of which the database has nothing.
  private Set<Object> beginning(List<RowChange> changes) throws SQLException {
    var begin = new HashSet<Object>();
    try (var known = connection.prepareStatement("SELECT 1 FROM contact WHERE id = ?")) {
      for (RowChange change : changes) {
        if (!(change instanceof Insert insert) || insert.table() != Table.CONTACT) continue;
        bind(known, 1, requireNonNull(insert.row().get(Column.ID)));
        try (ResultSet found = known.executeQuery()) {
          if (!found.next()) begin.add(insert.row().get(Column.ID));
        }
      }
    }
    return begin;
  }

  /// Whose row it changes; empty: nobody's.
  private static Object contact(RowChange change) {
    Map<Column, Object> row =
        switch (change) {
          case Insert insert -> insert.row();
          case Update update -> update.where();
        };
    return change.table().ofContact().map(row::get).orElse("");
  }

  private void sum(RowChange change) {
    switch (change) {
      case Insert insert ->
          sums.computeIfAbsent(
              RowChange.key(insert.table(), insert.row()),
              _ -> new Sum(insert, new EnumMap<>(Column.class), new EnumMap<>(Column.class)));
      case Update update -> {
        Sum sum = requireNonNull(sums.get(RowChange.key(update.table(), update.where())));
        update.added().forEach((column, number) -> sum.added().merge(column, number, Long::sum));
        update
            .atLeast()
            .forEach((column, number) -> sum.atLeast().merge(column, number, Math::max));
      }
    }
  }

  private void run(String sql, Collection<?> values) throws SQLException {
    if (!sql.equals(batched)) {
      send();
      batched = sql;
    }
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    int i = 0;
    for (Object value : values) bind(statement, ++i, value);
    statement.addBatch();
  }

  private void flush() throws SQLException {
    for (Table table : Table.values()) {
      for (Map<Column, Object> row : begun.rows(table).values()) run(insert(table), row.values());
    }
    for (Sum sum : sums.values()) run(insert(sum.row().table()), sum.row().row().values());
    for (Map.Entry<List<Object>, Sum> one : sums.entrySet()) {
      Update update =
          FigureRows.update(one.getKey(), one.getValue().added(), one.getValue().atLeast());
      run(update(update), values(update));
    }
    sums.clear();
    send();
  }

  private void send() throws SQLException {
    if (batched.isEmpty()) return;
    requireNonNull(prepared.get(batched)).executeBatch();
    batched = "";
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : prepared.values()) statement.close();
  }

  // ── Statements ──────────────────────────────────────────────────────────────────────────────

  private static final Map<Table, String> INSERTS = inserts();

  private static Map<Table, String> inserts() {
    var inserts = new EnumMap<Table, String>(Table.class);
    for (Table table : Table.values()) {
      inserts.put(
          table,
          "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT DO NOTHING"
              .formatted(
                  table.lower(),
                  joined(table.columns()),
                  table.columns().stream().map(_ -> "?").collect(Collectors.joining(", "))));
    }
    return inserts;
  }

  private static String insert(Table table) {
    return requireNonNull(INSERTS.get(table));
  }

  private static String joined(Collection<Column> columns) {
    return columns.stream().map(Column::lower).collect(Collectors.joining(", "));
  }

  private static String update(Update update) {
    var sql = new StringBuilder(160).append("UPDATE ").append(update.table().lower());
    String before = " SET ";
    for (Column column : update.set().keySet()) {
      sql.append(before).append(column.lower()).append(" = ").append(value(update, column));
      before = ", ";
    }
    before = each(sql, update.first().keySet(), before, "%1$s = COALESCE(%1$s, ?)");
    before = each(sql, update.added().keySet(), before, "%1$s = %1$s + ?");
    before =
        each(sql, update.atLeast().keySet(), before, "%1$s = GREATEST(%1$s, CAST(? AS BIGINT))");
    each(sql, update.appended().keySet(), before, APPENDED);
    each(sql, update.where().keySet(), " WHERE ", "%s = ?", " AND ");
    if (update.open()) sql.append(" AND ended IS NULL");
    return sql.toString();
  }

  private static String value(Update update, Column column) {
    boolean ends = column == Column.ENDED && update.table().columns().contains(Column.BEGAN);
    return ends ? "GREATEST(began, CAST(? AS TIMESTAMP WITH TIME ZONE))" : "?";
  }

  private static final String APPENDED =
      "%1$s = CASE WHEN %1$s = '' THEN CAST(? AS VARCHAR) WHEN CHAR_LENGTH(%1$s) > LONG_ENOUGH THEN"
              .replace("LONG_ENOUGH", Integer.toString(RowChange.LONG_ENOUGH))
          + " %1$s ELSE %1$s || '"
          + RowChange.SEPARATOR
          + "' || CAST(? AS VARCHAR) END";

  private static String each(
      StringBuilder sql, Collection<Column> columns, String before, String form) {
    return each(sql, columns, before, form, ", ");
  }

  private static String each(
      StringBuilder sql, Collection<Column> columns, String before, String form, String between) {
    String next = before;
    for (Column column : columns) {
      sql.append(next).append(form.formatted(column.lower()));
      next = between;
    }
    return next;
  }

  private static List<Object> values(Update update) {
    var values = new ArrayList<Object>(8);
    values.addAll(update.set().values());
    values.addAll(update.first().values());
    values.addAll(update.added().values());
    values.addAll(update.atLeast().values());
    for (String text : update.appended().values()) {
      values.add(text);
      values.add(text);
    }
    values.addAll(update.where().values());
    return values;
  }

  // ── Values ──────────────────────────────────────────────────────────────────────────────────

  static void bind(PreparedStatement statement, int place, Object value) throws SQLException {
    switch (value) {
      case String text -> statement.setString(place, text);
      case Long number -> statement.setLong(place, number);
      case Boolean flag -> statement.setBoolean(place, flag);
      case Instant at -> statement.setObject(place, SqlCustomerStore.time(at));
      case Missing _ -> statement.setNull(place, Types.NULL);
      default -> throw new IllegalArgumentException(value + " stands in no column.");
    }
  }

  /// The row that a result is at.
  static Map<Column, Object> row(ResultSet result, Table table) throws SQLException {
    var row = new EnumMap<Column, Object>(Column.class);
    for (Column column : table.columns()) {
      String name = column.lower();
      Object value =
          switch (column.type()) {
            case Column.Type.Text _ -> result.getString(name);
            case Column.Type.Whole _ -> result.getLong(name);
            case Column.Type.Flag _ -> result.getBoolean(name);
            case Column.Type.Time _ -> {
              var time = result.getObject(name, OffsetDateTime.class);
              yield time == null ? Missing.NOTHING : SqlCustomerStore.instant(time);
            }
          };
      row.put(column, result.wasNull() ? Missing.NOTHING : value);
    }
    return row;
  }
}
