package org.switchroom.cti.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What holds the segments, as far as it can fail. Tests have disks that are full, that count, or
/// that lose what was not forced.
public interface LedgerDisk {
  /// A file that is written to.
  interface WrittenFile extends AutoCloseable {
    /// Writes all of it, or fails having written some.
    void write(ByteBuffer bytes, long position) throws IOException;

    /// Returns when everything written is on the disk.
    void force() throws IOException;

    void truncate(long size) throws IOException;

    @Override
    void close() throws IOException;
  }

  /// A file that is read.
  interface ReadFile extends AutoCloseable {
    /// How many bytes were read; -1 at the end of the file.
    int read(ByteBuffer into, long position) throws IOException;

    @Override
    void close() throws IOException;
  }

  /// An empty file, for its owner alone.
  WrittenFile create(Path file) throws IOException;

  /// A file that is there.
  WrittenFile open(Path file) throws IOException;

  ReadFile read(Path file) throws IOException;

  /// Returns when the names of new files in a folder are on the disk. Forcing a file keeps its
  /// bytes; its name is the folder's.
  void forceNames(Path folder) throws IOException;

  /// The operating system's.
  LedgerDisk REAL = new RealDisk();

  /// Files, as they are.
  final class RealDisk implements LedgerDisk {
    private RealDisk() {}

    private record Written(FileChannel channel) implements WrittenFile {
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

    private record Read(FileChannel channel) implements ReadFile {
      @Override
      public int read(ByteBuffer into, long position) throws IOException {
        return channel.read(into, position);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    }

    @Override
    public WrittenFile create(Path file) throws IOException {
      return new Written(OwnerOnly.create(file));
    }

    @Override
    public WrittenFile open(Path file) throws IOException {
      return new Written(FileChannel.open(file, StandardOpenOption.WRITE));
    }

    @Override
    public ReadFile read(Path file) throws IOException {
      return new Read(FileChannel.open(file, StandardOpenOption.READ));
    }

    @Override
    public void forceNames(Path folder) throws IOException {
      OwnerOnly.forceNames(folder);
    }
  }
}
