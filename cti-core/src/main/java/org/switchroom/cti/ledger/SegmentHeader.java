package org.switchroom.cti.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/// The first 64 bytes of a segment, big-endian: "SWLEDGER", format, epoch, ledger's id, number of
/// its first frame, when it was begun (milliseconds), the last frame that was on the disk then,
/// zeros, CRC-32C of all that.
///
/// @param epoch of the run that wrote it; a segment is one run's
/// @param begun in milliseconds
/// @param forced a run's first file says that all before it was on the disk
record SegmentHeader(UUID ledger, int epoch, long first, long begun, long forced) {
  static final int SIZE = 64;
  static final int FORMAT = 1;
  private static final long MAGIC = 0x53574C4544474552L;

  ByteBuffer bytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(SIZE)
            .putLong(MAGIC)
            .putInt(FORMAT)
            .putInt(epoch)
            .putLong(ledger.getMostSignificantBits())
            .putLong(ledger.getLeastSignificantBits())
            .putLong(first)
            .putLong(begun)
            .putLong(forced);
    bytes.putInt(SIZE - 4, checksum(bytes));
    return bytes.clear();
  }

  private static int checksum(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes.slice(0, SIZE - 4));
    return (int) crc.getValue();
  }

  /// Empty where it is not whole.
  ///
  /// @throws IOException when the file cannot be read, or is of a later version
  static Optional<SegmentHeader> read(LedgerDisk disk, Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE);
    try (var source = disk.read(file)) {
      int read = 0;
      while (bytes.hasRemaining() && read >= 0) read = source.read(bytes, bytes.position());
    }
    if (bytes.hasRemaining() || bytes.getLong(0) != MAGIC) return Optional.empty();
    if (bytes.getInt(SIZE - 4) != checksum(bytes)) return Optional.empty();
    if (bytes.getInt(8) != FORMAT) {
      throw new IOException(
          "%s has format %d; this version reads %d. Maybe a newer version wrote it."
              .formatted(file, bytes.getInt(8), FORMAT));
    }
    return Optional.of(
        new SegmentHeader(
            new UUID(bytes.getLong(16), bytes.getLong(24)),
            bytes.getInt(12),
            bytes.getLong(32),
            bytes.getLong(40),
            bytes.getLong(48)));
  }
}
