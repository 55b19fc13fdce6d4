package org.switchroom.cti.customer;

import java.time.Instant;

/// One line of a customer's history.
///
/// @param kind `call`, `order`, `note`, `complaint`, `ticket`, `voicemail`, `callback` or `survey`
public record TimelineEntry(Instant at, String kind, String text) {}
