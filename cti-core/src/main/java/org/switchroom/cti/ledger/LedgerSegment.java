package org.switchroom.cti.ledger;

import java.nio.file.Path;

/// What is known of a file of the ledger.
final class LedgerSegment {
  private final Path file;
  private final long first;
  private final long begun;
  private volatile long last;
  private volatile long bytes;

  /// @param begun in milliseconds; 0 where it is not known
  /// @param last number of its last frame; Long.MAX_VALUE while it is written to
  LedgerSegment(Path file, long first, long begun, long last, long bytes) {
    this.file = file;
    this.first = first;
    this.begun = begun;
    this.last = last;
    this.bytes = bytes;
  }

  Path file() {
    return file;
  }

  long first() {
    return first;
  }

  long begun() {
    return begun;
  }

  /// Long.MAX_VALUE while it is written to.
  long last() {
    return last;
  }

  long bytes() {
    return bytes;
  }

  void grewTo(long size) {
    bytes = size;
  }

  void ended(long number) {
    last = number;
  }
}
