package org.switchroom.acd;

import java.time.Instant;

/// A timer that is set.
///
/// @param number of those due at the same time the smaller comes first
public record DueMemory(Instant at, long number) {}
