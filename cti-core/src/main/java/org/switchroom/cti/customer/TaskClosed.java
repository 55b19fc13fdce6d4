package org.switchroom.cti.customer;

import java.time.Instant;

/// An agent has done a task.
public record TaskClosed(String task, String call, String agent, String note, Instant at)
    implements HistoryRecord {}
