package org.switchroom.cti.customer;

import java.util.List;
import java.util.Optional;
import org.switchroom.cti.task.Task;

/// Orders, tickets and tasks. Every call does I/O.
public interface BackOffice {
  Optional<Order> order(String number);

  Optional<Order> latestOrder(long customer);

  Optional<Ticket> ticket(String number);

  Optional<Ticket> latestOpenTicket(long customer);

  /// Those that nobody has closed, oldest first.
  List<Task> openTasks();

  /// The greatest number that a ticket or a task has; 0: there is none.
  long lastNumber();

  /// A task, open or closed.
  Optional<Task> task(String id);

  /// The hash of a customer's PIN; empty: they have none.
  String pinHash(long customer);
}
