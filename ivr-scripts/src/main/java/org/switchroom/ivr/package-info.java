/// What a caller hears and may press.
///
/// ```
///   YAML ──▶ load.ScriptLoader ──▶ Script ──▶ ScriptRunner ──▶ Outcome (to a queue, or hung up)
///            (every fault with       │          │      ▲
///             file and line)         │          ▼      └── Services (who is calling?)
///                                  Steps ◀── Walker ── Caller (play, read a key, read digits)
/// ```
///
/// What a step is stands here, and which there are in [org.switchroom.ivr.step].
///
/// The library knows nothing of phones: a [Caller] may be a channel of a PBX or a test.
@NullMarked
package org.switchroom.ivr;

import org.jspecify.annotations.NullMarked;
