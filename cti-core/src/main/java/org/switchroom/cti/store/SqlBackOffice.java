package org.switchroom.cti.store;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.BackOffice;
import org.switchroom.cti.customer.Order;
import org.switchroom.cti.customer.Ticket;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.task.Task;

/// Orders, tickets and tasks in SQL.
public final class SqlBackOffice implements BackOffice {
  private static final int MOST_TASKS = 20_000;

  /// With the queue where they are now, and the number by which their caller came.
  private static final String TASKS =
      "SELECT t.*, c.queue AS waits_in, c.dialed FROM task t JOIN contact c ON c.id = t.contact";

  private static final RowMapper<Order> ORDER =
      (row, _) ->
          new Order(
              row.getString("number"),
              row.getLong("customer"),
              row.getObject("placed", LocalDate.class),
              row.getString("status"),
              Optional.ofNullable(row.getObject("due", LocalDate.class)),
              row.getString("amount"),
              row.getString("title"));

  private static final RowMapper<Ticket> TICKET =
      (row, _) ->
          new Ticket(
              row.getLong("number"),
              Optional.ofNullable(row.getObject("customer", Long.class)),
              row.getString("subject"),
              row.getString("priority"),
              row.getString("status"),
              row.getString("recording"),
              row.getString("call"),
              SqlCustomerStore.instant(row.getObject("created", OffsetDateTime.class)));

  private static final RowMapper<Task> TASK =
      (row, _) ->
          new Task(
              row.getString("id"),
              Task.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
              new QueueId(
                  row.getString(row.getString("waits_in").isEmpty() ? "queue" : "waits_in")),
              Optional.ofNullable(row.getObject("customer", Long.class)),
              row.getString("name"),
              row.getString("from_number"),
              row.getString("recording"),
              row.getInt("seconds"),
              new CallId(row.getString("call")),
              new PhoneNumber(row.getString("dialed")),
              SqlCustomerStore.instant(row.getObject("created", OffsetDateTime.class)));

  private final Database database;

  public SqlBackOffice(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Order> order(String number) {
    return first(ORDER, "SELECT * FROM customer_order WHERE number = :key", number);
  }

  @Override
  public Optional<Order> latestOrder(long customer) {
    return first(
        ORDER,
        "SELECT * FROM customer_order WHERE customer = :key ORDER BY placed DESC, number DESC LIMIT"
            + " 1",
        customer);
  }

  @Override
  public Optional<Ticket> ticket(String number) {
    if (!number.matches("\\d{1,18}")) return Optional.empty();
    return first(TICKET, "SELECT * FROM ticket WHERE number = :key", Long.parseLong(number));
  }

  @Override
  public Optional<Ticket> latestOpenTicket(long customer) {
    return first(
        TICKET,
        "SELECT * FROM ticket WHERE customer = :key AND status = 'open' ORDER BY number DESC LIMIT"
            + " 1",
        customer);
  }

  private <T> Optional<T> first(RowMapper<T> mapper, String sql, Object key) {
    return database
        .jdbi()
        .withHandle(handle -> handle.createQuery(sql).bind("key", key).map(mapper).findFirst());
  }

  @Override
  public List<Task> openTasks() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        TASKS + " WHERE t.closed IS NULL ORDER BY t.created, t.id LIMIT :most")
                    .bind("most", MOST_TASKS)
                    .map(TASK)
                    .list());
  }

  @Override
  public long lastNumber() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT GREATEST((SELECT COALESCE(MAX(number), 0) FROM ticket), (SELECT"
                            + " COALESCE(MAX(CAST(id AS BIGINT)), 0) FROM task))")
                    .mapTo(Long.class)
                    .one());
  }

  @Override
  public Optional<Task> task(String id) {
    return first(TASK, TASKS + " WHERE t.id = :key", id);
  }

  @Override
  public String pinHash(long customer) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT pin_hash FROM customer WHERE id = :id")
                    .bind("id", customer)
                    .mapTo(String.class)
                    .findFirst()
                    .orElse(""));
  }
}
