package org.switchroom.cti.customer;

import java.time.Instant;

/// What an agent says a call was about.
public record DispositionRecord(
    String call, Long customer, String agent, String disposition, String note, Instant at)
    implements HistoryRecord {}
