package org.switchroom.cti.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds where the last run's frames end. When a machine dies, the disk has all that was forced; of
/// the rest it may have any blocks, in any order. So the list ends before the first frame that is
/// not whole, even where a later one is; it is broken only if a later one tells that this one was
/// on the disk.
///
/// Only files that can hold such frames are looked at: a start does not read what is older.
final class TornTail {
  private static final Logger log = LoggerFactory.getLogger(TornTail.class);
  private static final int BLOCK = 1 << 20;

  /// Of what the list has lost no more than this is looked through for a frame that tells more.
  private static final long FARTHEST_NUMBER = 1L << 32;

  /// @param file with what it says of itself, where that is whole
  private record Part(long first, Path file, Optional<SegmentHeader> header) {}

  /// Where a frame begins.
  private record Place(int part, long at, long number) {}

  private final Disk disk;
  private final FrameLayout layout;
  private final UUID ledger;
  private final List<Part> parts = new ArrayList<>();

  /// Frames that were perhaps not on the disk, oldest first.
  private final Deque<Place> unsure = new ArrayDeque<>();

  private long known;

  private TornTail(Disk disk, UUID ledger) {
    this.disk = disk;
    this.ledger = ledger;
    layout = new FrameLayout(ledger);
  }

  /// Cuts off what is torn; all that remains is on the disk when it returns.
  ///
  /// @param files by their first frames
  /// @return the number of the last frame; one less than the first file's where there is none
  /// @throws LedgerBrokenException when a frame that was on the disk is not whole
  static long cut(Disk disk, UUID ledger, NavigableMap<Long, Path> files) throws IOException {
    return files.isEmpty() ? 0 : new TornTail(disk, ledger).cut(files);
  }

  private long cut(NavigableMap<Long, Path> files) throws IOException {
    take(files);
    Place end = walk();
    Part last = parts.get(end.part());
    boolean torn = end.part() < parts.size() - 1 || end.at() < Files.size(last.file());
    if (torn) {
      mustNotHaveBeenOnDisk(end);
      cut(end);
    }
    writeAgain(end);
    return end.number() - 1;
  }

  /// From the newest file back to the first before which everything was on the disk.
  private void take(NavigableMap<Long, Path> files) throws IOException {
    for (Map.Entry<Long, Path> entry : files.descendingMap().entrySet()) {
      var part =
          new Part(entry.getKey(), entry.getValue(), SegmentHeader.read(disk, entry.getValue()));
      if (part.header().isPresent()) mustBeOurs(part, part.header().get());
      if (beganAnEpoch(part)) return;
      parts.addFirst(part);
      if (startsOnForcedGround(part)) return;
    }
  }

  /// A run begins when all that was before is on the disk.
  private boolean beganAnEpoch(Part older) {
    return !parts.isEmpty()
        && older.header().isPresent()
        && parts.getFirst().header().isPresent()
        && older.header().get().epoch() < parts.getFirst().header().get().epoch();
  }

  private boolean startsOnForcedGround(Part part) throws IOException {
    try (var window = new FileWindow(disk, part.file())) {
      ByteBuffer frame = window.frame(layout, SegmentHeader.SIZE, part.first());
      return part.header().isPresent()
          && frame.hasRemaining()
          && FrameLayout.forced(frame) >= part.first() - 1;
    }
  }

  private void mustBeOurs(Part part, SegmentHeader header) throws IOException {
    if (header.ledger().equals(ledger) && header.first() == part.first()) return;
    throw new LedgerBrokenException(
        part.file(),
        0,
        part.first(),
        "it belongs to ledger %s and begins with frame %d"
            .formatted(header.ledger(), header.first()));
  }

