package org.switchroom.cti.event;

/// What an agent says of a contact.
///
/// @param disposition one of the queue's; empty: none
public record Draft(String disposition, String note) {
  public static final Draft NONE = new Draft("", "");
}
