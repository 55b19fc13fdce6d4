package org.switchroom.cti.history;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.switchroom.cti.event.AgentEvent;
import org.switchroom.cti.event.CallEvent;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.Turn;
import org.switchroom.cti.figures.RecordTime;

/// Folds what the ledger still has once more, and compares with what the database has made of it.
///
/// Only what the ledger tells from its beginning is compared: rows of contacts that came to be
/// after its first turn, and intervals that began after it. Of a large ledger one part of the
/// contacts is looked at after the other, so that memory stays bounded.
public final class Recount {
  private static final int TURNS_AT_ONCE = 500;

  /// The rows of so many turns are held in memory.
  private static final long TURNS_OF_A_PART = 200_000;

  private static final int MOST_DIFFERENCES = 1_000;

  /// The PBX may tell of what has begun some time before.
  private static final Duration HEARD_OF_LATE = Duration.ofDays(1);

  private static final String NOTHING = "nothing";

  /// One row that is not what it should be.
  ///
  /// @param stored what the database has, where it differs; `nothing`: no such row
  /// @param recounted what the ledger tells; `nothing`: no such row
  public record Difference(Table table, String key, String stored, String recounted) {}

  /// @param since when the first turn was that the ledger still has
  /// @param rows that were compared, of all tables but the figures'
  /// @param figures rows of figures that were compared
  /// @param differing how many rows differ
  /// @param differences the first thousand of them
  public record Result(
      Instant since,
      long turns,
      long rows,
      long figures,
      long differing,
      List<Difference> differences) {}

  private final TurnSource source;
  private final StoredRows stored;
  private final long last;
  private final long turnsOfAPart;
  private final List<Difference> differences = new ArrayList<>();
  private Instant since = Instant.MAX;
  private boolean fromTheFirst;
  private long turns;
  private long rows;
  private long figures;
  private long differing;

  private Recount(TurnSource source, StoredRows stored, long turnsOfAPart) {
    this.source = source;
    this.stored = stored;
    this.turnsOfAPart = turnsOfAPart;
    last = stored.position(source.ledger());
  }

  /// @param source is read from its first turn, as often as there are parts
  /// @throws IOException when the ledger cannot be read
  public static Result of(TurnSource source, StoredRows stored) throws IOException {
    return of(source, stored, TURNS_OF_A_PART);
  }

  static Result of(TurnSource source, StoredRows stored, long turnsOfAPart) throws IOException {
    return new Recount(source, stored, turnsOfAPart).result();
  }

  private Result result() throws IOException {
    int parts = 1;
    for (int part = 0; part < parts; part++) {
      int one = part;
      int all = parts = parts(parts);
      var tables = new MemoryTables(change -> part(change, all) == one);
      fold(tables, one, all);
      for (Table table : Table.values()) compare(table, tables, one, all);
    }
    return new Result(since, turns, rows, figures, differing, List.copyOf(differences));
  }

  /// Known when the first turn is.
  private int parts(int before) throws IOException {
    if (turns > 0) return before;
    source.goOnAfter(0);
    List<Turn> first = source.poll(1);
    if (first.isEmpty()) return 1;
    long covered = Math.max(last - first.getFirst().number() + 1, 0);
    return (int) Math.min(1 + covered / turnsOfAPart, Integer.MAX_VALUE);
  }

  private void fold(MemoryTables tables, int part, int parts) throws IOException {
    source.goOnAfter(0);
    turns = 0;
    while (true) {
      List<Turn> next = source.poll(TURNS_AT_ONCE);
      for (Turn turn : next) {
        if (turn.number() > last) return;
        if (turns++ == 0) {
          since = RecordTime.of(turn).of(turn.at());
          fromTheFirst = turn.number() == 1;
        }
        if (concerns(turn, part, parts)) tables.apply(HistoryFold.changes(turn));
      }
      if (next.isEmpty()) return;
    }
  }

  /// Whether a turn may change rows of a part; what belongs to no contact is in the first.
  private static boolean concerns(Turn turn, int part, int parts) {
    if (part == 0) return true;
    return turn.events().stream()
        .anyMatch(
            event ->
                switch (event) {
                  case CallEvent e -> part(e.contact().value(), parts) == part;
                  case ContactEvent e -> part(e.contact().value(), parts) == part;
                  case AgentEvent _, CenterEvent _ -> false;
                });
  }

