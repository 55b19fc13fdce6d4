package org.switchroom.cti.store;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.switchroom.cti.history.Column;

/// Why a database does not take a row, without anything of the row: its own words have values, and
/// PostgreSQL's whole statements.
final class SqlReason {
  /// By SQLSTATE.
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("22001", "a text is longer than its column"),
          Map.entry("22003", "a number is too large"),
          Map.entry("22007", "a time that it cannot keep"),
          Map.entry("22008", "a time that it cannot keep"),
          Map.entry("22021", "a character that it cannot keep"),
          Map.entry("22P05", "a character that it cannot keep"),
          Map.entry("23502", "something is missing"),
          Map.entry("23503", "what a row refers to is not there"),
          Map.entry("23505", "there is such a row already"),
          Map.entry("23506", "what a row refers to is not there"),
          Map.entry("23513", "a check of a table"),
          Map.entry("23514", "a check of a table"));

  private static final Pattern COLUMN = Pattern.compile("column \"(\\w+)");

  private SqlReason() {}

  static String of(Throwable fault) {
    Optional<SQLException> sql =
        Stream.iterate(fault, one -> one != null, Throwable::getCause)
            .filter(SQLException.class::isInstance)
            .map(SQLException.class::cast)
            .findFirst();
    return sql.map(SqlReason::words).orElse("no row can be made of it: " + name(fault));
  }

  private static String name(Throwable fault) {
    return fault.getClass().getSimpleName();
  }

  private static String words(SQLException fault) {
    String state = String.valueOf(fault.getSQLState());
    String words =
        WORDS.getOrDefault(
            state, state.startsWith("23") ? "a rule of a table" : "a value that it does not take");
    return "%s (%s%s)".formatted(words, state, column(fault).map(c -> ", column " + c).orElse(""));
  }

  /// One of ours: what else stands there may be somebody's words.
  private static Optional<String> column(SQLException fault) {
    return Stream.iterate((Throwable) fault, one -> one != null, Throwable::getCause)
        .flatMap(one -> COLUMN.matcher(String.valueOf(one.getMessage())).results())
        .map(found -> found.group(1).toLowerCase(Locale.ROOT))
        .filter(name -> Stream.of(Column.values()).anyMatch(one -> one.lower().equals(name)))
        .findFirst();
  }
}
