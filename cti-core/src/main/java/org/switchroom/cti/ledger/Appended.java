package org.switchroom.cti.ledger;

/// Where a frame is after [Ledger#append].
public sealed interface Appended {
  /// Frames are numbered from 1, without holes.
  long number();

  /// It is in the segment file: it outlives the process, and the machine as soon as it is forced.
  record Written(long number) implements Appended {}

  /// The disk takes nothing. The frame has its number and waits in memory, behind those that wait
  /// already: it is lost with the process.
  record Kept(long number, LedgerState.Full why) implements Appended {}
}
