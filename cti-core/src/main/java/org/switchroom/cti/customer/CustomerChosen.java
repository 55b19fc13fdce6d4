package org.switchroom.cti.customer;

import java.time.Instant;

/// An agent has said who a caller is, during the call or after it.
public record CustomerChosen(String call, long customer, String agent, Instant at)
    implements HistoryRecord {}
