package org.switchroom.cti.ledger;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which files go, and when. A file goes when it is old and all who require or want it have read
/// it, or when there are too many bytes and all who require it have. Where those keep it, it stays,
/// and the disk counts as full.
final class Retention {
  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  /// Each start begins a file.
  private static final int MOST_SEGMENTS = 10_000;

  private final SegmentList segments;
  private final LedgerOptions options;
  private final InstantSource clock;
  private final Map<String, Long> passed = new ConcurrentHashMap<>();

  /// The last frame of a file that is to take no more, because it is old.
  private volatile long newestTooOld = -1;

  Retention(SegmentList segments, LedgerOptions options, InstantSource clock) {
    this.segments = segments;
    this.options = options;
    this.clock = clock;
    options.required().forEach(name -> passed.put(name, 0L));
    options.wanted().forEach(name -> passed.put(name, 0L));
  }

  void passed(String reader, long frame) {
    Long last = passed.computeIfPresent(reader, (_, before) -> Math.max(before, frame));
    if (last == null) {
      throw new IllegalArgumentException(
          "%s is neither required, which are %s, nor wanted, which are %s."
              .formatted(reader, options.required(), options.wanted()));
    }
  }

  // ── The engine's thread's ───────────────────────────────────────────────────────────────────

  /// Whether a segment has been written to for long enough.
  boolean isTooOld(LedgerSegment segment) {
    return newestTooOld == segment.first();
  }

  /// @throws IOException when one more segment is one too many
  void mustHaveRoom() throws IOException {
    if (segments.bytes() + options.segmentBytes() <= options.mostBytes()) return;
    throw new IOException(
        "it has its most, %d MiB, of which nothing may go%s"
            .formatted(options.mostBytes() >> 20, whoKeeps(segments.oldest())));
  }

  private String whoKeeps(Optional<LedgerSegment> oldest) {
    long last = oldest.map(LedgerSegment::last).orElse(0L);
    String readers =
        passed.entrySet().stream()
            .filter(entry -> options.required().contains(entry.getKey()))
            .filter(entry -> entry.getValue() < last)
            .map(entry -> "%s (now at frame %d)".formatted(entry.getKey(), entry.getValue()))
            .sorted()
            .collect(Collectors.joining(", "));
    return readers.isEmpty() ? " yet" : " before it is read by " + readers;
  }

  // ── The forcing thread's ────────────────────────────────────────────────────────────────────

  /// Whether the newest segment has become old.
  void look() {
    segments
        .newest()
        .filter(newest -> clock.millis() - newest.begun() >= options.rollAfter().toMillis())
        .ifPresent(newest -> newestTooOld = newest.first());
  }

  /// Frames that are kept, and all that are not older than frames are kept, were written since.
  Instant keptSince() {
    Instant most = clock.instant().minus(options.keep());
    Instant oldest =
        segments.oldest().map(one -> Instant.ofEpochMilli(one.begun())).orElse(Instant.MAX);
    return oldest.isBefore(most) ? oldest : most;
  }

  /// Removes what may go.
  ///
  /// @param told what frames on the disk say was there before them: of what goes, some have to say
  ///   that it was there, or the next start takes it for lost
  /// @return whether more will go as soon as they say so
  boolean tidy(long told) {
    try {
      while (mayGo()) {
        LedgerSegment oldest = segments.oldest().orElseThrow();
        if (oldest.last() > told) return true;
        segments.remove(oldest);
      }
    } catch (IOException e) {
      log.error("An old file of the ledger cannot be removed: {}", e.toString());
    }
    return false;
  }

  private boolean mayGo() {
    Optional<LedgerSegment> oldest = segments.oldest();
    Optional<LedgerSegment> next = oldest.flatMap(segments::after);
    if (next.isEmpty()) return false;
    long last = oldest.get().last();
    if (!haveRead(options.required(), last)) return false;
    // What it holds was written before the next one was begun.
    boolean old = clock.millis() - next.get().begun() >= options.keep().toMillis();
    // One that is filling and one that is begun then must find room.
    boolean tooMany =
        segments.bytes() + 2 * options.segmentBytes() > options.mostBytes()
            || segments.count() > MOST_SEGMENTS;
    return tooMany || old && haveRead(options.wanted(), last);
  }

  private boolean haveRead(Set<String> readers, long frame) {
    return readers.stream().allMatch(reader -> requireNonNull(passed.get(reader)) >= frame);
  }
}
