package org.switchroom.cti.ledger;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/// How a frame stands in a segment, big-endian:
///
/// ```
///    0  CRC-32C of the ledger's id and of all that follows   4
///    4  length of what it says, in bytes                      4
///    8  its number                                            8
///   16  the last frame that was on the disk when it was written   8
///   24  the run's epoch                                       4
///   28  what it says                                          at most 256 KiB
/// ```
///
/// The ledger's id in the checksum keeps blocks that a file system had used for another ledger from
/// being taken for frames. The last frame on the disk tells, after the machine has died, what may
/// be torn and what must not be. One thread's.
final class FrameLayout {
  static final int HEADER = 28;
  private static final int AFTER_CHECKSUM = 4;

  private final byte[] id;
  private final CRC32C crc = new CRC32C();

  FrameLayout(UUID ledger) {
    id =
        ByteBuffer.allocate(16)
            .putLong(ledger.getMostSignificantBits())
            .putLong(ledger.getLeastSignificantBits())
            .array();
  }

  /// What is known of a whole frame.
  ///
  /// @param size with its header, in bytes
  record Whole(long number, long forced, int epoch, int size) {}

  /// Puts a frame at the beginning of an empty buffer, and leaves it ready to be written.
  void put(ByteBuffer into, long number, long forced, int epoch, ByteBuffer payload) {
    into.clear();
    into.putInt(0).putInt(payload.remaining()).putLong(number).putLong(forced).putInt(epoch);
    into.put(payload);
    into.flip();
    into.putInt(0, checksum(into, 0, into.limit()));
  }

  private int checksum(ByteBuffer buffer, int begin, int size) {
    crc.reset();
    crc.update(id, 0, id.length);
    crc.update(buffer.slice(begin + AFTER_CHECKSUM, size - AFTER_CHECKSUM));
    return (int) crc.getValue();
  }

  /// The length that a header names; negative where it can be none.
  static int length(ByteBuffer header) {
    int length = header.getInt(4);
    return length > Ledger.LARGEST_FRAME ? -1 : length;
  }

  static long number(ByteBuffer header) {
    return header.getLong(8);
  }

  static long forced(ByteBuffer header) {
    return header.getLong(16);
  }

  static int epoch(ByteBuffer header) {
    return header.getInt(24);
  }

  /// @param frame exactly its bytes
  boolean isWhole(ByteBuffer frame) {
    return frame.getInt(0) == checksum(frame, 0, frame.limit());
  }
}