  /// To the first frame that is not whole.
  private Place walk() throws IOException {
    Place place = new Place(0, 0, parts.getFirst().first());
    known = place.number() - 1;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.first() != place.number()) return place;
      place = new Place(i, 0, part.first());
      if (part.header().isEmpty()) return place;
      place = walk(i);
    }
    return place;
  }

  private Place walk(int part) throws IOException {
    long number = parts.get(part).first();
    long at = SegmentHeader.SIZE;
    try (var window = new FileWindow(disk, parts.get(part).file())) {
      while (true) {
        ByteBuffer frame = window.frame(layout, at, number);
        if (!frame.hasRemaining()) return new Place(part, at, number);
        unsure.add(new Place(part, at, number));
        knowForced(FrameLayout.forced(frame));
        at += frame.limit();
        number++;
      }
    }
  }

  private void knowForced(long number) {
    known = Math.max(known, number);
    while (!unsure.isEmpty() && unsure.peek().number() <= known) unsure.poll();
  }

  /// Looks for a later frame that tells that this one was on the disk.
  private void mustNotHaveBeenOnDisk(Place end) throws IOException {
    for (int i = end.part(); i < parts.size(); i++) {
      try (var window = new FileWindow(disk, parts.get(i).file())) {
        lookThrough(window, i == end.part() ? end.at() : 0, end.number());
      }
    }
    if (known >= end.number()) {
      throw new LedgerBrokenException(
          parts.get(end.part()).file(),
          end.at(),
          end.number(),
          "later frames say that all up to %d were on the disk".formatted(known));
    }
  }

  private void lookThrough(FileWindow window, long from, long number) throws IOException {
    long at = from;
    while (true) {
      ByteBuffer bytes = window.at(at, BLOCK + FrameLayout.HEADER + Ledger.LARGEST_FRAME);
      if (bytes.limit() < FrameLayout.HEADER) return;
      int in = 0;
      while (in < BLOCK && in + FrameLayout.HEADER <= bytes.limit()) {
        in += Math.max(1, wholeFrameAfter(bytes, in, number));
      }
      at += in;
    }
  }

  /// Its size; 0 where none begins here.
  private int wholeFrameAfter(ByteBuffer bytes, int at, long number) {
    ByteBuffer header = bytes.slice(at, FrameLayout.HEADER);
    int length = FrameLayout.length(header);
    int size = FrameLayout.HEADER + length;
    long its = FrameLayout.number(header);
    if (length < 0 || at + size > bytes.limit()) return 0;
    if (its <= number || its > number + FARTHEST_NUMBER) return 0;
    if (!layout.isWhole(bytes.slice(at, size))) return 0;
    known = Math.max(known, FrameLayout.forced(header));
    return size;
  }

  private void cut(Place end) throws IOException {
    long lost = 0;
    for (int i = parts.size() - 1; i > end.part(); i--) {
      lost += Files.size(parts.get(i).file());
      Files.delete(parts.get(i).file());
    }
    Path file = parts.get(end.part()).file();
    lost += Files.size(file) - end.at();
    log.warn(
        "{} ended in frames that were never on the disk: {} bytes from byte {} on are cut off. The"
            + " last frame is {}.",
        file,
        lost,
        end.at(),
        end.number() - 1);
    if (end.at() <= SegmentHeader.SIZE) Files.delete(file);
    else truncate(file, end.at());
    disk.forceNames(file.toAbsolutePath().getParent());
  }

  private void truncate(Path file, long size) throws IOException {
    try (var written = disk.open(file)) {
      written.truncate(size);
      written.force();
    }
  }

  /// Where a force had failed, the operating system may hold for saved what the disk never took:
  /// what is not known to be there is written once more.
  private void writeAgain(Place end) throws IOException {
    while (!unsure.isEmpty()) {
      Place from = unsure.poll();
      unsure.removeIf(place -> place.part() == from.part());
      Path file = parts.get(from.part()).file();
      long until = from.part() == end.part() ? end.at() : Files.size(file);
      try (var read = disk.read(file);
          var written = disk.open(file)) {
        copy(read, written, from.at(), until);
        written.force();
      }
    }
  }

  private static void copy(Disk.ReadFile read, Disk.WrittenFile written, long from, long until)
      throws IOException {
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    long at = from;
    while (at < until) {
      block.clear().limit((int) Math.min(BLOCK, until - at));
      int got = read.read(block, at);
      if (got < 0) throw new IOException("The file ends at " + at + ".");
      block.flip();
      written.write(block, at);
      at += got;
    }
  }
}
