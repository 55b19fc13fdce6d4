package org.switchroom.cti.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Files on a pretended disk that has so much room, whose forces can fail, that counts what is
/// read, and that can die: it then has what was forced, and of the rest any blocks in any order.
final class TestDisk implements LedgerDisk {
  private static final int BLOCK = 512;

  /// @param forced what the disk has for sure
  /// @param named whether its name is on the disk
  private record Known(byte[] forced, boolean named) {}

  private final Map<Path, Known> files = new TreeMap<>();
  final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
  final AtomicLong reads = new AtomicLong();
  final AtomicLong bytesRead = new AtomicLong();
  final AtomicLong forces = new AtomicLong();
  volatile boolean forcesFail;
  volatile boolean cutsFail;

  private final class Written implements WrittenFile {
    private final Path path;
    private final WrittenFile file;

    Written(Path path, WrittenFile file) {
      this.path = path;
      this.file = file;
    }

    /// A full disk takes half of what does not fit.
    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
      if (room.get() >= bytes.remaining()) {
        room.addAndGet(-bytes.remaining());
        file.write(bytes, position);
        return;
      }
      file.write(bytes.slice(bytes.position(), bytes.remaining() / 2), position);
      throw new IOException("No space left on device");
    }

    @Override
    public void force() throws IOException {
      if (forcesFail) throw new IOException("Input/output error");
      forces.incrementAndGet();
      synchronized (files) {
        files.put(path, new Known(Files.readAllBytes(path), known(path).named()));
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      if (cutsFail) throw new IOException("Read-only file system");
      file.truncate(size);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private record Counted(TestDisk disk, ReadFile file) implements ReadFile {
    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      int read = file.read(into, position);
      disk.reads.incrementAndGet();
      disk.bytesRead.addAndGet(Math.max(0, read));
      return read;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private Known known(Path file) {
    return files.getOrDefault(file, new Known(new byte[0], false));
  }

  @Override
  public WrittenFile create(Path file) throws IOException {
    if (room.get() <= 0) throw new IOException("No space left on device");
    var written = new Written(file, REAL.create(file));
    synchronized (files) {
      files.put(file, new Known(new byte[0], false));
    }
    return written;
  }

  @Override
  public WrittenFile open(Path file) throws IOException {
    byte[] there = Files.readAllBytes(file);
    synchronized (files) {
      files.putIfAbsent(file, new Known(there, true));
    }
    return new Written(file, REAL.open(file));
  }

  @Override
  public ReadFile read(Path file) throws IOException {
    return new Counted(this, REAL.read(file));
  }

  @Override
  public void forceNames(Path folder) throws IOException {
    synchronized (files) {
      files.replaceAll((_, known) -> new Known(known.forced(), true));
    }
  }

  /// What a dead machine leaves of a folder, in another one. Only files that were written through
  /// this disk can suffer.
  void die(Path folder, Path into, RandomGenerator random) throws IOException {
    copy(folder, into);
    for (var file : new TreeMap<>(files).entrySet()) {
      if (!Files.exists(file.getKey())) continue;
      Path left = into.resolve(folder.relativize(file.getKey()));
      if (!file.getValue().named() && random.nextBoolean()) Files.delete(left);
      else Files.write(left, left(file.getValue().forced(), Files.readAllBytes(left), random));
    }
  }

  private static byte[] left(byte[] forced, byte[] written, RandomGenerator random) {
    int size = Math.max(forced.length, random.nextInt(written.length + 1));
    byte[] left = Arrays.copyOf(written, size);
    int blocks = size / BLOCK + 1;
    Set<Integer> lost = new TreeSet<>();
    for (int i = 0; i < random.nextInt(blocks + 1); i++) lost.add(random.nextInt(blocks));
    for (int block : lost) {
      int begin = block * BLOCK;
      int end = Math.min(size, begin + BLOCK);
      for (int at = begin; at < end; at++) left[at] = 0;
      if (random.nextInt(4) == 0)
        for (int at = begin; at < end; at++) left[at] = (byte) random.nextInt();
    }
    System.arraycopy(forced, 0, left, 0, forced.length);
    return left;
  }

  /// What a dead process leaves.
  static void copy(Path folder, Path into) throws IOException {
    Files.createDirectories(into);
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (Files.isRegularFile(file)) Files.copy(file, into.resolve(file.getFileName()));
      }
    }
  }
}
