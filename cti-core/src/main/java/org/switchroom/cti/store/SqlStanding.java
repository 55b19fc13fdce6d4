package org.switchroom.cti.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.customer.CallSeen;
import org.switchroom.cti.customer.ContactRecord;
import org.switchroom.cti.customer.DispositionRecord;
import org.switchroom.cti.customer.HistoryRecord;
import org.switchroom.cti.customer.SeatChanged;
import org.switchroom.cti.journal.RecordCodec;
import org.switchroom.cti.pbx.CallId;

/// What a server that starts again must know: one row an agent, one row a call that is not over.
/// Each row is the last record that was written of it.
public final class SqlStanding {
  private static final Logger log = LoggerFactory.getLogger(SqlStanding.class);

  /// More than a server that dies can have left the PBX to forget.
  private static final int LAST_CLOSED = 1_000;

  private final Database database;

  public SqlStanding(Database database) {
    this.database = database;
  }

  /// What each agent was last told of themselves.
  public Map<AgentId, SeatChanged> seats() {
    var seats = new HashMap<AgentId, SeatChanged>();
    for (HistoryRecord record : records("SELECT said FROM seat")) {
      if (record instanceof SeatChanged seat) seats.put(new AgentId(seat.agent()), seat);
    }
    return seats;
  }

  /// The calls that were not over, oldest first.
  public List<CallSeen> calls() {
    var calls = new ArrayList<CallSeen>();
    for (HistoryRecord record : records("SELECT said FROM live_call ORDER BY at")) {
      if (record instanceof CallSeen seen) calls.add(seen);
    }
    return calls;
  }

  /// The calls that were over last.
  public Set<CallId> closed() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT call FROM contact ORDER BY ended DESC LIMIT :most")
                    .bind("most", LAST_CLOSED)
                    .map((row, _) -> new CallId(row.getString("call")))
                    .set());
  }

  /// A row that cannot be read stops no start.
  private List<HistoryRecord> records(String sql) {
    var records = new ArrayList<HistoryRecord>();
    List<String> rows =
        database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
    for (String row : rows) {
      try {
        records.add(RecordCodec.record(row.getBytes(StandardCharsets.UTF_8)));
      } catch (IOException e) {
        log.error("What the last run has left cannot be read, and is left out: {}", row, e);
      }
    }
    return records;
  }

  static void append(Handle handle, SeatChanged seat) {
    put(handle, "seat", "agent", seat.agent(), seat, seat.at());
    if (seat.wrapUp() != null) released(handle, seat.wrapUp().call());
  }

  /// Whoever wraps up a call has left it, also where a crash came before the call's own record. A
  /// caller who has gone on since is left as they are.
  private static void released(Handle handle, CallSeen call) {
    handle.execute(
        "UPDATE live_call SET said = ?, at = ? WHERE call = ? AND at < ?",
        text(call),
        SqlCustomerStore.time(call.at()),
        call.call(),
        SqlCustomerStore.time(call.at()));
  }

  static void append(Handle handle, CallSeen seen) {
    put(handle, "live_call", "call", seen.call(), seen, seen.at());
  }

  private static void put(
      Handle handle, String table, String key, String of, HistoryRecord said, Instant at) {
    String text = text(said);
    int known =
        handle.execute(
            "UPDATE %s SET said = ?, at = ? WHERE %s = ?".formatted(table, key),
            text,
            SqlCustomerStore.time(at),
            of);
    if (known > 0) return;
    handle.execute(
        "INSERT INTO %s (%s, said, at) VALUES (?, ?, ?)".formatted(table, key),
        of,
        text,
        SqlCustomerStore.time(at));
  }

  private static String text(HistoryRecord record) {
    return new String(RecordCodec.bytes(record), StandardCharsets.UTF_8);
  }

  static void over(Handle handle, ContactRecord contact) {
    handle.execute("DELETE FROM live_call WHERE call = ?", contact.call());
  }

  /// Who has said what a call was about is not asked again.
  static void wrappedUp(Handle handle, DispositionRecord disposition) {
    String said =
        handle
            .createQuery("SELECT said FROM seat WHERE agent = :agent")
            .bind("agent", disposition.agent())
            .mapTo(String.class)
            .findFirst()
            .orElse(null);
    if (said == null) return;
    try {
      HistoryRecord record = RecordCodec.record(said.getBytes(StandardCharsets.UTF_8));
      boolean asked =
          record instanceof SeatChanged seat
              && seat.wrapUp() != null
              && seat.wrapUp().call().call().equals(disposition.call());
      if (asked) append(handle, ((SeatChanged) record).wrappedUp());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
