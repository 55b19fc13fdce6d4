package org.switchroom.cti.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one list: a frame is what one turn of the engine has led to. Frames are numbered from 1,
/// without holes, and are never changed.
///
/// **Threads.** The engine's own thread appends; nobody else does. It writes into the segment file
/// before it goes on, so that a dead process loses nothing, and never waits for the disk. A thread
/// of the ledger's forces in groups, all the time; it tells what is on the disk, and there nobody
/// may stay long. Readers are as many as one likes, each with a thread of its own.
///
/// **Dead machine.** Frames that were not forced may be lost, the last ones first; the next start
/// cuts off what is torn and says so. Numbers of lost frames are used again, epochs never.
///
/// **Full disk.** See [LedgerState.Full]. Order is kept, and nothing half written is ever read.
public final class Ledger implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Ledger.class);

  /// What one frame may say, in bytes.
  public static final int LARGEST_FRAME = FrameLayout.LARGEST;

  /// The required reader that stands for the snapshots: see [#passed].
  public static final String SNAPSHOT = "snapshot";

  /// When the disk takes frames but forces none, so many files may wait for it.
  private static final int MOST_UNFORCED_SEGMENTS = 16;

  private final LedgerOptions options;
  private final InstantSource clock;
  private final LedgerDisk disk;
  private final LedgerFolder folder;
  private final UUID id;
  private final int epoch;
  private final FrameLayout layout;
  private final SegmentList segments;
  private final Retention retention;
  private final Forcer forcer;
  private final LastingFault notWritten;

  /// As large as a frame mostly is; one that is larger has one of its own.
  private final ByteBuffer frame = ByteBuffer.allocateDirect(FrameLayout.HEADER + (256 << 10));

  // ── The engine's thread's ───────────────────────────────────────────────────────────────────

  /// Frames that have their numbers and are not written, oldest first.
  private final ArrayDeque<byte[]> backlog = new ArrayDeque<>();

  private long backlogBytes;
  private Optional<Thread> engine = Optional.empty();
  private Optional<LedgerState.Full> full = Optional.empty();
  private SegmentWriter writer;

  // ── Any thread's ────────────────────────────────────────────────────────────────────────────

  private final Listeners<LedgerState> stateListeners = new Listeners<>();
  private volatile Optional<LedgerState.Failed> failed = Optional.empty();
  private volatile LedgerState state = new LedgerState.Healthy();
  private volatile long appended;
  private volatile Optional<KeyFile> keys = Optional.empty();
  private volatile boolean closed;

  private Ledger(
      LedgerFolder folder, Path path, LedgerOptions options, InstantSource clock, LedgerDisk disk)
      throws IOException {
    this.folder = folder;
    this.options = options;
    this.clock = clock;
    this.disk = disk;
    NavigableMap<Long, Path> found = SegmentList.files(path);
    id = folder.id(newestHeader(found).map(SegmentHeader::ledger));
    appended = TornTail.cut(disk, id, found);
    segments = new SegmentList(path);
    epoch = folder.nextEpoch(list(SegmentList.files(path)));
    layout = new FrameLayout(id);
    retention = new Retention(segments, options, clock);
    forcer = new Forcer(retention, new Keys(), appended, this::failed);
    notWritten = new LastingFault(log, "The ledger in %s is written again.".formatted(path), clock);
    writer = create(appended + 1);
    // Its header tells that all before was on the disk when this run began.
    writer.force();
    use(writer);
  }

  /// Opens the ledger in a folder, and cuts off what a dead machine has torn.
  ///
  /// @throws LedgerBrokenException when a frame cannot be read that was on the disk
  /// @throws IOException when another server has it open, or the folder cannot be used
  public static Ledger open(Path folder, LedgerOptions options, InstantSource clock)
      throws IOException {
    return open(folder, options, clock, LedgerDisk.REAL);
  }

  /// @param disk for tests
  public static Ledger open(Path path, LedgerOptions options, InstantSource clock, LedgerDisk disk)
      throws IOException {
    LedgerFolder folder = LedgerFolder.take(path, clock);
    try {
      var ledger = new Ledger(folder, path, options, clock, disk);
      if (options.forcing() == LedgerOptions.Forcing.BY_A_THREAD) ledger.forcer.start();
      return ledger;
    } catch (LedgerBrokenException | RuntimeException e) {
      folder.close();
      throw e;
    } catch (IOException e) {
      folder.close();
      throw new IOException(
          "The ledger in %s cannot be opened: %s".formatted(path, e.getMessage()), e);
    }
  }

  /// Moves the list and its snapshots into `aside-<time>`, so that the next one is empty; its
  /// epochs and the keys of persons stay. Three are kept: the newest two, and the first of the last
  /// seven days.
  ///
  /// @return where it is now
  /// @throws IOException when a server has it open
  public static Path setAside(Path path, InstantSource clock) throws IOException {
    try (LedgerFolder folder = LedgerFolder.take(path, clock)) {
      return folder.setAside();
    }
  }

  /// Moves all of it to another place, so that the next one is empty. Its epochs go on, and the
  /// keys of persons stay: who is erased here is erased there. To be read there, it needs them.
  ///
  /// @param elsewhere is not there yet
  /// @throws IOException when a server has it open
  public static void moveTo(Path path, Path elsewhere, InstantSource clock) throws IOException {
    LedgerFolder.moveTo(path, elsewhere, clock);
  }

  private Optional<SegmentHeader> newestHeader(NavigableMap<Long, Path> files) throws IOException {
    for (Path file : files.descendingMap().values()) {
      Optional<SegmentHeader> header = SegmentHeader.read(disk, file);
      if (header.isPresent()) return header;
    }
    return Optional.empty();
  }

  /// Returns the greatest epoch.
  private int list(NavigableMap<Long, Path> files) throws IOException {
    int greatest = 0;
    for (Map.Entry<Long, Path> entry : files.entrySet()) {
      Optional<SegmentHeader> header = SegmentHeader.read(disk, entry.getValue());
      if (header.isEmpty()) {
        log.error("{} does not begin as it should; who reads it will say so.", entry.getValue());
      }
      greatest = Math.max(greatest, header.map(SegmentHeader::epoch).orElse(0));
      Long next = files.higherKey(entry.getKey());
      long last = next == null ? appended : next - 1;
      // An empty file of a run that has written nothing makes room for this run's.
      if (last < entry.getKey()) continue;
      segments.add(
          new LedgerSegment(
              entry.getValue(),
              entry.getKey(),
              header.map(SegmentHeader::begun).orElse(0L),
              last,
              Files.size(entry.getValue())));
    }
    return greatest;
  }

  /// Which ledger this is: a database remembers by it how far it has read.
  public UUID id() {
    return id;
  }

  /// The keys of the persons of whom frames tell, in the ledger's folder.
  ///
  /// @throws IOException when their file cannot be opened
  public synchronized PersonKeys keys() throws IOException {
    if (keys.isEmpty()) keys = Optional.of(openKeys());
    return keys.get();
  }

  private KeyFile openKeys() throws IOException {
    try {
      return KeyFile.open(disk, segments.folder(), clock);
    } catch (IOException e) {
      throw new IOException(
          "The keys of persons in %s cannot be opened: %s"
              .formatted(segments.folder().resolve(KeyFile.NAME), e),
          e);
    }
  }

  /// What the forcing thread does with them.
  private final class Keys implements Forcer.Beside {
    @Override
    public void force() throws IOException {
      if (keys.isPresent()) keys.get().forceWritten();
    }

    @Override
    public void tidy() {
      try {
        if (keys.isPresent()) keys.get().forgetUnusedSince(retention.keptSince());
      } catch (IOException e) {
        log.error("An old key cannot be removed: {}", e.toString());
      }
    }
  }

  /// How often it was opened, this time included: from 1.
  public int epoch() {
    return epoch;
  }

  // ── Appending ───────────────────────────────────────────────────────────────────────────────

  /// Writes a frame behind all others. Takes microseconds, and never waits for the disk.
  ///
  /// @param payload from its position to its limit, copied; at most [#LARGEST_FRAME] bytes
  /// @throws LedgerFault when it cannot be taken, and no later one can: the process has to halt
  /// @throws IllegalArgumentException when it is larger
  /// @throws IllegalStateException when another thread has appended before
  public Appended append(ByteBuffer payload) {
    check(payload);
    long number = appended + 1;
    if (writeBacklog()) {
      try {
        write(number, payload);
        appended = number;
        return new Appended.Written(number);
      } catch (IOException e) {
        full(e);
      }
    }
    return new Appended.Kept(number, keep(number, payload));
  }

  /// As [#append(ByteBuffer)].
  public Appended append(byte[] payload) {
    return append(ByteBuffer.wrap(payload));
  }

  /// Tries again to write what waits in memory. The engine's thread calls it from time to time when
  /// it has nothing to append.
  ///
  /// @throws LedgerFault when the process has to halt
  public LedgerState retry() {
    own();
    writeBacklog();
    return state();
  }

  private void check(ByteBuffer payload) {
    own();
    if (payload.remaining() > LARGEST_FRAME) {
      throw new IllegalArgumentException(
          "A frame of %d bytes; the most is %d. ".formatted(payload.remaining(), LARGEST_FRAME));
    }
  }

  private void own() {
    Thread me = Thread.currentThread();
    if (engine.isEmpty()) engine = Optional.of(me);
    if (engine.get() != me) {
      throw new IllegalStateException(
          "%s appends to the ledger, which is %s's alone."
              .formatted(me.getName(), engine.get().getName()));
    }
    if (closed) throw new IllegalStateException("The ledger is closed.");
    failed.ifPresent(how -> halt(how.reason()));
  }

  private static void halt(String why) {
    throw new LedgerFault(why);
  }

  private void write(long number, ByteBuffer payload) throws IOException {
    int size = FrameLayout.HEADER + payload.remaining();
    if (!writer.hasRoom(size, options.segmentBytes()) || retention.isTooOld(writer.segment())) {
      roll(number);
    }
    if (keys.isPresent()) keys.get().write();
    ByteBuffer room = size <= frame.capacity() ? frame : ByteBuffer.allocate(size);
    layout.put(room, number, forcer.forced(), epoch, payload);
    writer.append(room);
    forcer.written(number);
  }

  private void roll(long number) throws IOException {
    retention.mustHaveRoom();
    if (forcer.unforcedSegments() >= MOST_UNFORCED_SEGMENTS) {
      throw new IOException(
          "the disk has not taken the last %d files".formatted(MOST_UNFORCED_SEGMENTS));
    }
    writer.tidy();
    SegmentWriter next = create(number);
    use(next);
    writer.seal(number - 1);
    writer = next;
  }

  private SegmentWriter create(long first) throws IOException {
    Path file = SegmentList.file(segments.folder(), first);
    return SegmentWriter.create(
        disk, file, new SegmentHeader(id, epoch, first, clock.millis(), forcer.forced()));
  }

  private void use(SegmentWriter next) {
    segments.add(next.segment());
    forcer.takes(next);
  }

  /// Returns whether nothing waits any more.
  private boolean writeBacklog() {
    while (!backlog.isEmpty()) {
      byte[] oldest = backlog.peek();
      try {
        write(appended - backlog.size() + 1, ByteBuffer.wrap(oldest));
      } catch (IOException e) {
        full(e);
        return false;
      }
      backlog.poll();
      backlogBytes -= FrameLayout.HEADER + oldest.length;
    }
    if (full.isPresent()) healthy();
    return true;
  }

  private LedgerState.Full keep(long number, ByteBuffer payload) {
    LedgerState.Full now = full.orElseThrow();
    int size = FrameLayout.HEADER + payload.remaining();
    if (backlogBytes + size > options.mostBacklogBytes()) {
      throw new LedgerFault(
          "The ledger cannot be written (%s), and %d bytes wait in memory already; the most is %d."
              .formatted(now.reason(), backlogBytes, options.mostBacklogBytes()));
    }
    byte[] copy = new byte[payload.remaining()];
    payload.duplicate().get(copy);
    backlog.add(copy);
    backlogBytes += size;
    appended = number;
    return fullBy(now.since(), now.reason());
  }

  // ── State ───────────────────────────────────────────────────────────────────────────────────

  private void full(IOException e) {
    if (e instanceof ClosedChannelException) {
      failed("The segment was closed while it was written to. Maybe the thread was interrupted.");
      halt(failed.orElseThrow().reason());
    }
    String reason = String.valueOf(e.getMessage());
    notWritten.lasts(
        "The ledger in %s cannot be written: %s. Frames wait in memory, up to %d bytes."
            .formatted(segments.folder(), reason, options.mostBacklogBytes()));
    boolean isNew = full.isEmpty();
    LedgerState.Full now =
        fullBy(full.map(LedgerState.Full::since).orElseGet(clock::instant), reason);
    if (isNew) stateListeners.tell(now);
  }

  private LedgerState.Full fullBy(Instant since, String reason) {
    var now = new LedgerState.Full(since, reason, backlogBytes);
    full = Optional.of(now);
    state = now;
    return now;
  }

  private void healthy() {
    notWritten.isOver();
    full = Optional.empty();
    state = new LedgerState.Healthy();
    stateListeners.tell(state);
  }

  /// On the forcing thread, or the engine's.
  private void failed(String reason) {
    if (failed.isPresent()) return;
    log.error("The ledger in {} has failed: {}", segments.folder(), reason);
    var how = new LedgerState.Failed(clock.instant(), reason);
    failed = Optional.of(how);
    stateListeners.tell(how);
  }

  public LedgerState state() {
    return failed.<LedgerState>map(how -> how).orElse(state);
  }

  /// Told when the state becomes another kind, on the engine's thread or the forcing one.
  public void onState(Consumer<LedgerState> listener) {
    stateListeners.add(listener);
  }

  // ── What is on the disk ─────────────────────────────────────────────────────────────────────

  /// The last frame that has a number: written, or waiting in memory. 0: none.
  public long lastAppended() {
    return appended;
  }

  /// The last frame in a segment file: it outlives the process. 0: none.
  public long lastWritten() {
    return forcer.written();
  }

  /// The last frame on the disk: it outlives the machine. 0: none.
  public long lastForced() {
    return forcer.forced();
  }

  /// The oldest frame that is still kept; the next one's number where there is none.
  public long firstKept() {
    return segments.oldest().map(LedgerSegment::first).orElse(forcer.written() + 1);
  }

  /// Told after each force, on the forcing thread, the last frame that is on the disk now.
  public void onForced(LongConsumer listener) {
    forcer.onForced(listener);
  }

  /// Tells once, on the forcing thread, when a frame is on the disk; in the order of the calls, so
  /// frames are named in their order. Never, when the process or the machine dies before.
  ///
  /// @param number of a frame that was appended
  /// @throws LedgerFault when 100,000 wait already: the disk takes nothing
  public void whenForced(long number, Runnable told) {
    if (number > appended) {
      throw new IllegalArgumentException(
          "Frame %d is not appended; the last is %d.".formatted(number, appended));
    }
    forcer.whenForced(number, told);
  }

  /// Forces on the calling thread what is written by now, where [LedgerOptions.Forcing] says so.
  ///
  /// @return the last frame on the disk
  public long force() {
    if (options.forcing() != LedgerOptions.Forcing.BY_THE_CALLER) {
      throw new IllegalStateException("A thread forces already.");
    }
    forcer.round();
    return forcer.forced();
  }

  // ── Readers, and how long frames are kept ───────────────────────────────────────────────────

  /// A reader that begins with a frame; where that is gone, it says so by a
  /// [LedgerReader.Next.Gap]. One thread's.
  ///
  /// @param from the first frame wanted, from 1; it may be yet to come
  public LedgerReader reader(long from, LedgerReader.Sees sees) {
    return new LedgerReader(this, disk, segments, new FrameLayout(id), from, sees);
  }

  /// Says that a reader needs nothing any more up to a frame. Until all who are required have said
  /// so, nothing goes; until all who are wanted have, only what there is no room for. Any thread.
  ///
  /// @param reader one of [LedgerOptions#required] or [LedgerOptions#wanted]; [#SNAPSHOT] for the
  ///   oldest snapshot that a start may come back to
  /// @throws IllegalArgumentException when nobody of that name is
  public void passed(String reader, long frame) {
    retention.passed(reader, frame);
    forcer.tidy();
  }

  /// Looks whether files have become old enough to go; on the forcing thread. Also done whenever a
  /// file is begun and a required reader gets ahead; so once an hour is enough.
  public void tidy() {
    forcer.tidy();
  }

  List<Waker> wakers(LedgerReader.Sees sees) {
    return forcer.wakers(sees == LedgerReader.Sees.FORCED);
  }

  /// Whether no more frames come.
  boolean hasEnded() {
    return forcer.hasEnded();
  }

  /// Writes and forces what can be, then stops; readers are told that nothing more comes. Not while
  /// the engine appends.
  @Override
  public void close() throws IOException {
    if (closed) return;
    closed = true;
    writeWhatCanBe();
    forcer.stop();
    // What the disk has taken meanwhile may have made room.
    writeWhatCanBe();
    forcer.round();
    if (!backlog.isEmpty()) {
      log.error(
          "{} frames waited in memory and are lost, from frame {} on.",
          backlog.size(),
          forcer.written() + 1);
    }
    forcer.close();
    closeKeys();
    folder.close();
  }

  private void closeKeys() {
    try {
      if (keys.isPresent()) keys.get().close();
    } catch (IOException e) {
      log.error("The last keys of persons are perhaps not on the disk: {}", e.toString());
    }
  }

  private void writeWhatCanBe() {
    try {
      if (failed.isEmpty()) writeBacklog();
    } catch (LedgerFault e) {
      log.error("The end of the ledger was not written: {}", e.getMessage());
    }
  }
}
