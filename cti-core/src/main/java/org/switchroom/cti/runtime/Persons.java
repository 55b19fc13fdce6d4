package org.switchroom.cti.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.contact.Contact;
import org.switchroom.cti.event.AgentEvent;
import org.switchroom.cti.event.CallEvent;
import org.switchroom.cti.event.CallEvent.CallArrived;
import org.switchroom.cti.event.CallEvent.CallJoined;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.CenterEvent.TicketOpened;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.ContactEvent.TaskOpened;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.pbx.PhoneNumber;

/// Whose contact it is: a person is the number they call from or are to be called at, as the
/// network has it; where it is hidden, or forgotten, their contact. One thread's.
public final class Persons {
  /// More than are live at once. Of contacts beyond, what comes is the contact's own.
  private static final int MOST = 100_000;

  private final Map<ContactId, String> byContact = new Bounded<>();

  /// A ticket knows only its call.
  private final Map<String, String> byCall = new Bounded<>();

  private static final class Bounded<K> extends LinkedHashMap<K, String> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, String> eldest) {
      return size() > MOST;
    }
  }

  /// The name of whoever has a number, where it is not hidden.
  public static String named(PhoneNumber number) {
    return "number " + number;
  }

  /// The name of whoever has a contact of which no number is known.
  public static String named(ContactId contact) {
    return "contact " + contact;
  }

  /// The name of whoever has a call of which nothing else is known.
  public static String namedCall(String call) {
    return "call " + call;
  }

  /// A contact that began before.
  void knows(Contact contact) {
    String person = known(contact.id(), contact.arrival().from());
    contact.call().ifPresent(call -> byCall.put(call.value(), person));
  }

  private String known(ContactId contact, PhoneNumber from) {
    String person = from.hidden() ? named(contact) : named(from);
    byContact.put(contact, person);
    return person;
  }

  String of(ContactId contact) {
    String known = byContact.get(contact);
    return known != null ? known : named(contact);
  }

  /// Of whom an event tells.
  ///
  /// @throws IllegalArgumentException when it can tell of nobody
  String of(Event event) {
    return switch (event) {
      case CallArrived e -> {
        String person = known(e.contact(), e.from());
        byCall.put(e.call().value(), person);
        yield person;
      }
      case CallJoined e -> {
        String person = of(e.contact());
        byCall.put(e.call().value(), person);
        yield person;
      }
      case TaskOpened e -> known(e.contact(), new PhoneNumber(e.task().number()));
      case CallEvent e -> of(e.contact());
      case ContactEvent e -> of(e.contact());
      case TicketOpened(var ticket) -> byCall.getOrDefault(ticket.call(), namedCall(ticket.call()));
      case CenterEvent _, AgentEvent _ ->
          throw new IllegalArgumentException(
              "%s is personal, and it is not known whose it is. Maybe say so here."
                  .formatted(event.getClass().getSimpleName()));
    };
  }
}