  private static int part(RowChange change, int parts) {
    return change
        .table()
        .ofContact()
        .map(
            column ->
                switch (change) {
                  case RowChange.Insert insert -> insert.row().get(column);
                  case RowChange.Update update -> update.where().get(column);
                })
        .map(contact -> part(contact, parts))
        .orElse(0);
  }

  private static int part(Object contact, int parts) {
    return Math.floorMod(contact.hashCode(), parts);
  }

  // ── Comparing ───────────────────────────────────────────────────────────────────────────────

  private void compare(Table table, MemoryTables tables, int part, int parts) {
    if (turns == 0) return;
    Map<List<Object>, Map<Column, Object>> left = tables.copy(table);
    stored.rows(
        table,
        since.minus(HEARD_OF_LATE),
        row -> {
          if (part(table, row, parts) != part) return;
          Map<Column, Object> recounted = left.remove(RowChange.key(table, row));
          if (recounted != null) both(table, row, recounted, tables);
          else if (covered(table, row, tables)) differ(table, row, Optional.empty());
        });
    left.forEach(
        (key, recounted) -> {
          if (!covered(table, recounted, tables)) return;
          Optional<Map<Column, Object>> older = stored.row(table, key);
          if (older.isPresent()) both(table, older.get(), recounted, tables);
          else missing(table, recounted);
        });
  }

  private static int part(Table table, Map<Column, Object> row, int parts) {
    return table.ofContact().map(column -> part(requireNonNull(row.get(column)), parts)).orElse(0);
  }

  /// Whether the ledger tells all of it.
  private boolean covered(Table table, Map<Column, Object> row, MemoryTables tables) {
    Optional<Column> contact = table.ofContact();
    if (contact.isEmpty() || table == Table.CONTACT) return isYounger(table, row);
    List<Object> key = List.of(row.get(contact.get()));
    Map<Column, Object> known = tables.rows(Table.CONTACT).get(key);
    if (known != null) return isYounger(Table.CONTACT, known);
    // Of a contact that is older; or of none at all.
    return isYounger(table, row) && stored.row(Table.CONTACT, key).isEmpty();
  }

  /// Whether it began after the first turn there is; one of the same instant may be of a turn that
  /// is no longer kept.
  private boolean isYounger(Table table, Map<Column, Object> row) {
    return row.get(table.age()) instanceof Instant age
        && (fromTheFirst ? !age.isBefore(since) : age.isAfter(since));
  }

  private void both(
      Table table, Map<Column, Object> row, Map<Column, Object> recounted, MemoryTables tables) {
    if (!covered(table, row, tables) || !covered(table, recounted, tables)) return;
    if (table == Table.QUEUE_INTERVAL) figures++;
    else rows++;
    boolean erased = table == Table.AUDIT && ErasedWords.isLeftOf(row, recounted);
    if (!row.equals(recounted) && !erased) differ(table, row, Optional.of(recounted));
  }

  private void differ(
      Table table, Map<Column, Object> row, Optional<Map<Column, Object>> recounted) {
    say(
        new Difference(
            table,
            text(table.key(), row),
            recounted.map(other -> where(table, row, other)).orElse(whole(table, row)),
            recounted.map(other -> where(table, other, row)).orElse(NOTHING)));
  }

  private void missing(Table table, Map<Column, Object> recounted) {
    say(new Difference(table, text(table.key(), recounted), NOTHING, whole(table, recounted)));
  }

  private void say(Difference difference) {
    differing++;
    if (differences.size() < MOST_DIFFERENCES) differences.add(difference);
  }

  private static String whole(Table table, Map<Column, Object> row) {
    return text(List.copyOf(table.columns()), row);
  }

  /// Of the columns in which two rows differ.
  private static String where(Table table, Map<Column, Object> row, Map<Column, Object> other) {
    return text(
        table.columns().stream()
            .filter(column -> !Objects.equals(row.get(column), other.get(column)))
            .toList(),
        row);
  }

  private static String text(List<Column> columns, Map<Column, Object> row) {
    return columns.stream()
        .map(column -> column.lower() + "=" + row.get(column))
        .collect(Collectors.joining(" "));
  }
}
