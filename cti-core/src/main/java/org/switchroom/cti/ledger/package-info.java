/// The one list that everything is read from: what the engine's turns have led to, a frame a turn.
/// What a frame says is bytes here.
///
/// ```
///   engine's thread ──▶ Ledger.append ──▶ segment file (page cache)      a dead process loses nothing
///                                            │ forcing thread, in groups
///                                            ▼
///                                          disk ──▶ onForced, whenForced ("saved")
///                                            │
///                                            └──▶ LedgerReader, any number: each goes on where it stopped
///
///   SnapshotStore   states by frame number, so that a start reads only what came after
///   PersonKeys      under which frames and snapshots keep what is personal
///   HaltRecord      what a run died in, so that no run dies of it a third time
/// ```
///
/// A folder holds `00000000000000000001.ledger` and later segments, each named by its first frame;
/// `id` and `epoch`; `persons`, the keys; `lock`; and what was set aside. Nobody but the owner may
/// read any of it.
@NullMarked
package org.switchroom.cti.ledger;

import org.jspecify.annotations.NullMarked;
