package org.switchroom.cti.event;

import org.switchroom.cti.personal.Personal;

/// What an agent says of a contact.
///
/// @param disposition one of the queue's; empty: none
public record Draft(String disposition, @Personal String note) {
  public static final Draft NONE = new Draft("", "");
}
