package org.switchroom.cti.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// One file of the journal, as far as it is written to.
interface Medium extends AutoCloseable {
  /// Writes all of it, or fails having written some.
  void write(ByteBuffer bytes, long position) throws IOException;

  /// Returns when everything written is on the disk.
  void force() throws IOException;

  void truncate(long size) throws IOException;

  @Override
  void close() throws IOException;

  /// Where files come from; tests have some that fail.
  @FunctionalInterface
  interface Opener {
    Medium open(Path file) throws IOException;
  }

  /// A file.
  record OnDisk(FileChannel channel) implements Medium {
    static Medium open(Path file) throws IOException {
      boolean isNew = Files.notExists(file);
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isNew) forceName(file);
      return new OnDisk(channel);
    }

    /// Forcing a new file keeps its bytes; its name is the folder's.
    private static void forceName(Path file) throws IOException {
      try (var folder = FileChannel.open(file.toAbsolutePath().getParent())) {
        folder.force(true);
      }
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
      long at = position;
      while (bytes.hasRemaining()) at += channel.write(bytes, at);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
