package org.switchroom.cti.center;

import org.switchroom.acd.ContactId;
import org.switchroom.cti.pbx.CallId;

/// What the router calls a call. A caller who waits a second time, after a talk, is a contact of
/// their own: the agent of the first may still be wrapping it up.
final class Contacts {
  private static final char TURN = '~';

  /// A wrap-up of an earlier run.
  private static final String WRAP_UP = TURN + "w";

  private Contacts() {}

  static ContactId of(Call call) {
    String id = call.id.value();
    return new ContactId(call.turn == 0 ? id : id + TURN + call.turn);
  }

  static ContactId wrappedUp(CallId call) {
    return new ContactId(call.value() + WRAP_UP);
  }

  static CallId call(ContactId contact) {
    String id = contact.value();
    int end = id.lastIndexOf(TURN);
    return new CallId(end > 0 ? id.substring(0, end) : id);
  }
}
