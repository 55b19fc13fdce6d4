package org.switchroom.cti.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.switchroom.cti.customer.TimelineEntry;
import org.switchroom.cti.history.HistoryFold;

/// The timeline of a customer, as their card shows it: what stands in it, and in which order. It
/// has an entry for each contact that is over or waits, for tickets, surveys and orders, and for
/// whatever else was written down.
final class SqlCustomerTimeline {
  private static final Comparator<TimelineEntry> NEWEST_FIRST =
      Comparator.comparing(TimelineEntry::at).reversed();

  private static final int LATEST_ENTRIES = 12;

  private static final String SEPARATOR = "; ";

  /// In characters: the longest note of one agent.
  private static final int LONGEST_TEXT = 4_000;

  private final Handle handle;
  private final long customer;
  private final List<TimelineEntry> entries = new ArrayList<>();

  private SqlCustomerTimeline(Handle handle, long customer) {
    this.handle = handle;
    this.customer = customer;
  }

  static List<TimelineEntry> of(Handle handle, long customer) {
    var timeline = new SqlCustomerTimeline(handle, customer);
    timeline.contacts();
    timeline.tickets();
    timeline.surveys();
    timeline.orders();
    timeline.elsewhere();
    return timeline.entries.stream().sorted(NEWEST_FIRST).limit(LATEST_ENTRIES).toList();
  }

  private interface EntryReader {
    TimelineEntry of(RowView row);
  }

  private void entries(String sql, EntryReader reader) {
    handle
        .createQuery(sql)
        .bind("id", customer)
        .bind("most", LATEST_ENTRIES)
        .reduceRows(
            entries,
            (all, row) -> {
              all.add(reader.of(row));
              return all;
            });
  }

  private static Instant at(RowView row, String column) {
    return row.getColumn(column, OffsetDateTime.class).toInstant();
  }

  // ── Contacts ────────────────────────────────────────────────────────────────────────────────

  /// What agents have said of a contact.
  private static final class Said {
    final TreeSet<String> dispositions = new TreeSet<>();
    final List<String> notes = new ArrayList<>();

    static final Said NOTHING = new Said();
  }

  private void contacts() {
    Map<String, Said> said = said();
    Map<String, List<String>> recordings = recordings();
    entries(
        """
        SELECT c.*, t.seconds AS recorded FROM contact c LEFT JOIN task t ON t.contact = c.id
        WHERE c.customer = :id AND (c.ended IS NOT NULL OR c.kind NOT IN ('call', 'outbound'))
        ORDER BY c.opened DESC LIMIT :most
        """,
        row -> {
          Said of = said.getOrDefault(row.getColumn("id", String.class), Said.NOTHING);
          String kind = row.getColumn("kind", String.class);
          boolean call =
              kind.equals(HistoryFold.CALL_KIND) || kind.equals(HistoryFold.OUTBOUND_KIND);
          String outcome = row.getColumn("outcome", String.class);
          String subject =
              of.dispositions.isEmpty()
                  ? row.getColumn("path", String.class)
                  : String.join(SEPARATOR, of.dispositions);
          return TimelineEntry.of(
                  at(row, "opened"),
                  kind,
                  subject,
                  row.getColumn("queue", String.class),
                  row.getColumn("agent", String.class),
                  call
                      ? (int) (row.getColumn("talked", Long.class) / 1_000)
                      : row.getColumn("recorded", Integer.class),
                  (int) (row.getColumn("waited", Long.class) / 1_000),
                  call || !outcome.isEmpty() ? outcome : "OPEN",
                  excerpt(String.join(SEPARATOR, of.notes)))
              .with(recordings.getOrDefault(row.getColumn("id", String.class), List.of()))
              .withNumber(row.getColumn("from_number", String.class));
        });
  }

