package org.switchroom.cti.customer;

import java.time.Instant;

/// One caller's way through a script.
///
/// @param ending `queued`, `hung-up` (by the caller), `ended` (by the script), `transferred` or
///   `runaway`
/// @param last the step in which it ended
/// @param edges the exits taken, `script/step:exit`, one a line
public record ScriptRun(
    String call, String script, int version, Instant at, String ending, String last, String edges)
    implements HistoryRecord {}
