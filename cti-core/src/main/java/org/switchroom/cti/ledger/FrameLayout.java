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
///   28  what it says                                          at most 16 MiB
/// ```
///
/// The ledger's id in the checksum keeps blocks that a file system had used for another ledger from
/// being taken for frames. The last frame on the disk tells, after the machine has died, what may
/// be torn and what must not be. One thread's.
final class FrameLayout {
  /// What one frame may say, in bytes.
  static final int LARGEST = 16 << 20;

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

  /// Puts a frame at the beginning of a buffer, and leaves it ready to be written. Leaves no
  /// garbage.
  ///
  /// @param payload stays as it is
  void put(ByteBuffer into, long number, long forced, int epoch, ByteBuffer payload) {
    int length = payload.remaining();
    into.clear();
    into.putInt(4, length).putLong(8, number).putLong(16, forced).putInt(24, epoch);
    into.put(HEADER, payload, payload.position(), length);
    into.limit(HEADER + length);
    into.putInt(0, checksum(into));
  }

  /// @param frame exactly its bytes, and left so
  private int checksum(ByteBuffer frame) {
    crc.reset();
    crc.update(id, 0, id.length);
    crc.update(frame.position(AFTER_CHECKSUM));
    frame.position(0);
    return (int) crc.getValue();
  }

  /// The length that a header names; negative where it can be none.
  static int length(ByteBuffer header) {
    int length = header.getInt(4);
    return length > LARGEST ? -1 : length;
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
    return frame.getInt(0) == checksum(frame);
  }
}
