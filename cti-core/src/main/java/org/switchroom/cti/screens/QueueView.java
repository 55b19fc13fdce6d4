package org.switchroom.cti.screens;

import java.time.Instant;
import org.switchroom.acd.plan.QueueId;

/// A queue as screens show it. Times that run are given by their beginning, so that nothing is sent
/// while nothing happens.
///
/// @param oldest when the longest wait began; null: nobody waits
/// @param serviceLevel from 0 to 1; null: nothing to count yet
/// @param satisfaction the mean answer of today's surveys, from 0 to 1; null: there was none
/// @param asaMillis null: nobody was answered yet
public record QueueView(
    QueueId queue,
    String title,
    int waiting,
    Instant oldest,
    long answered,
    long abandoned,
    Double serviceLevel,
    Long asaMillis,
    Double satisfaction,
    int targetPercent,
    long targetSeconds) {}
