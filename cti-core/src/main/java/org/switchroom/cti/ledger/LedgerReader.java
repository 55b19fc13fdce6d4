package org.switchroom.cti.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// Reads the ledger's frames in their order, and follows it. It goes on where it stopped, so what a
/// frame costs does not grow. One thread's, but for [#close].
public final class LedgerReader implements AutoCloseable {
  /// How far a reader sees.
  public enum Sees {
    /// What is on the disk: for all that leaves the machine.
    FORCED,
    /// What is written: a dead machine may take back what was seen.
    WRITTEN
  }

  /// What comes next.
  public sealed interface Next {
    /// A frame.
    ///
    /// @param epoch of the run that wrote it
    /// @param payload read-only, and valid until the reader is asked again
    record Frame(long number, int epoch, ByteBuffer payload) implements Next {}

    /// Frames that are no longer kept: the reader was too far behind. It goes on after them.
    ///
    /// @param to the last one
    record Gap(long from, long to) implements Next {}

    /// No more for now.
    record UpToDate() implements Next {}

    /// The ledger is closed and read to its end, or the reader is closed.
    record Closed() implements Next {}
  }

  private static final Next UP_TO_DATE = new Next.UpToDate();
  private static final Next CLOSED = new Next.Closed();

  /// A segment that is being read.
  private record Open(LedgerSegment segment, FileWindow window) {}

  /// Before a frame.
  ///
  /// @param segment its first frame
  /// @param at the frame's first byte in it
  private record Place(long segment, long frame, long at) {}

  private final Ledger ledger;
  private final LedgerDisk disk;
  private final SegmentList segments;
  private final FrameLayout layout;
  private final Sees sees;
  private final Waker waker = new Waker();
  private Optional<Open> open = Optional.empty();
  private Optional<Place> marked = Optional.empty();

  /// The next frame, and its first byte in the open file.
  private long next;

  private long at;

  /// Up to this frame the window holds what is true.
  private long trusted;

  private volatile boolean closed;

  LedgerReader(
      Ledger ledger,
      LedgerDisk disk,
      SegmentList segments,
      FrameLayout layout,
      long from,
      Sees sees) {
    if (from < 1) throw new IllegalArgumentException("Frames begin with 1, not " + from + ".");
    this.ledger = ledger;
    this.disk = disk;
    this.segments = segments;
    this.layout = layout;
    this.sees = sees;
    next = from;
    ledger.wakers(sees).add(waker);
  }

  /// The number of the frame that comes next.
  public synchronized long position() {
    return next;
  }

  /// Remembers this place, so that it costs nothing to come back: see [#go].
  public synchronized void mark() {
    marked = open.map(file -> new Place(file.segment().first(), next, at));
  }

  /// Comes back to a frame, or goes on to one. From the place that was marked in the same file it
  /// reads on; otherwise it costs the reading of a file up to there.
  public synchronized void go(long to) throws IOException {
    if (to < 1) throw new IllegalArgumentException("Frames begin with 1, not " + to + ".");
    if (to == next) return;
    forgetFile();
    next = to;
  }

  /// What comes next, without waiting.
  ///
  /// @throws LedgerBrokenException when a frame cannot be read; again each time, until [#go] leaves
  ///   its file behind
  public synchronized Next poll() throws IOException {
    if (closed) return CLOSED;
    // Asked for first: when it has ended, no more frames come.
    boolean ended = ledger.hasEnded();
    long until = sees == Sees.FORCED ? ledger.lastForced() : ledger.lastWritten();
    if (next > until) return ended ? CLOSED : UP_TO_DATE;
    if (next > trusted) {
      // What stood there may have been half a frame that was cut off.
      open.ifPresent(file -> file.window().forget());
      trusted = until;
    }
    try {
      return frame();
    } catch (IOException e) {
      forgetFile();
      throw e;
    }
  }

  /// What comes next, waiting until there is something: never [Next.UpToDate].
  ///
  /// @throws LedgerBrokenException as [#poll]
  public Next take() throws IOException, InterruptedException {
    while (true) {
      Next found = poll();
      if (!(found instanceof Next.UpToDate)) return found;
      waker.await();
    }
  }

  private Next frame() throws IOException {
    while (true) {
      if (open.isEmpty()) {
        Optional<Next.Gap> gap = open();
        if (gap.isPresent()) return gap.get();
        if (open.isEmpty()) continue;
      }
      Open file = open.get();
      if (next > file.segment().last()) {
        forgetFile();
        continue;
      }
      ByteBuffer frame = whole(file, next);
      at += frame.limit();
      return new Next.Frame(
          next++,
          FrameLayout.epoch(frame),
          frame.slice(FrameLayout.HEADER, frame.limit() - FrameLayout.HEADER).asReadOnlyBuffer());
    }
  }

  private ByteBuffer whole(Open file, long number) throws IOException {
    ByteBuffer frame = file.window().frame(layout, at, number);
    if (frame.hasRemaining()) return frame;
    throw new LedgerBrokenException(
        file.segment().file(), at, number, "it was written, and is not whole");
  }

  /// Opens the file with the next frame; none when it went meanwhile.
  private Optional<Next.Gap> open() throws IOException {
    Optional<LedgerSegment> segment = segments.with(next);
    if (segment.isEmpty()) {
      long oldest = ledger.firstKept();
      var gap = new Next.Gap(next, oldest - 1);
      next = oldest;
      return Optional.of(gap);
    }
    FileWindow window;
    try {
      window = new FileWindow(disk, segment.get().file());
    } catch (NoSuchFileException e) {
      if (segments.has(segment.get())) throw e;
      return Optional.empty();
    }
    open = Optional.of(new Open(segment.get(), window));
    Place from = from(segment.get());
    at = from.at();
    for (long before = from.frame(); before < next; before++) {
      at += whole(open.get(), before).limit();
    }
    return Optional.empty();
  }

  private Place from(LedgerSegment segment) {
    return marked
        .filter(place -> place.segment() == segment.first() && place.frame() <= next)
        .orElse(new Place(segment.first(), segment.first(), SegmentHeader.SIZE));
  }

  private void forgetFile() throws IOException {
    Optional<Open> file = open;
    open = Optional.empty();
    if (file.isPresent()) file.get().window().close();
  }

  /// Any thread may close it: who waits in [#take] gets [Next.Closed].
  @Override
  public void close() throws IOException {
    closed = true;
    ledger.wakers(sees).remove(waker);
    waker.wake();
    synchronized (this) {
      forgetFile();
    }
  }
}
