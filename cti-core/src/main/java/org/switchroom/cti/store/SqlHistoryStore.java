package org.switchroom.cti.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.CallSeen;
import org.switchroom.cti.customer.ContactRecord;
import org.switchroom.cti.customer.CustomerChosen;
import org.switchroom.cti.customer.DispositionRecord;
import org.switchroom.cti.customer.HistoryRecord;
import org.switchroom.cti.customer.ScriptRun;
import org.switchroom.cti.customer.SeatChanged;
import org.switchroom.cti.customer.SurveyAnswer;
import org.switchroom.cti.customer.TaskClosed;
import org.switchroom.cti.figures.QueueFigures;
import org.switchroom.cti.journal.Projection;

/// The history in SQL.
public final class SqlHistoryStore implements Projection {
  private final Database database;

  public SqlHistoryStore(Database database) {
    this.database = database;
  }

  /// Writes all of them or none, and returns when they are durable. A contact written before is
  /// left as it is.
  public void append(List<HistoryRecord> records) {
    database.jdbi().useTransaction(handle -> records.forEach(record -> append(handle, record)));
  }

  @Override
  public long position(String journal) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT position FROM projection WHERE journal = :journal")
                    .bind("journal", journal)
                    .mapTo(Long.class)
                    .findFirst()
                    .orElse(0L));
  }

  @Override
  public void project(List<HistoryRecord> records, String journal, long position) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              records.forEach(record -> append(handle, record));
              int known =
                  handle.execute(
                      "UPDATE projection SET position = ? WHERE journal = ?", position, journal);
              if (known == 0) {
                handle.execute(
                    "INSERT INTO projection (journal, position) VALUES (?, ?)", journal, position);
              }
            });
  }

  /// No connection (SQLSTATE class 08), a PostgreSQL that shuts down (57P), an H2 that is closed.
  @Override
  public boolean away(RuntimeException fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectionException) return true;
      if (!(cause instanceof SQLException sql) || sql.getSQLState() == null) continue;
      String state = sql.getSQLState();
      if (state.startsWith("08") || state.startsWith("57P") || state.equals("90098")) return true;
    }
    return false;
  }

  private static void append(Handle handle, HistoryRecord record) {
    switch (record) {
      case ContactRecord contact -> append(handle, contact);
      case DispositionRecord disposition -> append(handle, disposition);
      case SurveyAnswer answer -> append(handle, answer);
      case ScriptRun run -> append(handle, run);
      case TaskClosed closed -> append(handle, closed);
      case SeatChanged seat -> SqlStanding.append(handle, seat);
      case CallSeen seen -> SqlStanding.append(handle, seen);
      case CustomerChosen chosen -> append(handle, chosen);
    }
  }

  private static void append(Handle handle, ContactRecord c) {
    handle
        .createUpdate(
            """
            INSERT INTO contact (call, customer, from_number, dialed, queue, agent, arrived, queued,
              answered, ended, outcome, path)
            VALUES (:call, :customer, :from, :dialed, :queue, :agent, :arrived, :queued, :answered,
              :ended, :outcome, :path)
            ON CONFLICT DO NOTHING
            """)
        .bind("call", c.call())
        .bind("customer", c.customer())
        .bind("from", c.fromNumber())
        .bind("dialed", c.dialed())
        .bind("queue", c.queue())
        .bind("agent", c.agent())
        .bind("arrived", SqlCustomerStore.time(c.arrived()))
        .bind("queued", SqlCustomerStore.time(c.queued()))
        .bind("answered", SqlCustomerStore.time(c.answered()))
        .bind("ended", SqlCustomerStore.time(c.ended()))
        .bind("outcome", c.outcome().name())
        .bind("path", c.path())
        .execute();
    SqlStanding.over(handle, c);
  }

  /// Of a call that is over; of one that is not, its own record will say it.
  private static void append(Handle handle, CustomerChosen c) {
    handle.execute("UPDATE contact SET customer = ? WHERE call = ?", c.customer(), c.call());
  }

  private static void append(Handle handle, DispositionRecord d) {
    handle
        .createUpdate(
            """
            INSERT INTO disposition (call, customer, agent, disposition, note, at)
            VALUES (:call, :customer, :agent, :disposition, :note, :at)
            """)
        .bind("call", d.call())
        .bind("customer", d.customer())
        .bind("agent", d.agent())
        .bind("disposition", d.disposition())
        .bind("note", d.note())
        .bind("at", SqlCustomerStore.time(d.at()))
        .execute();
    SqlStanding.wrappedUp(handle, d);
  }

  private static void append(Handle handle, SurveyAnswer a) {
    handle
        .createUpdate(
            """
            INSERT INTO survey_answer (call, customer, queue, agent, question, score, most, at)
            VALUES (:call, :customer, :queue, :agent, :question, :score, :most, :at)
            """)
        .bind("call", a.call())
        .bind("customer", a.customer())
        .bind("queue", a.queue())
        .bind("agent", a.agent())
        .bind("question", a.question())
        .bind("score", a.score())
        .bind("most", a.most())
        .bind("at", SqlCustomerStore.time(a.at()))
        .execute();
  }

  private static void append(Handle handle, ScriptRun r) {
    handle
        .createUpdate(
            """
            INSERT INTO script_run (call, script, version, at, ending, last, edges)
            VALUES (:call, :script, :version, :at, :ending, :last, :edges)
            """)
        .bind("call", r.call())
        .bind("script", r.script())
        .bind("version", r.version())
        .bind("at", SqlCustomerStore.time(r.at()))
        .bind("ending", r.ending())
        .bind("last", r.last())
        .bind("edges", r.edges())
        .execute();
  }

  /// Closed once: the first to close it did it.
  private static void append(Handle handle, TaskClosed t) {
    handle
        .createUpdate(
            "UPDATE task SET closed = :at, agent = :agent, note = :note"
                + " WHERE id = :task AND closed IS NULL")
        .bind("task", t.task())
        .bind("agent", t.agent())
        .bind("note", t.note())
        .bind("at", SqlCustomerStore.time(t.at()))
        .execute();
  }

  /// The day's figures so far, for a server that starts in the middle of it.
  ///
  /// @param midnight when the day began
  /// @param targets each queue's service-level time
  public Map<QueueId, QueueFigures> since(Instant midnight, Map<QueueId, Duration> targets) {
    var figures = new HashMap<QueueId, QueueFigures>();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT queue, queued, answered FROM contact"
                            + " WHERE queued IS NOT NULL AND outcome <> 'DIVERTED'"
                            + " AND ended >= :midnight")
                    .bind("midnight", SqlCustomerStore.time(midnight))
                    .map(
                        (row, _) ->
                            new Wait(
                                new QueueId(row.getString("queue")),
                                SqlCustomerStore.instant(
                                    row.getObject("queued", OffsetDateTime.class)),
                                SqlCustomerStore.instant(
                                    row.getObject("answered", OffsetDateTime.class))))
                    .forEach(wait -> count(figures, wait, targets)));
    scores(midnight, figures);
    return figures;
  }

  private void scores(Instant midnight, Map<QueueId, QueueFigures> figures) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT queue, score, most FROM survey_answer"
                            + " WHERE at >= :midnight AND queue <> ''")
                    .bind("midnight", SqlCustomerStore.time(midnight))
                    .map(
                        (row, _) ->
                            Map.entry(
                                row.getString("queue"),
                                new int[] {row.getInt("score"), row.getInt("most")}))
                    .forEach(
                        answer ->
                            figures.merge(
                                new QueueId(answer.getKey()),
                                QueueFigures.NONE.plusScore(
                                    answer.getValue()[0], answer.getValue()[1]),
                                (so, _) ->
                                    so.plusScore(answer.getValue()[0], answer.getValue()[1]))));
  }

  private static void count(
      Map<QueueId, QueueFigures> figures, Wait wait, Map<QueueId, Duration> targets) {
    Duration target = targets.getOrDefault(wait.queue(), Duration.ZERO);
    QueueFigures so = figures.getOrDefault(wait.queue(), QueueFigures.NONE);
    figures.put(
        wait.queue(),
        wait.answered() == null
            ? so.plusAbandoned()
            : so.plusAnswered(Duration.between(wait.queued(), wait.answered()), target));
  }

  private record Wait(QueueId queue, Instant queued, Instant answered) {}

  /// How many calls the history holds.
  public long contacts() {
    return count("contact");
  }

  public long dispositions() {
    return count("disposition");
  }

  private long count(String table) {
    return database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one());
  }

  /// How many calls ended in which way.
  public Map<String, Long> outcomes() {
    var outcomes = new HashMap<String, Long>();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery("SELECT outcome, count(*) AS calls FROM contact GROUP BY outcome")
                    .map((row, _) -> Map.entry(row.getString("outcome"), row.getLong("calls")))
                    .forEach(entry -> outcomes.put(entry.getKey(), entry.getValue())));
    return outcomes;
  }
}
