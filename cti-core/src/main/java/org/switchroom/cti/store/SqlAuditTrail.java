package org.switchroom.cti.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.switchroom.cti.history.AuditTrail;

/// The audit in SQL.
public final class SqlAuditTrail implements AuditTrail {
  static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");
  static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

  private static final String FIND =
      """
      SELECT at, number, who, what, about FROM audit
      WHERE at >= :from AND at < :until
        AND (at < :at OR (at = :at AND number < :number))
        AND LOWER(who) LIKE :who ESCAPE '!'
        AND LOWER(what) LIKE :what ESCAPE '!'
        AND LOWER(about) LIKE :about ESCAPE '!'
      ORDER BY at DESC, number DESC LIMIT :most\
      """;

  private final Database database;

  public SqlAuditTrail(Database database) {
    this.database = database;
  }

  @Override
  public List<Line> find(Search search) {
    Place after = search.after().orElse(new Place(END, Long.MAX_VALUE));
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(FIND)
                    .bind("from", SqlCustomerStore.time(search.from().orElse(BEGINNING)))
                    .bind("until", SqlCustomerStore.time(search.until().orElse(END)))
                    .bind("at", SqlCustomerStore.time(after.at()))
                    .bind("number", after.number())
                    .bind("who", has(search.who()))
                    .bind("what", has(search.what()))
                    .bind("about", has(search.about()))
                    .bind("most", Math.clamp(search.most(), 1, MOST))
                    .map(
                        (row, _) ->
                            new Line(
                                new Place(
                                    SqlCustomerStore.instant(
                                        row.getObject("at", OffsetDateTime.class)),
                                    row.getLong("number")),
                                row.getString("who"),
                                row.getString("what"),
                                row.getString("about")))
                    .list());
  }

  static String has(String text) {
    return "%" + text.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
  }
}
