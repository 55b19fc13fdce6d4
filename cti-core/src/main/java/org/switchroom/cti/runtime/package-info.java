/// Around the engine: what gives it a thread and the time, keeps its turns and brings them back.
///
/// ```
///   PBX, desks, scripts ──▶ EngineLoop ──▶ TurnRunner ──▶ Engine
///                            inbox, clock,     │
///                            watchdog          ├─ 1. LedgerLog      the turn, as JSON in one frame
///                                              ├─ 2. screens        the pop
///                                              └─ 3. EffectRunner   ring, other PBX commands; "saved" when it is forced
///
///   RunningEngine   opens the ledger, folds what it knows (Recovery), starts the loop, closes all of it
///   SnapshotWriter  now and then all that is known, so that a start reads only what came after
///   Recorder        is told every input and every turn, for a replay
///   Halt, Blame     the end of the process, and what it died in
/// ```
@NullMarked
package org.switchroom.cti.runtime;

import org.jspecify.annotations.NullMarked;
