package org.switchroom.cti.journal;

import java.io.IOException;

/// A record in the middle of the journal cannot be read: not the work of a crash.
public final class JournalBrokenException extends IOException {
  private static final long serialVersionUID = 1L;

  JournalBrokenException(String message) {
    super(message);
  }
}
