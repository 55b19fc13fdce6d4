package org.switchroom.acd;

/// Who waits in a contact.
public enum ContactKind {
  /// A caller, or whoever else is there until they are served.
  CALLER,
  /// Nobody: it is never sent out of the queues.
  WORK,
  /// An agent, who asks somebody about a contact that they have. It is in no service level: nobody
  /// has called.
  CONSULTATION;

  boolean counts() {
    return this != CONSULTATION;
  }
}
