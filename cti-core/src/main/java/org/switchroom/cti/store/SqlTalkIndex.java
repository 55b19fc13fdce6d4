package org.switchroom.cti.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.EmptyHandling;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.history.AuditTrail.Place;
import org.switchroom.cti.history.Segment;
import org.switchroom.cti.history.TalkIndex;
import org.switchroom.cti.pbx.RecordingId;

/// Recordings in SQL: they are segments of their contacts.
public final class SqlTalkIndex implements TalkIndex {
  /// A name ends with when the talk was offered, which begins so much later at most.
  private static final Pattern NAME = Pattern.compile(".*-(\\d{1,15})");

  private static final Duration MOST_LATER = Duration.ofHours(1);

  /// What the clocks of the engine and the wall may be apart.
  private static final Duration APART = Duration.ofMinutes(1);

  /// The history may be so far behind.
  private static final Duration BEHIND = Duration.ofHours(1);

  /// No talk is longer; one that has no end by then has lost it.
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final String FIND =
      """
      SELECT contact, queue, detail, began, ended FROM segment
      WHERE kind = :kind AND began > :from AND began < :until AND detail = :detail
      """;

  private static final String SEARCH =
      """
      SELECT s.contact, s.number, s.queue, s.detail, s.began, s.ended, c.from_number, c.agent
      FROM segment s JOIN contact c ON c.id = s.contact
      WHERE s.kind = :kind AND s.began >= :from AND s.began < :until
        AND (s.began < :at OR (s.began = :at AND s.number < :number))
        AND (LOWER(c.from_number) LIKE :about ESCAPE '!' OR LOWER(c.agent) LIKE :about ESCAPE '!'
          OR LOWER(s.queue) LIKE :about ESCAPE '!' OR LOWER(s.contact) LIKE :about ESCAPE '!'
          OR c.agent IN (<agents>) OR s.queue IN (<queues>))
      ORDER BY s.began DESC, s.number DESC LIMIT :most\
      """;

  private final Database database;

  public SqlTalkIndex(Database database) {
    this.database = database;
  }

  @Override
  public List<RecordedTalk> of(ContactId contact) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT contact, queue, detail, began, ended FROM segment"
                            + " WHERE contact = :contact AND kind = :kind ORDER BY number")
                    .bind("contact", contact.value())
                    .bind("kind", Segment.RECORDING.name())
                    .map((row, _) -> row(row))
                    .list()
                    .stream()
                    .map(row -> talk(handle, row))
                    .toList());
  }

  @Override
  public List<FoundTalk> search(TalkSearch search) {
    Place after = search.after().orElse(new Place(SqlAuditTrail.END, Long.MAX_VALUE));
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(SEARCH)
                    .bind("kind", Segment.RECORDING.name())
                    .bind(
                        "from",
                        SqlCustomerStore.time(search.from().orElse(SqlAuditTrail.BEGINNING)))
                    .bind("until", SqlCustomerStore.time(search.until().orElse(SqlAuditTrail.END)))
                    .bind("at", SqlCustomerStore.time(after.at()))
                    .bind("number", after.number())
                    .bind("about", SqlAuditTrail.has(search.about()))
                    .bindList(EmptyHandling.NULL_KEYWORD, "agents", search.agents())
                    .bindList(EmptyHandling.NULL_KEYWORD, "queues", search.queues())
                    .bind("most", Math.clamp(search.most(), 1, MOST))
                    .map((row, _) -> found(row))
                    .list());
  }

  private static FoundTalk found(ResultSet row) throws SQLException {
    Row one = row(row);
    return new FoundTalk(
        new Place(one.began(), row.getLong("number")),
        new RecordingId(one.detail()),
        new ContactId(one.contact()),
        row.getString("from_number"),
        row.getString("agent"),
        one.queue(),
        one.ended());
  }

  @Override
  public Optional<RecordedTalk> find(RecordingId recording) {
    return database
        .jdbi()
        .withHandle(handle -> row(handle, recording).map(row -> talk(handle, row)));
  }

  @Override
  public boolean goesOn(RecordingId recording, Instant now) {
    Optional<Row> row = database.jdbi().withHandle(handle -> row(handle, recording));
    if (row.isEmpty()) return offered(recording).isAfter(now.minus(BEHIND));
    return row.get().ended().isEmpty() && row.get().began().isAfter(now.minus(LONGEST));
  }

  // ── Rows ────────────────────────────────────────────────────────────────────────────────────

  private record Row(
      String contact, String queue, String detail, Instant began, Optional<Instant> ended) {}

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString("contact"),
        row.getString("queue"),
        row.getString("detail"),
        SqlCustomerStore.instant(row.getObject("began", OffsetDateTime.class)),
        Optional.ofNullable(row.getObject("ended", OffsetDateTime.class))
            .map(SqlCustomerStore::instant));
  }

  private static Optional<Row> row(Handle handle, RecordingId recording) {
    Instant offered = offered(recording);
    return handle
        .createQuery(FIND)
        .bind("kind", Segment.RECORDING.name())
        .bind("from", SqlCustomerStore.time(offered.minus(APART)))
        .bind("until", SqlCustomerStore.time(offered.plus(MOST_LATER)))
        .bind("detail", recording.value())
        .map((row, _) -> row(row))
        .findFirst();
  }

  /// 1970: its name does not say.
  private static Instant offered(RecordingId recording) {
    Matcher name = NAME.matcher(recording.value());
    return Instant.ofEpochMilli(name.matches() ? Long.parseLong(name.group(1)) : 0);
  }

  private static RecordedTalk talk(Handle handle, Row row) {
    Instant until = row.ended().orElse(row.began().plus(LONGEST));
    List<Silence> silences =
        handle
            .createQuery(
                "SELECT began, ended FROM segment WHERE contact = :contact AND kind = :kind"
                    + " AND began >= :from AND began <= :until ORDER BY number")
            .bind("contact", row.contact())
            .bind("kind", Segment.PAUSE.name())
            .bind("from", SqlCustomerStore.time(row.began()))
            .bind("until", SqlCustomerStore.time(until))
            .map(
                (one, _) ->
                    new Silence(
                        SqlCustomerStore.instant(one.getObject("began", OffsetDateTime.class)),
                        Optional.ofNullable(one.getObject("ended", OffsetDateTime.class))
                            .map(SqlCustomerStore::instant)))
            .list();
    return new RecordedTalk(
        new RecordingId(row.detail()),
        new ContactId(row.contact()),
        row.queue(),
        row.began(),
        row.ended(),
        silences);
  }
}
