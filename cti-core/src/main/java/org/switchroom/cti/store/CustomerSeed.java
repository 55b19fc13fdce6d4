package org.switchroom.cti.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.switchroom.cti.customer.Order;

/// Writes many customers with their history at once: for the demo and for tests.
public final class CustomerSeed {
  public record PastEvent(Instant at, String kind, String text) {}

  /// @param pinHash empty: no PIN
  /// @param orders the customer in them does not count
  public record Entry(
      String account,
      String name,
      String organisation,
      String tier,
      String language,
      String pinHash,
      List<String> numbers,
      List<PastEvent> history,
      List<Order> orders) {
    /// One with nothing but a history.
    public Entry(
        String account,
        String name,
        String organisation,
        String tier,
        String language,
        List<String> numbers,
        List<PastEvent> history) {
      this(account, name, organisation, tier, language, "", numbers, history, List.of());
    }
  }

  private final Database database;

  public CustomerSeed(Database database) {
    this.database = database;
  }

  /// All of them or none.
  public void write(List<Entry> entries) {
    database.jdbi().useTransaction(handle -> entries.forEach(entry -> write(handle, entry)));
  }

  private static void write(Handle handle, Entry entry) {
    long id =
        handle
            .createUpdate(
                "INSERT INTO customer (account, name, organisation, tier, language, pin_hash)"
                    + " VALUES (?, ?, ?, ?, ?, ?)")
            .bind(0, entry.account())
            .bind(1, entry.name())
            .bind(2, entry.organisation())
            .bind(3, entry.tier())
            .bind(4, entry.language())
            .bind(5, entry.pinHash())
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one();
    for (String number : entry.numbers()) {
      handle.execute("INSERT INTO contact_point (customer, number) VALUES (?, ?)", id, number);
    }
    for (Order order : entry.orders()) {
      handle.execute(
          "INSERT INTO customer_order (number, customer, placed, status, due, amount, title)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?)",
          order.number(),
          id,
          order.placed(),
          order.status(),
          order.due().orElse(null),
          order.amount(),
          order.title());
    }
    for (PastEvent event : entry.history()) {
      handle.execute(
          "INSERT INTO timeline (customer, at, kind, text) VALUES (?, ?, ?, ?)",
          id,
          SqlCustomerStore.time(event.at()),
          event.kind(),
          event.text());
    }
  }
}
