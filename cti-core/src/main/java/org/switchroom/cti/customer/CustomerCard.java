package org.switchroom.cti.customer;

import java.util.List;

/// A customer as an agent sees them: the fixed data, and the newest of their history first.
///
/// @param lastAgent who talked to them last; empty: nobody yet
/// @param openTickets how many are open
public record CustomerCard(
    Customer customer,
    List<String> numbers,
    List<TimelineEntry> timeline,
    String lastAgent,
    int openTickets) {
  /// Of whom nothing is known any more.
  public static final CustomerCard NOBODY =
      new CustomerCard(Customer.of(0, "", "", ""), List.of(), List.of());

  public boolean isNobody() {
    return equals(NOBODY);
  }

  /// Nobody has talked to them.
  public CustomerCard(Customer customer, List<String> numbers, List<TimelineEntry> timeline) {
    this(customer, numbers, timeline, "", 0);
  }
}
