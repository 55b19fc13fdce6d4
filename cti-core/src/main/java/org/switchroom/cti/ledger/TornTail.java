package org.switchroom.cti.ledger;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /// At once: a frame that begins in it may end that much behind it.
  private static final int SEARCHED = FrameLayout.LARGEST;

  /// Of what the list has lost no more than this is looked through for a frame that tells more.
  private static final long FARTHEST_NUMBER = 1L << 32;

  /// A file, and how far its frames are whole.
  ///
  /// @param header what it says of itself, where that is whole
  /// @param next the number of the frame that is not there or not whole
  /// @param end where that one begins, in bytes
  private record Part(long first, Path file, Optional<SegmentHeader> header, long next, long end) {}

  private final LedgerDisk disk;
  private final FrameLayout layout;
  private final UUID ledger;

  /// The newest files, oldest first.
  private final List<Part> parts = new ArrayList<>();

  /// The last frame that a whole one says was on the disk.
  private long known;

  private TornTail(LedgerDisk disk, UUID ledger) {
    this.disk = disk;
    this.ledger = ledger;
    layout = new FrameLayout(ledger);
  }

  /// Cuts off what is torn; all that remains is on the disk when it returns.
  ///
  /// @param files by their first frames
  /// @return the number of the last frame; one less than the first file's where there is none
  /// @throws LedgerBrokenException when a frame that was on the disk is not whole
  static long cut(LedgerDisk disk, UUID ledger, NavigableMap<Long, Path> files) throws IOException {
    return files.isEmpty() ? 0 : new TornTail(disk, ledger).cut(files);
  }

  private long cut(NavigableMap<Long, Path> files) throws IOException {
    take(files);
    int last = lastPart();
    Part end = parts.get(last);
    if (last < parts.size() - 1 || end.end() < Files.size(end.file())) {
      mustNotHaveBeenOnDisk(last);
      cut(last);
    }
    for (Part part : parts.subList(0, last + 1)) writeAgain(part);
    return end.next() - 1;
  }

  /// From the newest file back to the first before which everything was on the disk.
  private void take(NavigableMap<Long, Path> files) throws IOException {
    for (Map.Entry<Long, Path> entry : files.descendingMap().entrySet()) {
      Optional<SegmentHeader> header = SegmentHeader.read(disk, entry.getValue());
      Part part = part(entry.getKey(), entry.getValue(), header);
      parts.addFirst(part);
      if (known >= part.first() - 1) return;
    }
    Part oldest = parts.getFirst();
    throw new LedgerBrokenException(
        oldest.file(),
        0,
        oldest.first(),
        "the file before it is gone, with frames %d to %d"
            .formatted(known + 1, oldest.first() - 1));
  }

  private Part part(long first, Path file, Optional<SegmentHeader> header) throws IOException {
    if (header.isEmpty()) return new Part(first, file, header, first, 0);
    if (!header.get().ledger().equals(ledger) || header.get().first() != first) {
      throw new LedgerBrokenException(
          file,
          0,
          first,
          "it belongs to ledger %s and begins with frame %d"
              .formatted(header.get().ledger(), header.get().first()));
    }
    known = Math.max(known, header.get().forced());
    long next = first;
    long at = SegmentHeader.SIZE;
    try (var window = new FileWindow(disk, file)) {
      for (ByteBuffer frame; (frame = window.frame(layout, at, next)).hasRemaining(); next++) {
        known = Math.max(known, FrameLayout.forced(frame));
        at += frame.limit();
      }
    }
    return new Part(first, file, header, next, at);
  }

  /// The one in which the list ends.
  private int lastPart() {
    for (int i = 0; i < parts.size() - 1; i++) {
      if (parts.get(i).next() != parts.get(i + 1).first()) return i;
    }
    return parts.size() - 1;
  }

  /// Looks for a later frame that tells that the one which is not whole was on the disk.
  private void mustNotHaveBeenOnDisk(int last) throws IOException {
    Part end = parts.get(last);
    for (Part part : parts.subList(last, parts.size())) {
      try (var window = new FileWindow(disk, part.file())) {
        lookThrough(window, part == end ? end.end() : 0, end.next());
      }
    }
    if (known >= end.next()) {
      throw new LedgerBrokenException(
          end.file(),
          end.end(),
          end.next(),
          "later frames say that all up to %d were on the disk".formatted(known));
    }
  }

  private void lookThrough(FileWindow window, long from, long number) throws IOException {
    long at = from;
    while (true) {
      ByteBuffer bytes = window.at(at, SEARCHED + FrameLayout.HEADER + FrameLayout.LARGEST);
      if (bytes.limit() < FrameLayout.HEADER) return;
      int in = 0;
      while (in < SEARCHED && in + FrameLayout.HEADER <= bytes.limit()) {
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

  private void cut(int last) throws IOException {
    Part end = parts.get(last);
    long lost = Files.size(end.file()) - end.end();
    for (Part part : parts.subList(last + 1, parts.size()).reversed()) {
      lost += Files.size(part.file());
      Files.delete(part.file());
    }
    log.warn(
        "{} ended in frames that were never on the disk: {} bytes from byte {} on are cut off. The"
            + " last frame is {}.",
        end.file(),
        lost,
        end.end(),
        end.next() - 1);
    if (end.next() == end.first()) {
      Files.delete(end.file());
    } else {
      try (var written = disk.open(end.file())) {
        written.truncate(end.end());
        written.force();
      }
    }
    disk.forceNames(requireNonNull(end.file().toAbsolutePath().getParent()));
  }

  /// Where a force had failed, the operating system may hold for saved what the disk never took:
  /// what is not known to be there is written once more.
  private void writeAgain(Part part) throws IOException {
    if (part.next() - 1 <= known || part.next() == part.first()) return;
    try (var read = disk.read(part.file());
        var written = disk.open(part.file())) {
      copy(read, written, firstUnknown(part), part.end());
      written.force();
    }
  }

  private long firstUnknown(Part part) throws IOException {
    long at = SegmentHeader.SIZE;
    try (var window = new FileWindow(disk, part.file())) {
      for (long number = part.first(); number <= known; number++) {
        at += window.frame(layout, at, number).limit();
      }
    }
    return at;
  }

  private static void copy(
      LedgerDisk.ReadFile read, LedgerDisk.WrittenFile written, long from, long until)
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
