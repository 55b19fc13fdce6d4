package org.switchroom.cti.ledger;

import java.io.IOException;
import java.nio.file.Path;

/// A frame that was on the disk cannot be read: not the work of a crash.
public final class LedgerBrokenException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final long at;
  private final long frame;

  LedgerBrokenException(Path file, long at, long frame, String how) {
    super(
        "%s cannot be read beyond byte %d, where frame %d should begin: %s. Bring the file back from a backup, or set the ledger aside."
            .formatted(file, at, frame, how));
    this.file = file;
    this.at = at;
    this.frame = frame;
  }

  public Path file() {
    return file;
  }

  /// In bytes from the beginning of the file.
  public long at() {
    return at;
  }

  /// The number of the frame that should be there.
  public long frame() {
    return frame;
  }
}
