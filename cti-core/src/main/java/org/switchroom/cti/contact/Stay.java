package org.switchroom.cti.contact;

import java.time.Instant;
import org.switchroom.acd.ContactId;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.event.QueueRequest;

/// One wait in the queues, from its beginning to an agent or the end.
///
/// @param number of the contact's, from 1
/// @param since the contact's age in the queue, which no offer and no other queue changes
/// @param priority points in all
public record Stay(int number, QueueId queue, Instant since, QueueRequest request, int priority) {
  private static final char NUMBER = '~';

  /// One of which only this is known.
  static Stay told(int number, QueueId queue, Instant since) {
    return new Stay(number, queue, since, QueueRequest.of(queue), 0);
  }

  /// What the router calls this stay. A contact that waits a second time, after a talk, is another
  /// one to the router: the agent of the first may still be wrapping it up.
  public static ContactId routed(ContactId contact, int number) {
    return number == 1 ? contact : new ContactId(contact.value() + NUMBER + number);
  }

  /// Whose stay it is.
  public static ContactId contact(ContactId routed) {
    int end = routed.value().lastIndexOf(NUMBER);
    return end < 0 ? routed : new ContactId(routed.value().substring(0, end));
  }

  /// Which it is, from 1.
  public static int number(ContactId routed) {
    int end = routed.value().lastIndexOf(NUMBER);
    return end < 0 ? 1 : Integer.parseInt(routed.value().substring(end + 1));
  }

  Stay in(QueueId other) {
    return new Stay(number, other, since, request, priority);
  }

  Stay with(int points) {
    return new Stay(number, queue, since, request, points);
  }
}
