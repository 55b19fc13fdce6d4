package org.switchroom.cti.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// The journal's files. Each is named by its first record's number, so that they sort by age:
/// `00000000000000000001.journal`. A record is its length (4 bytes), the CRC-32C of the rest (4),
/// its number (8), and what it says.
final class Segments {
  static final int HEADER = 16;

  /// Larger than anything that is written.
  static final int LARGEST = 1 << 20;

  private static final String ENDING = ".journal";

  /// What is to be done with each record, from the oldest.
  @FunctionalInterface
  interface Reader {
    /// False: enough.
    boolean on(long number, byte[] payload);
  }

  /// @param number of the last good record; one less than the first where there is none
  /// @param at where it ends in its file, in bytes
  record End(long number, long at) {}

  private final Path folder;

  Segments(Path folder) {
    this.folder = folder;
  }

  Path file(long first) {
    return folder.resolve("%020d%s".formatted(first, ENDING));
  }

  /// By their first records.
  TreeMap<Long, Path> all() throws IOException {
    var files = new TreeMap<Long, Path>();
    try (var list = Files.list(folder)) {
      for (Path file : list.toList()) {
        String name = file.getFileName().toString();
        if (name.matches("\\d{20}\\" + ENDING)) {
          files.put(Long.parseLong(name.substring(0, 20)), file);
        }
      }
    }
    return files;
  }

  static void put(ByteBuffer to, long number, byte[] payload) {
    to.putInt(payload.length);
    to.putInt(checksum(number, payload));
    to.putLong(number);
    to.put(payload);
  }

  private static int checksum(long number, byte[] payload) {
    var crc = new CRC32C();
    crc.update(ByteBuffer.allocate(8).putLong(0, number));
    crc.update(payload, 0, payload.length);
    return (int) crc.getValue();
  }

  /// Reads on in one file: up to a record, or as far as records are whole, or until the reader has
  /// enough.
  ///
  /// @param number of the record at byte `at`
  /// @param until the last record that is wanted
  static End read(Blocks file, long number, long at, long until, Reader reader) throws IOException {
    var end = new End(number - 1, at);
    while (end.number() < until) {
      ByteBuffer header = file.at(end.at(), HEADER);
      if (header.remaining() < HEADER) break;
      int length = header.getInt(0);
      int checksum = header.getInt(4);
      long next = end.number() + 1;
      if (length < 0 || length > LARGEST || header.getLong(8) != next) break;
      ByteBuffer record = file.at(end.at(), HEADER + length);
      if (record.remaining() < HEADER + length) break;
      byte[] payload = new byte[length];
      record.get(HEADER, payload);
      if (checksum != checksum(next, payload)) break;
      end = new End(next, end.at() + HEADER + length);
      if (!reader.on(next, payload)) break;
    }
    return end;
  }
}