  private Map<String, List<String>> recordings() {
    var recordings = new HashMap<String, List<String>>();
    handle
        .createQuery(
            """
            SELECT s.contact, s.detail FROM segment s
            JOIN (SELECT id FROM contact WHERE customer = :id ORDER BY opened DESC LIMIT :most) c
              ON c.id = s.contact
            WHERE s.kind = 'RECORDING' ORDER BY s.number
            """)
        .bind("id", customer)
        .bind("most", LATEST_ENTRIES)
        .map((row, _) -> List.of(row.getString("contact"), row.getString("detail")))
        .forEach(
            one -> recordings.computeIfAbsent(one.get(0), _ -> new ArrayList<>()).add(one.get(1)));
    return recordings;
  }

  private Map<String, Said> said() {
    var said = new HashMap<String, Said>();
    handle
        .createQuery(
            """
            SELECT s.contact, s.disposition, s.note FROM segment s
            JOIN (SELECT id FROM contact WHERE customer = :id ORDER BY opened DESC LIMIT :most) c
              ON c.id = s.contact
            WHERE s.kind = 'WRAP_UP' AND (s.disposition <> '' OR s.note <> '')
            ORDER BY s.number
            """)
        .bind("id", customer)
        .bind("most", LATEST_ENTRIES)
        .map(
            (row, _) ->
                List.of(
                    row.getString("contact"), row.getString("disposition"), row.getString("note")))
        .forEach(
            one -> {
              Said of = said.computeIfAbsent(one.get(0), _ -> new Said());
              if (!one.get(1).isEmpty()) of.dispositions.add(one.get(1));
              if (!one.get(2).isEmpty()) of.notes.add(one.get(2));
            });
    return said;
  }

  // ── What else there is ──────────────────────────────────────────────────────────────────────

  private void tickets() {
    entries(
        """
        SELECT t.*, COALESCE(c.from_number, '') AS from_number FROM ticket t
        LEFT JOIN contact_call c ON c.call = t.call
        WHERE t.customer = :id ORDER BY t.created DESC LIMIT :most
        """,
        row ->
            TimelineEntry.of(
                    at(row, "created"),
                    "ticket",
                    row.getColumn("number", Long.class)
                        + ": "
                        + row.getColumn("subject", String.class),
                    "",
                    "",
                    0,
                    0,
                    row.getColumn("status", String.class),
                    "")
                .withNumber(row.getColumn("from_number", String.class)));
  }

  private void surveys() {
    entries(
        """
        SELECT s.*, c.from_number FROM survey_answer s JOIN contact c ON c.id = s.contact
        WHERE c.customer = :id ORDER BY s.at DESC LIMIT :most
        """,
        row ->
            TimelineEntry.of(
                    at(row, "at"),
                    "survey",
                    row.getColumn("question", String.class),
                    row.getColumn("queue", String.class),
                    row.getColumn("agent", String.class),
                    0,
                    0,
                    row.getColumn("score", Long.class) + "/" + row.getColumn("most", Long.class),
                    "")
                .withNumber(row.getColumn("from_number", String.class)));
  }

  private void orders() {
    entries(
        "SELECT number, title, status, CAST(placed AS TIMESTAMP WITH TIME ZONE) AS at"
            + " FROM customer_order WHERE customer = :id ORDER BY placed DESC LIMIT :most",
        row ->
            TimelineEntry.of(
                at(row, "at"),
                "order",
                "#"
                    + row.getColumn("number", String.class)
                    + ": "
                    + row.getColumn("title", String.class),
                "",
                "",
                0,
                0,
                row.getColumn("status", String.class),
                ""));
  }

  private void elsewhere() {
    entries(
        "SELECT at, kind, text FROM timeline WHERE customer = :id ORDER BY at DESC LIMIT :most",
        row ->
            new TimelineEntry(
                at(row, "at"),
                row.getColumn("kind", String.class),
                excerpt(row.getColumn("text", String.class))));
  }

  /// An agent's card is no archive: what is too long for it ends with an ellipsis.
  private static String excerpt(String text) {
    if (text.length() <= LONGEST_TEXT) return text;
    int end = LONGEST_TEXT - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
