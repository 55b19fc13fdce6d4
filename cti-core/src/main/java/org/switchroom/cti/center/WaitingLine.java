package org.switchroom.cti.center;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.switchroom.acd.ContactId;

/// Who waits in one queue, in the order in which they came.
final class WaitingLine {
  private record Waiter(Instant since, ContactId contact) {}

  private final TreeSet<Waiter> waiting =
      new TreeSet<>(
          Comparator.comparing(Waiter::since).thenComparing(waiter -> waiter.contact().value()));
  private final Map<ContactId, Waiter> byContact = new HashMap<>();

  void joins(ContactId contact, Instant since) {
    var waiter = new Waiter(since, contact);
    Waiter before = byContact.put(contact, waiter);
    if (before != null) waiting.remove(before);
    waiting.add(waiter);
  }

  void leaves(ContactId contact) {
    Waiter waiter = byContact.remove(contact);
    if (waiter != null) waiting.remove(waiter);
  }

  boolean has(ContactId contact) {
    return byContact.containsKey(contact);
  }

  int size() {
    return waiting.size();
  }

  Optional<Instant> oldest() {
    return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.first().since());
  }

  List<ContactId> first(int most) {
    return waiting.stream().limit(most).map(Waiter::contact).toList();
  }
}
