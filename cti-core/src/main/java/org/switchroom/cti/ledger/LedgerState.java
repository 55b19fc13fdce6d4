package org.switchroom.cti.ledger;

import java.time.Instant;

/// Whether frames reach the disk.
public sealed interface LedgerState {
  /// They do.
  record Healthy() implements LedgerState {}

  /// The disk takes nothing: frames wait in memory, up to [LedgerOptions#mostBacklogBytes]. Each
  /// append and [Ledger#retry] tries again, oldest first.
  ///
  /// @param reason as the operating system says it, or that the ledger has its most bytes and who
  ///   has not read them
  /// @param backlogBytes what waits in memory
  record Full(Instant since, String reason, long backlogBytes) implements LedgerState {}

  /// A force has failed: what the disk has of the last frames is not known, so none is taken any
  /// more. Only another start helps; it finds out.
  record Failed(Instant since, String reason) implements LedgerState {}
}
