package org.switchroom.cti.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// One file of the journal, read in blocks into one buffer that is used again.
final class Blocks implements AutoCloseable {
  private static final int BLOCK = 64 << 10;

  /// Where bytes come from; tests count them.
  interface Source extends AutoCloseable {
    /// How many bytes were read; -1 at the end of the file.
    int read(ByteBuffer into, long position) throws IOException;

    @Override
    void close() throws IOException;

    /// A file.
    record OnDisk(FileChannel channel) implements Source {
      static Source open(Path file) throws IOException {
        return new OnDisk(FileChannel.open(file, StandardOpenOption.READ));
      }

      @Override
      public int read(ByteBuffer into, long position) throws IOException {
        return channel.read(into, position);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    }
  }

  @FunctionalInterface
  interface Opener {
    Source open(Path file) throws IOException;
  }

  private final Path file;
  private final Source source;
  private ByteBuffer buffer = ByteBuffer.allocate(BLOCK).limit(0);

  /// Where the buffer's first byte stands in the file.
  private long begin;

  Blocks(Path file, Opener opener) throws IOException {
    this.file = file;
    source = opener.open(file);
  }

  Path file() {
    return file;
  }

  /// What has been read may have been cut off and written anew since: it is read again.
  void forget() {
    buffer.limit(0);
  }

  /// The bytes from a position on, as a view that the next call overwrites; shorter than asked for
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

  @Override
  public void close() throws IOException {
    source.close();
  }
}
