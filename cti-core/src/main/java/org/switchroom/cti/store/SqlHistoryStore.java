package org.switchroom.cti.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.figures.QueueFigure;
import org.switchroom.cti.figures.QueueFigures;
import org.switchroom.cti.history.Column;
import org.switchroom.cti.history.HistoryFold;
import org.switchroom.cti.history.HistoryGap;
import org.switchroom.cti.history.Projection;
import org.switchroom.cti.history.RefusedTurn;
import org.switchroom.cti.history.RefusedTurns;
import org.switchroom.cti.history.RowChange;
import org.switchroom.cti.history.Segment;
import org.switchroom.cti.history.StoredRows;
import org.switchroom.cti.history.Table;

/// The history in SQL.
public final class SqlHistoryStore implements Projection, RefusedTurns {
  private static final int ROWS_AT_ONCE = 1_000;
  private final Database database;

  public SqlHistoryStore(Database database) {
    this.database = database;
  }

  // ── Writing ─────────────────────────────────────────────────────────────────────────────────

  @Override
  public long position(String ledger) {
    return database.jdbi().withHandle(handle -> position(handle, ledger));
  }

  private static long position(Handle handle, String ledger) {
    return handle
        .createQuery("SELECT position FROM projection WHERE ledger = :ledger")
        .bind("ledger", ledger)
        .mapTo(Long.class)
        .findFirst()
        .orElse(0L);
  }

