package org.switchroom.cti.ledger;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// States by the frame that they hold everything up to, so that a start reads only the frames that
/// came after. What they say is bytes here, as many as one likes. The newest three are kept: a
/// broken one is left out in favor of the one before.
///
/// A file is `00000000000000000001.snapshot`: 48 bytes ("SWSNAPSH", format, zeros, the ledger's id,
/// the frame, zeros), what it says, its length (8) and the CRC-32C of all before (4). One thread's.
public final class SnapshotStore {
  private static final Logger log = LoggerFactory.getLogger(SnapshotStore.class);

  private static final int KEPT = 3;
  private static final String ENDING = ".snapshot";
  private static final long MAGIC = 0x5357534E41505348L;
  private static final int FORMAT = 2;
  private static final int HEADER = 48;
  private static final int TRAILER = 12;
  private static final int BLOCK = 64 << 10;

  /// What a snapshot says.
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /// A snapshot that is whole.
  ///
  /// @param frame the last frame whose effects are in it
  /// @param bytes of what it says
  public record Stored(Path file, long frame, long bytes) {
    /// What it says.
    public InputStream open() throws IOException {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      channel.position(HEADER);
      return new Limited(new BufferedInputStream(Channels.newInputStream(channel), BLOCK), bytes);
    }
  }

  private final Path folder;
  private final UUID ledger;

  /// @param folder made where it is not there; by custom `snapshots` in the ledger's own, so that
  ///   it goes aside with it
  public SnapshotStore(Path folder, UUID ledger) throws IOException {
    this.folder = folder;
    this.ledger = ledger;
    OwnerOnly.folder(folder);
    for (Path file : files(".tmp")) Files.delete(file);
  }

  /// Writes a snapshot; it is on the disk, or not there at all. The oldest ones go.
  ///
  /// @param frame the last frame whose effects are in it; it has to be on the disk, see
  ///   [Ledger#lastForced]
  /// @throws IOException when there is no room; those before are untouched
  public Stored write(long frame, Content content) throws IOException {
    Path file = folder.resolve("%020d%s".formatted(frame, ENDING));
    Path next = folder.resolve(file.getFileName() + ".tmp");
    long bytes;
    try (FileChannel channel = OwnerOnly.create(next)) {
      bytes = write(channel, frame, content);
      channel.force(true);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(next);
      throw e;
    }
    OwnerOnly.into(next, file);
    forgetOldest();
    return new Stored(file, frame, bytes);
  }

  private long write(FileChannel channel, long frame, Content content) throws IOException {
    var buffered = new BufferedOutputStream(Channels.newOutputStream(channel), BLOCK);
    var out = new CheckedOutputStream(buffered, new CRC32C());
    out.write(header(frame).array());
    content.writeTo(new Unclosed(out));
    buffered.flush();
    long bytes = channel.position() - HEADER;
    out.write(ByteBuffer.allocate(8).putLong(bytes).array());
    int checksum = (int) out.getChecksum().getValue();
    buffered.write(ByteBuffer.allocate(4).putInt(checksum).array());
    buffered.flush();
    return bytes;
  }

  private ByteBuffer header(long frame) {
    return ByteBuffer.allocate(HEADER)
        .putLong(MAGIC)
        .putInt(FORMAT)
        .putInt(0)
        .putLong(ledger.getMostSignificantBits())
        .putLong(ledger.getLeastSignificantBits())
        .putLong(frame)
        .clear();
  }

  private void forgetOldest() throws IOException {
    NavigableMap<Long, Path> all = all();
    while (all.size() > KEPT) Files.deleteIfExists(all.pollFirstEntry().getValue());
  }

  /// The newest whole snapshot. Reads it once to be sure; a broken one is said and put away.
  ///
  /// @param atMost the ledger's last frame: none that knows more is taken
  public Optional<Stored> newest(long atMost) throws IOException {
    for (var entry : all().descendingMap().entrySet()) {
      if (entry.getKey() > atMost) {
        log.warn(
            "{} knows frames that the ledger does not have; it is left out.", entry.getValue());
        continue;
      }
      Optional<Stored> whole = whole(entry.getKey(), entry.getValue());
      if (whole.isPresent()) return whole;
      log.error("{} is not whole; the one before is taken.", entry.getValue());
      putAway(entry.getValue());
    }
    return Optional.empty();
  }

  /// The frame of the oldest snapshot that a start may come back to: frames after it have to stay.
  /// 0: all.
  public long oldestFrame() throws IOException {
    NavigableMap<Long, Path> all = all();
    return all.isEmpty() ? 0 : all.firstKey();
  }

  private Optional<Stored> whole(long frame, Path file) throws IOException {
    long bytes = Files.size(file) - HEADER - TRAILER;
    if (bytes < 0) return Optional.empty();
    var crc = new CRC32C();
    try (var in = new CheckedInputStream(Files.newInputStream(file), crc)) {
      boolean ours = ByteBuffer.wrap(in.readNBytes(HEADER)).equals(header(frame));
      byte[] block = new byte[BLOCK];
      for (long left = bytes; ours && left > 0; ) {
        int read = in.read(block, 0, (int) Math.min(BLOCK, left));
        if (read < 0) return Optional.empty();
        left -= read;
      }
      long length = ByteBuffer.wrap(in.readNBytes(8)).getLong();
      int checksum = (int) crc.getValue();
      boolean whole = length == bytes && ByteBuffer.wrap(in.readNBytes(4)).getInt() == checksum;
      return ours && whole ? Optional.of(new Stored(file, frame, bytes)) : Optional.empty();
    }
  }

  /// Only the last broken one is kept, for whoever wants to know why.
  private void putAway(Path file) throws IOException {
    for (Path old : files(".broken")) Files.delete(old);
    OwnerOnly.into(file, folder.resolve(file.getFileName() + ".broken"));
  }

  private NavigableMap<Long, Path> all() throws IOException {
    var all = new TreeMap<Long, Path>();
    for (Path file : files(ENDING)) {
      String name = file.getFileName().toString();
      if (name.matches("0[0-8]\\d{18}\\" + ENDING)) {
        all.put(Long.parseLong(name.substring(0, name.length() - ENDING.length())), file);
      }
    }
    return all;
  }

  private List<Path> files(String ending) throws IOException {
    try (var list = Files.list(folder)) {
      return list.filter(file -> file.getFileName().toString().endsWith(ending)).toList();
    }
  }

  /// Whoever writes closes what they have been given; the trailer comes after that.
  private static final class Unclosed extends java.io.FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /// Ends before the trailer.
  private static final class Limited extends java.io.FilterInputStream {
    private long left;

    Limited(InputStream in, long left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (length == 0) return 0;
      if (left == 0) return -1;
      int read = in.read(into, from, (int) Math.min(length, left));
      if (read > 0) left -= read;
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = in.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(in.available(), left);
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
