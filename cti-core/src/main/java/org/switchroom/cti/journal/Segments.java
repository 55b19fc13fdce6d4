package org.switchroom.cti.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
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
  /// @param end of the last good record in its file, in bytes
  record End(long number, long end, long torn) {}

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

  /// Reads one file up to its end, or to the first record that is not whole.
  static End read(Path file, long first, Reader reader) throws IOException {
    long number = first - 1;
    long at = 0;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      while (at + HEADER <= size) {
        header.clear();
        fill(channel, header, at);
        int length = header.getInt(0);
        if (length < 0 || length > LARGEST || at + HEADER + length > size) break;
        ByteBuffer payload = ByteBuffer.allocate(length);
        fill(channel, payload, at + HEADER);
        boolean whole =
            header.getLong(8) == number + 1
                && header.getInt(4) == checksum(number + 1, payload.array());
        if (!whole) break;
        number++;
        at += HEADER + length;
        if (!reader.on(number, payload.array())) break;
      }
      return new End(number, at, size - at);
    }
  }

  private static void fill(FileChannel channel, ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int read = channel.read(into, at);
      if (read < 0) throw new IOException("The file ends at " + at + ".");
      at += read;
    }
  }

  /// Reads on from a record.
  ///
  /// @param files as [#all] has them
  static void read(Map<Long, Path> files, long from, Reader reader) throws IOException {
    var numbers = new TreeMap<>(files);
    Long first = numbers.floorKey(from);
    boolean[] enough = {false};
    for (var file : (first == null ? numbers : numbers.tailMap(first)).entrySet()) {
      if (enough[0]) return;
      read(
          file.getValue(),
          file.getKey(),
          (number, payload) -> {
            if (number < from) return true;
            enough[0] = !reader.on(number, payload);
            return !enough[0];
          });
    }
  }
}
