/// What a caller hears and may press.
///
/// ```
///   YAML ──▶ ScriptLoader ──▶ Script ──▶ ScriptRunner ──▶ Outcome (to a queue, or hung up)
///            (every fault with        │          ▲
///             file and line)          │          └── Lookups (who is calling?)
///                                     └── Caller (play, read a key, read digits)
/// ```
///
/// The library knows nothing of phones: a [Caller] may be a channel of a PBX or a test.
@NullMarked
package org.switchroom.ivr;

import org.jspecify.annotations.NullMarked;
