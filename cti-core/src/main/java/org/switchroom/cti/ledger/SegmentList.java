package org.switchroom.cti.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// The ledger's files by their first frames: `00000000000000000001.ledger`. Any thread may look.
final class SegmentList {
  private static final String ENDING = ".ledger";

  private final Path folder;
  private final ConcurrentSkipListMap<Long, LedgerSegment> segments = new ConcurrentSkipListMap<>();

  SegmentList(Path folder) {
    this.folder = folder;
  }

  static Path file(Path folder, long first) {
    return folder.resolve("%020d%s".formatted(first, ENDING));
  }

  static TreeMap<Long, Path> files(Path folder) throws IOException {
    var files = new TreeMap<Long, Path>();
    try (var list = Files.list(folder)) {
      for (Path file : list.toList()) {
        String name = file.getFileName().toString();
        if (name.matches("0[0-8]\\d{18}\\" + ENDING)) {
          files.put(Long.parseLong(name.substring(0, name.length() - ENDING.length())), file);
        }
      }
    }
    return files;
  }

  Path folder() {
    return folder;
  }

  void add(LedgerSegment segment) {
    segments.put(segment.first(), segment);
  }

  /// The one that a frame stands in, or after whose last frame it would.
  Optional<LedgerSegment> with(long frame) {
    return Optional.ofNullable(segments.floorEntry(frame)).map(Map.Entry::getValue);
  }

  Optional<LedgerSegment> oldest() {
    return Optional.ofNullable(segments.firstEntry()).map(Map.Entry::getValue);
  }

  Optional<LedgerSegment> newest() {
    return Optional.ofNullable(segments.lastEntry()).map(Map.Entry::getValue);
  }

  Optional<LedgerSegment> after(LedgerSegment one) {
    return Optional.ofNullable(segments.higherEntry(one.first())).map(Map.Entry::getValue);
  }

  boolean has(LedgerSegment segment) {
    return segments.get(segment.first()) == segment;
  }

  int count() {
    return segments.size();
  }

  /// Of all files.
  long bytes() {
    long sum = 0;
    for (LedgerSegment segment : segments.values()) sum += segment.bytes();
    return sum;
  }

  /// Readers learn first that it goes, so that none takes its absence for a fault.
  void remove(LedgerSegment segment) throws IOException {
    segments.remove(segment.first());
    Files.deleteIfExists(segment.file());
  }
}
