package org.switchroom.cti.customer;

import java.time.Instant;

/// One line of a customer's history.
///
/// @param kind `call`, `order`, `note` or `complaint`
public record TimelineEntry(Instant at, String kind, String text) {}
