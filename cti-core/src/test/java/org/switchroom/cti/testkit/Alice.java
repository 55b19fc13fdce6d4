package org.switchroom.cti.testkit;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.switchroom.cti.customer.Order;
import org.switchroom.cti.customer.Pins;
import org.switchroom.cti.store.CustomerSeed;
import org.switchroom.cti.store.Database;

/// The customer of the scripts' tests: gold, customer number 1042, PIN 2468, and one order, 40712,
/// at the customs.
public final class Alice {
  private Alice() {}

  /// Writes her into a database.
  ///
  /// @param pins with the key of the server that she calls
  /// @param phone her number, in E.164
  /// @param ordered when she ordered
  /// @param due when the order is to arrive
  public static void into(
      Database database, Pins pins, String phone, LocalDate ordered, LocalDate due) {
    var order =
        new Order("40712", 0, ordered, "customs", Optional.of(due), "900 TWD", "Middlemarch");
    new CustomerSeed(database)
        .write(
            List.of(
                new CustomerSeed.Entry(
                    "1042",
                    "Alice",
                    "",
                    "gold",
                    "en",
                    pins.hash("2468"),
                    List.of(phone),
                    List.of(),
                    List.of(order))));
  }
}
