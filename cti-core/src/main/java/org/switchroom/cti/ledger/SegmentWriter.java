package org.switchroom.cti.ledger;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/// A segment that is written to: by the engine's thread; forced and closed by the forcing one.
final class SegmentWriter {
  private final LedgerDisk disk;
  private final LedgerSegment segment;
  private final LedgerDisk.WrittenFile file;

  /// Of what is whole. The engine's thread's.
  private long end;

  /// Whether something half written stands behind the end. The engine's thread's.
  private boolean half;

  /// Whether its name is on the disk. The forcing thread's.
  private boolean named;

  private SegmentWriter(LedgerDisk disk, LedgerSegment segment, LedgerDisk.WrittenFile file) {
    this.disk = disk;
    this.segment = segment;
    this.file = file;
    end = segment.bytes();
  }

  /// @throws IOException when there is no room; there is no file then
  static SegmentWriter create(LedgerDisk disk, Path path, SegmentHeader header) throws IOException {
    try {
      LedgerDisk.WrittenFile file = disk.create(path);
      try {
        file.write(header.bytes(), 0);
      } catch (IOException e) {
        file.close();
        throw e;
      }
      var segment =
          new LedgerSegment(
              path, header.first(), header.begun(), Long.MAX_VALUE, SegmentHeader.SIZE);
      return new SegmentWriter(disk, segment, file);
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  LedgerSegment segment() {
    return segment;
  }

  boolean isEmpty() {
    return end == SegmentHeader.SIZE;
  }

  boolean hasRoom(int size, long most) {
    return isEmpty() || end + size <= most;
  }

  /// @throws IOException when it could not be written; what is there of it is no frame
  void append(ByteBuffer frame) throws IOException {
    int size = frame.remaining();
    try {
      file.write(frame, end);
    } catch (IOException e) {
      half = true;
      throw e;
    }
    end += size;
    half = false;
    segment.grewTo(end);
  }

  /// Cuts off what is half written. It does no harm where it stays: it is no frame, and the next
  /// one is written over it.
  void tidy() throws IOException {
    if (half) file.truncate(end);
    half = false;
  }

  /// No more frames come.
  void seal(long last) {
    segment.ended(last);
  }

  /// The forcing thread's.
  void force() throws IOException {
    file.force();
    if (!named) disk.forceNames(requireNonNull(segment.file().toAbsolutePath().getParent()));
    named = true;
  }

  void close() throws IOException {
    file.close();
  }
}
