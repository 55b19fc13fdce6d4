package org.switchroom.cti.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchroom.cti.ledger.LastingFault;

/// Records in the order in which they came, on the disk before anybody is told so. One thread
/// writes: all that waits is written together and forced once.
///
/// A disk that is full stops nobody but those who wait to be told: they are refused, and their
/// records are left out. All others wait in memory, up to a bound, and are written when there is
/// room again.
public final class Journal implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  private static final int MOST_WAITING = 100_000;
  private static final int MOST_IN_A_FORCE = 4_096;
  private static final int LARGEST_WRITE = 4 << 20;
  private static final long RETRY_MILLIS = 500;

  /// @param segmentBytes a file is no larger than about this
  /// @param mostBytes of all files that are not projected yet
  public record Limits(long segmentBytes, long mostBytes) {
    public static final Limits DEFAULT = new Limits(64L << 20, 8L << 30);
  }

  /// @param durable is told null when it is durable, else why it never will be
  /// @param waits whether somebody waits to be told
  private record Waiting(byte[] payload, Consumer<String> durable, boolean waits) {}

  private final Path folder;
  private final Limits limits;
  private final Medium.Opener opener;
  private final Blocks.Opener sources;
  private final Segments segments;
  private final String id;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

  /// Taken from the queue, and not on the disk yet. Only the writer's.
  private final ArrayDeque<Waiting> held = new ArrayDeque<>();

  private final TreeMap<Long, Path> files;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_WRITE + (1 << 21));
  private final Thread writer;
  private final LastingFault full;
  private Medium medium;
  private long end;
  private long bytes;
  private volatile long last;
  private volatile boolean closing;
  private volatile Runnable written = () -> {};

  private Journal(Path folder, Limits limits, Medium.Opener opener, Blocks.Opener sources)
      throws IOException {
    this.folder = folder;
    this.limits = limits;
    this.opener = opener;
    this.sources = sources;
    Files.createDirectories(folder);
    lockFile =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lock = lock();
    id = id();
    segments = new Segments(folder);
    files = segments.all();
    recover();
    full =
        new LastingFault(
            log, "The journal in %s is written again.".formatted(folder), InstantSource.system());
    writer = Thread.ofPlatform().name("journal-writer").unstarted(this::run);
  }

  /// Opens the journal in a folder, and cuts off what a crash has torn.
  ///
  /// @throws JournalBrokenException when a record cannot be read that no crash can have torn
  /// @throws IOException when another server has it open, or the folder cannot be used
  public static Journal open(Path folder, Limits limits) throws IOException {
    return open(folder, limits, Medium.OnDisk::open, Blocks.Source.OnDisk::open);
  }

  static Journal open(Path folder, Limits limits, Medium.Opener opener, Blocks.Opener sources)
      throws IOException {
    var journal = new Journal(folder, limits, opener, sources);
    journal.writer.start();
    return journal;
  }

  private FileLock lock() throws IOException {
    try {
      FileLock taken = lockFile.tryLock();
      if (taken != null) return taken;
    } catch (OverlappingFileLockException e) {
      // in this process
    }
    lockFile.close();
    throw new IOException(
        "The journal in %s is another server's. Stop it, or choose another folder."
            .formatted(folder));
  }

  /// Which journal this is: a database remembers by it how far it is projected.
  private String id() throws IOException {
    Path file = folder.resolve("id");
    if (!Files.exists(file)) Files.writeString(file, UUID.randomUUID().toString());
    return Files.readString(file).strip();
  }

  private void recover() throws IOException {
    long next = files.isEmpty() ? 1 : files.firstKey();
    for (Map.Entry<Long, Path> file : files.entrySet()) {
      boolean newest = file.getKey().equals(files.lastKey());
      Segments.End found = whole(file.getKey(), file.getValue());
      long torn = Files.size(file.getValue()) - found.at();
      if (file.getKey() != next || (torn > 0 && !newest)) {
        throw new JournalBrokenException(
            "%s cannot be read beyond byte %d, and is not the newest file. Bring it back from a backup, or remove it and those after it: what they say is lost then."
                .formatted(file.getValue(), found.at()));
      }
      next = found.number() + 1;
      bytes += found.at();
      if (!newest) continue;
      medium = opener.open(file.getValue());
      end = found.at();
      if (torn > 0) {
        log.warn(
            "{} ended in a record that was never finished; its last {} bytes are cut off.",
            file.getValue(),
            torn);
        medium.truncate(end);
        medium.force();
      }
    }
    last = next - 1;
  }

  private Segments.End whole(long first, Path file) throws IOException {
    try (var blocks = new Blocks(file, sources)) {
      return Segments.read(blocks, first, 0, Long.MAX_VALUE, (_, _) -> true);
    }
  }

  public String name() {
    return id;
  }

  /// The number of the last record on the disk; 0: none.
  public long last() {
    return last;
  }

  /// Told after each force, on the writer's thread.
  void onWritten(Runnable listener) {
    written = listener;
  }

  /// Never blocks.
  ///
  /// @param waits whether somebody waits to be told, who would rather hear at once that it cannot
  ///   be saved now
  /// @param durable is told once, on any thread: null when the record is on the disk, else why it
  ///   never will be
  /// @throws IllegalArgumentException when the record is larger than 1 MiB
  public void append(byte[] payload, boolean waits, Consumer<String> durable) {
    if (payload.length > Segments.LARGEST) {
      throw new IllegalArgumentException(
          "A record of %d bytes; the most is %d.".formatted(payload.length, Segments.LARGEST));
    }
    if (closing || !waiting.offer(new Waiting(payload, durable, waits))) {
      durable.accept("The journal cannot take more: " + MOST_WAITING + " records wait.");
    }
  }

  // ── The writer ──────────────────────────────────────────────────────────────────────────────

  private void run() {
    while (true) {
      try {
        if (held.isEmpty()) {
          Waiting first = waiting.poll(100, TimeUnit.MILLISECONDS);
          if (first != null) held.add(first);
          else if (closing) return;
        }
        if (held.size() < MOST_IN_A_FORCE) waiting.drainTo(held, MOST_IN_A_FORCE - held.size());
        if (held.isEmpty()) continue;
        if (!write() && closing) {
          refuse(true, "The server has stopped before it could be saved.");
          return;
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /// Returns whether it went well; else those who wait are refused, the others kept.
  private boolean write() throws InterruptedException {
    try {
      List<Waiting> group = put();
      full.isOver();
      written.run();
      group.forEach(one -> one.durable().accept(null));
      return true;
    } catch (IOException e) {
      full.lasts(
          "The journal in %s cannot be written: %s. Nothing is acknowledged until it can; calls go on."
              .formatted(folder, e.getMessage()));
      undo();
      refuse(false, "It cannot be saved now: " + e.getMessage());
      Thread.sleep(RETRY_MILLIS);
      return false;
    }
  }

  private List<Waiting> put() throws IOException {
    if (bytes > limits.mostBytes()) {
      throw new IOException(
          "it has more than %d MiB that the database has not taken yet"
              .formatted(limits.mostBytes() >> 20));
    }
    roll();
    buffer.clear();
    var group = new ArrayList<Waiting>();
    long number = last;
    for (Waiting one : held) {
      if (buffer.position() > LARGEST_WRITE || group.size() >= MOST_IN_A_FORCE) break;
      Segments.put(buffer, ++number, one.payload());
      group.add(one);
    }
    buffer.flip();
    int size = buffer.remaining();
    medium.write(buffer, end);
    medium.force();
    end += size;
    synchronized (files) {
      bytes += size;
      last = number;
    }
    for (int i = 0; i < group.size(); i++) held.poll();
    return group;
  }

  /// A new file where the present one is large enough.
  private void roll() throws IOException {
    if (medium != null && end < limits.segmentBytes()) return;
    Path file = segments.file(last + 1);
    Medium next = opener.open(file);
    if (medium != null) medium.close();
    medium = next;
    end = 0;
    synchronized (files) {
      files.put(last + 1, file);
    }
  }

  /// What was written of a group that failed is no record.
  private void undo() {
    try {
      if (medium != null) medium.truncate(end);
    } catch (IOException e) {
      log.error("What was half written could not be cut off: {}", e.getMessage());
    }
  }

  private void refuse(boolean all, String why) {
    var kept = new ArrayList<Waiting>();
    for (Waiting one : held) {
      if (all || one.waits()) one.durable().accept(why);
      else kept.add(one);
    }
    held.clear();
    held.addAll(kept);
  }

  // ── Reading ─────────────────────────────────────────────────────────────────────────────────

  /// What there is to read now.
  ///
  /// @param files by their first records
  /// @param last the last record that is on the disk
  record Extent(TreeMap<Long, Path> files, long last) {}

  Extent extent() {
    synchronized (files) {
      return new Extent(new TreeMap<>(files), last);
    }
  }

  /// One thread's, and closed by it.
  JournalReader reader() {
    return new JournalReader(this, sources);
  }

  /// Files whose records are all projected go; the newest stays.
  void forget(long projected) throws IOException {
    synchronized (files) {
      while (files.size() > 1) {
        Long second = files.higherKey(files.firstKey());
        if (second - 1 > projected) return;
        Path file = files.pollFirstEntry().getValue();
        bytes -= Files.size(file);
        Files.delete(file);
      }
    }
  }

  /// Writes what is waiting, then stops.
  @Override
  public void close() {
    if (!lockFile.isOpen()) return;
    closing = true;
    try {
      writer.join(10_000);
      if (medium != null) medium.close();
      lock.close();
      lockFile.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.warn("The journal is not closed cleanly: {}", e.toString());
    }
  }
}
