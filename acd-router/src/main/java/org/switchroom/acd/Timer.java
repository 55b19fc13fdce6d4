package org.switchroom.acd;

import java.util.Optional;

/// Something that becomes due. It belongs to a contact, an assignment or a queue, and is used again
/// and again.
final class Timer {
  enum Kind {
    OFFER_EXPIRES,
    STEP_ENDS,
    WAITED,
    WRAP_UP_ENDS,
    CLOSES
  }

  Kind kind;
  final Object owner;
  long due;
  long sequence;
  int place = -1;

  Timer(Kind kind, Object owner) {
    this.kind = kind;
    this.owner = owner;
  }

  /// Empty: it is not set.
  Optional<DueMemory> memory() {
    return place < 0
        ? Optional.empty()
        : Optional.of(new DueMemory(RouterTime.instant(due), sequence));
  }
}
