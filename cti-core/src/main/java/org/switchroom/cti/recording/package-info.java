/// A run of the engine as a file: what it was given and what it decided, so that the same day can
/// be had again on somebody's desk.
///
/// ```
///   engine ──▶ RecordingFile ──▶ Begins{known, aside}        a line each, JSON
///              a thread of       Takes{input, now, wall}
///              its own           Decides{events}   as many as the input had turns
///                                Takes{…}
///                                Ends{why}         missing: the server was killed
///
///   RecordingReader ──▶ Replay   an engine without PBX, clock or ledger takes the same inputs
/// ```
///
/// Of an event stand its kind and a digest: what it says is in the ledger. Inputs are whole, with
/// everything personal in them.
@NullMarked
package org.switchroom.cti.recording;

import org.jspecify.annotations.NullMarked;
