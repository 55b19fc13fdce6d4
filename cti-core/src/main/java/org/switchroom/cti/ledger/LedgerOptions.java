package org.switchroom.cti.ledger;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.Set;

/// The bounds of a ledger.
///
/// @param segmentBytes a file is no larger, 1 KiB to 1 GiB; a frame that alone is larger has a file
///   of its own
/// @param rollAfter a file takes frames for no longer than about this, so that old ones can go
/// @param keep files go when all their frames are older
/// @param mostBytes of all files: beyond, files that nobody requires go before their time, and who
///   wants them has a gap; where all are required, the disk counts as full
/// @param mostBacklogBytes what may wait in memory when the disk is full; beyond, appending is a
///   [LedgerFault]
/// @param required whose reading keeps files whatever comes, by name: see [Ledger#passed]
/// @param wanted whose reading keeps files for as long as there is room
/// @param forcing who forces
@RecordBuilder
public record LedgerOptions(
    long segmentBytes,
    Duration rollAfter,
    Duration keep,
    long mostBytes,
    long mostBacklogBytes,
    Set<String> required,
    Set<String> wanted,
    Forcing forcing)
    implements LedgerOptionsBuilder.With {
  public static final LedgerOptions DEFAULT =
      new LedgerOptions(
          64L << 20,
          Duration.ofDays(1),
          Duration.ofDays(30),
          8L << 30,
          64L << 20,
          Set.of(),
          Set.of(),
          Forcing.BY_A_THREAD);

  /// Who forces what was written.
  public enum Forcing {
    /// A thread of the ledger's, all the time.
    BY_A_THREAD,
    /// Whoever calls [Ledger#force]: for tests that decide when.
    BY_THE_CALLER
  }

  public LedgerOptions {
    if (segmentBytes < 1 << 10 || segmentBytes > 1 << 30) {
      throw new IllegalArgumentException(
          "segmentBytes is %d; it is from 1 KiB to 1 GiB.".formatted(segmentBytes));
    }
    if (mostBytes < 2 * segmentBytes) {
      throw new IllegalArgumentException(
          "mostBytes is %d; it is at least two segments of %d.".formatted(mostBytes, segmentBytes));
    }
    if (mostBacklogBytes < 0 || mostBacklogBytes > 1 << 30) {
      throw new IllegalArgumentException(
          "mostBacklogBytes is %d; it is from 0 to 1 GiB.".formatted(mostBacklogBytes));
    }
    if (rollAfter.isNegative() || rollAfter.isZero() || keep.isNegative()) {
      throw new IllegalArgumentException(
          "rollAfter is %s and keep %s; both are positive.".formatted(rollAfter, keep));
    }
    required = Set.copyOf(required);
    wanted = Set.copyOf(wanted);
  }
}
