package org.switchroom.cti.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Writes many customers with their history at once: for the demo and for tests.
public final class CustomerSeed {
  public record Event(Instant at, String kind, String text) {}

  public record Entry(
      String account,
      String name,
      String organisation,
      String tier,
      String language,
      List<String> numbers,
      List<Event> history) {}

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
                "INSERT INTO customer (account, name, organisation, tier, language)"
                    + " VALUES (?, ?, ?, ?, ?)")
            .bind(0, entry.account())
            .bind(1, entry.name())
            .bind(2, entry.organisation())
            .bind(3, entry.tier())
            .bind(4, entry.language())
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one();
    for (String number : entry.numbers()) {
      handle.execute("INSERT INTO contact_point (customer, number) VALUES (?, ?)", id, number);
    }
    for (Event event : entry.history()) {
      handle.execute(
          "INSERT INTO timeline (customer, at, kind, text) VALUES (?, ?, ?, ?)",
          id,
          SqlCustomerStore.time(event.at()),
          event.kind(),
          event.text());
    }
  }
}