  @Override
  public List<HistoryGap> project(List<Turn> turns, String ledger) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              long there = position(handle, ledger);
              List<Turn> more = turns.stream().filter(turn -> turn.number() > there).toList();
              write(handle, more);
              return goOn(handle, ledger, there, more);
            });
  }

  private static void write(Handle handle, List<Turn> turns) {
    try (var rows = new SqlRows(handle.getConnection())) {
      var changes = new ArrayList<RowChange>();
      for (Turn turn : turns) changes.addAll(HistoryFold.changes(turn));
      rows.write(changes);
    } catch (SQLException e) {
      throw new IllegalStateException("The database does not write: " + e.getMessage(), e);
    }
  }

  /// Goes on behind turns.
  ///
  /// @return what is missing before them and among them
  private static List<HistoryGap> goOn(Handle handle, String ledger, long there, List<Turn> turns) {
    if (turns.isEmpty()) return List.of();
    var gaps = new ArrayList<HistoryGap>();
    long last = there;
    Optional<Instant> since = Optional.empty();
    for (Turn turn : turns) {
      if (turn.number() > last + 1) {
        if (last == there) since = asOf(handle, ledger);
        gaps.add(new HistoryGap(ledger, last + 1, turn.number() - 1, since, turn.wall()));
      }
      last = turn.number();
      since = Optional.of(turn.wall());
    }
    gaps.forEach(gap -> add(handle, gap));
    goOn(handle, ledger, turns.getLast());
    return gaps;
  }

  private static void goOn(Handle handle, String ledger, Turn last) {
    var asOf = SqlCustomerStore.time(HistoryGap.moment(last.wall()));
    int known =
        handle.execute(
            "UPDATE projection SET position = ?, as_of = ? WHERE ledger = ?",
            last.number(),
            asOf,
            ledger);
    if (known > 0) return;
    handle.execute(
        "INSERT INTO projection (ledger, position, as_of) VALUES (?, ?, ?)",
        ledger,
        last.number(),
        asOf);
  }

  private static Optional<Instant> asOf(Handle handle, String ledger) {
    return handle
        .createQuery("SELECT as_of FROM projection WHERE ledger = :ledger")
        .bind("ledger", ledger)
        .mapTo(Instant.class)
        .findFirst();
  }

  private static void add(Handle handle, HistoryGap gap) {
    handle.execute(
        "INSERT INTO history_gap (ledger, from_turn, to_turn, since, until)"
            + " VALUES (?, ?, ?, ?, ?)",
        gap.ledger(),
        gap.from(),
        gap.to(),
        gap.since().map(SqlCustomerStore::time).orElse(null),
        SqlCustomerStore.time(gap.until()));
  }

  @Override
  public List<HistoryGap> leaveOut(Turn turn, String ledger) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              long from = position(handle, ledger) + 1;
              if (turn.number() < from) return List.of();
              var gap =
                  new HistoryGap(ledger, from, turn.number(), asOf(handle, ledger), turn.wall());
              add(handle, gap);
              goOn(handle, ledger, turn);
              return List.of(gap);
            });
  }

  @Override
  public List<HistoryGap> refuse(Turn turn, String said, String why, String ledger) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              long there = position(handle, ledger);
              if (turn.number() <= there) return List.of();
              handle.execute(
                  "INSERT INTO refused (ledger, turn, at, about, why, said)"
                      + " VALUES (?, ?, ?, ?, ?, ?)"
                      + " ON CONFLICT DO NOTHING",
                  ledger,
                  turn.number(),
                  SqlCustomerStore.time(turn.wall()),
                  RefusedTurn.about(turn),
                  why,
                  said.replace("\0", ""));
              return goOn(handle, ledger, there, List.of(turn));
            });
  }

  @Override
  public String reason(RuntimeException fault) {
    return SqlReason.of(fault);
  }

  /// Classes 22 (what a value is) and 23 (what rows must keep to) of SQLSTATE, and whatever is no
  /// fault of SQL's at all. Everything else, as a database that is away, full, or being taken over,
  /// may be over later.
  @Override
  public boolean refuses(RuntimeException fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (!(cause instanceof SQLException sql)) continue;
      String state = sql.getSQLState();
      return state != null && (state.startsWith("22") || state.startsWith("23"));
    }
    return !(fault instanceof JdbiException);
  }

  @Override
  public long refused() {
    return count("SELECT count(*) FROM refused");
  }

  @Override
  public List<RefusedTurn> refusedTurns() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT ledger, turn, at, about, why FROM refused ORDER BY at, turn LIMIT "
                            + ROWS_AT_ONCE)
                    .map(
                        (row, _) ->
                            new RefusedTurn(
                                row.getString("ledger"),
                                row.getLong("turn"),
                                instant(row, "at").orElseThrow(),
                                row.getString("about"),
                                row.getString("why")))
                    .list());
  }

  /// Writes the rows of a turn that was refused, which may be taken by now. Where it is refused
  /// again it stays among those that are, with the reason of now.
  ///
  /// @return whether it was taken
  public boolean tryAgain(Turn turn, String ledger) {
    try {
      database
          .jdbi()
          .useTransaction(
              handle -> {
                int known =
                    handle.execute(
                        "DELETE FROM refused WHERE ledger = ? AND turn = ?", ledger, turn.number());
                // Whoever tries at the same time has it.
                if (known > 0) write(handle, List.of(turn));
              });
      return true;
    } catch (RuntimeException e) {
      if (!refuses(e)) throw e;
      database
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      "UPDATE refused SET why = ? WHERE ledger = ? AND turn = ?",
                      reason(e),
                      ledger,
                      turn.number()));
      return false;
    }
  }

  // ── Reading ─────────────────────────────────────────────────────────────────────────────────

  /// What the history lacks, the last first.
  public List<HistoryGap> gaps() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM history_gap ORDER BY until DESC, to_turn DESC")
                    .map(
                        (row, _) ->
                            new HistoryGap(
                                row.getString("ledger"),
                                row.getLong("from_turn"),
                                row.getLong("to_turn"),
                                instant(row, "since"),
                                instant(row, "until").orElseThrow()))
                    .list());
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  /// The figures of each queue from a moment on; by whole intervals.
  public Map<QueueId, QueueFigures> figures(Instant from) {
    String sums =
        Stream.of(QueueFigure.values())
            .map(
                figure ->
                    "%2$s(%1$s) AS %1$s"
                        .formatted(Column.of(figure).lower(), figure.isGreatest() ? "MAX" : "SUM"))
            .collect(Collectors.joining(", "));
    var figures = new HashMap<QueueId, QueueFigures>();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT queue, "
                            + sums
                            + " FROM queue_interval WHERE began >= :from GROUP BY queue")
                    .bind("from", SqlCustomerStore.time(from))
                    .map((row, _) -> Map.entry(new QueueId(row.getString("queue")), figures(row)))
                    .forEach(one -> figures.put(one.getKey(), one.getValue())));
    return figures;
  }

  private static QueueFigures figures(ResultSet row) throws SQLException {
    var sums = new EnumMap<QueueFigure, Long>(QueueFigure.class);
    for (QueueFigure figure : QueueFigure.values()) {
      sums.put(figure, row.getLong(Column.of(figure).lower()));
    }
    return QueueFigures.of(figure -> requireNonNull(sums.get(figure)));
  }

  /// How many calls that are over the history holds.
  public long contacts() {
    return count("SELECT count(*) FROM contact WHERE ended IS NOT NULL AND kind = 'call'");
  }

  /// How often agents have said what a contact was about.
  public long dispositions() {
    return count(
        "SELECT count(*) FROM segment WHERE kind = '%s' AND disposition <> ''"
            .formatted(Segment.WRAP_UP));
  }

  private long count(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  /// How many calls ended in which way.
  public Map<String, Long> outcomes() {
    var outcomes = new HashMap<String, Long>();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT outcome, count(*) AS calls FROM contact"
                            + " WHERE ended IS NOT NULL AND kind = 'call' GROUP BY outcome")
                    .map((row, _) -> Map.entry(row.getString("outcome"), row.getLong("calls")))
                    .forEach(entry -> outcomes.put(entry.getKey(), entry.getValue())));
    return outcomes;
  }

  /// All rows as they are at one moment, while the server goes on.
  ///
  /// @throws IOException when who reads them throws it
  public <T> T asOfNow(RowsReader<T> reader) throws IOException {
    return database
        .jdbi()
        .inTransaction(Database.ONE_MOMENT, handle -> reader.read(new AsOfNow(handle)));
  }

  /// Makes something of all rows.
  @FunctionalInterface
  public interface RowsReader<T> {
    T read(StoredRows rows) throws IOException;
  }

  private record AsOfNow(Handle handle) implements StoredRows {
    @Override
    public long position(String ledger) {
      return SqlHistoryStore.position(handle, ledger);
    }

    @Override
    public void rows(Table table, Instant since, Consumer<Map<Column, Object>> reader) {
      String sql = "SELECT * FROM %s WHERE %s >= ?".formatted(table.lower(), table.age().lower());
      read(
          sql,
          statement -> {
            statement.setFetchSize(ROWS_AT_ONCE);
            SqlRows.bind(statement, 1, since);
            try (ResultSet result = statement.executeQuery()) {
              while (result.next()) reader.accept(SqlRows.row(result, table));
            }
          });
    }

    @Override
    public Optional<Map<Column, Object>> row(Table table, List<Object> key) {
      String where =
          table.key().stream()
              .map(column -> column.lower() + " = ?")
              .collect(Collectors.joining(" AND "));
      var found = new ArrayList<Map<Column, Object>>(1);
      read(
          "SELECT * FROM %s WHERE %s".formatted(table.lower(), where),
          statement -> {
            for (int i = 0; i < key.size(); i++) SqlRows.bind(statement, i + 1, key.get(i));
            try (ResultSet result = statement.executeQuery()) {
              if (result.next()) found.add(SqlRows.row(result, table));
            }
          });
      return found.stream().findFirst();
    }

    private interface Reading {
      void read(PreparedStatement statement) throws SQLException;
    }

    private void read(String sql, Reading reading) {
      Connection connection = handle.getConnection();
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        reading.read(statement);
      } catch (SQLException e) {
        throw new IllegalStateException("The database cannot be read: " + e.getMessage(), e);
      }
    }
  }
}
