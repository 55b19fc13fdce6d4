package org.switchroom.acd;

import java.time.Instant;
import java.util.Comparator;

/// One contact, as the router sees it. Only the router changes it.
final class Contact {
  /// Priority, then age, then the order in which they came.
  static final Comparator<Contact> SERVED_FIRST =
      Comparator.<Contact>comparingInt(contact -> -contact.priority)
          .thenComparing(contact -> contact.arrived)
          .thenComparingLong(contact -> contact.sequence);

  final ContactId id;
  final Queue queue;
  final int priority;
  final Instant arrived;
  final long sequence;

  /// Null while waiting.
  OfferId offer;

  Contact(ContactId id, Queue queue, int priority, Instant arrived, long sequence) {
    this.id = id;
    this.queue = queue;
    this.priority = priority;
    this.arrived = arrived;
    this.sequence = sequence;
  }
}
