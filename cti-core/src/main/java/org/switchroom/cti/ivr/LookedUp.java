package org.switchroom.cti.ivr;

import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.switchroom.cti.customer.Customer;
import org.switchroom.cti.customer.CustomerCard;
import org.switchroom.cti.customer.Order;
import org.switchroom.cti.customer.Ticket;

/// What a script is given of what it has looked up, by the names of `docs/ivr.md`.
final class LookedUp {
  private LookedUp() {}

  static Map<String, Object> of(CustomerCard card) {
    var record = components(card.customer());
    record.put("matches", 1);
    record.put("agent", card.lastAgent());
    record.put("openTickets", card.openTickets());
    return record;
  }

  /// What there is of it, each by its name.
  private static Map<String, Object> components(Customer customer) {
    var components = new HashMap<String, Object>();
    try {
      for (RecordComponent component : Customer.class.getRecordComponents()) {
        components.put(component.getName(), component.getAccessor().invoke(customer));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return components;
  }

  static Map<String, Object> of(Order order) {
    var record = new HashMap<String, Object>();
    record.put("number", order.number());
    record.put("customer", order.customer());
    record.put("date", order.placed().toString());
    record.put("status", order.status());
    record.put("due", order.due().map(LocalDate::toString).orElse(""));
    record.put("amount", order.amount());
    return record;
  }

  static Map<String, Object> of(Ticket ticket) {
    var record = new HashMap<String, Object>();
    record.put("number", Long.toString(ticket.id()));
    record.put("customer", ticket.customer().<Object>map(id -> id).orElse(""));
    record.put("status", ticket.status());
    record.put("priority", ticket.priority());
    record.put("date", ticket.created().toString());
    return record;
  }
}
