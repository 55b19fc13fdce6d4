package org.switchroom.cti.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A file that is read in blocks, through one buffer that is used again. One thread's.
final class FileWindow implements AutoCloseable {
  private static final int BLOCK = 64 << 10;

  private final Path file;
  private final LedgerDisk.ReadFile source;
  private ByteBuffer buffer = ByteBuffer.allocate(BLOCK).limit(0);

  /// Where the buffer's first byte stands in the file.
  private long begin;

  FileWindow(LedgerDisk disk, Path file) throws IOException {
    this.file = file;
    source = disk.read(file);
  }

  Path file() {
    return file;
  }

  /// What has been read may have been cut off and written anew since: it is read again.
  void forget() {
    buffer.limit(0);
  }

  /// The bytes from a position on, as a view that holds until the next call; shorter than asked for
  /// where the file ends.
  ByteBuffer at(long position, int length) throws IOException {
    if (position < begin || position + length > begin + buffer.limit()) fill(position, length);
    int offset = (int) (position - begin);
    return buffer.slice(offset, Math.min(length, buffer.limit() - offset));
  }

  private void fill(long position, int length) throws IOException {
    if (length > buffer.capacity()) buffer = ByteBuffer.allocate(length);
    buffer.clear();
    begin = position;
    int read = 0;
    while (buffer.position() < length && read >= 0) {
      read = source.read(buffer, begin + buffer.position());
    }
    buffer.flip();
  }

  /// The frame at a position, whole and with this number, as its bytes; empty where there is none.
  ByteBuffer frame(FrameLayout layout, long position, long number) throws IOException {
    ByteBuffer header = at(position, FrameLayout.HEADER);
    if (header.limit() < FrameLayout.HEADER) return NONE;
    int length = FrameLayout.length(header);
    if (length < 0 || FrameLayout.number(header) != number) return NONE;
    ByteBuffer frame = at(position, FrameLayout.HEADER + length);
    return frame.limit() == FrameLayout.HEADER + length && layout.isWhole(frame) ? frame : NONE;
  }

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  @Override
  public void close() throws IOException {
    source.close();
  }
}
