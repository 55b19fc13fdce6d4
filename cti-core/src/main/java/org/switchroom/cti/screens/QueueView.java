package org.switchroom.cti.screens;

import java.time.Instant;
import java.util.Optional;
import org.switchroom.acd.plan.QueueId;

/// A queue as screens show it. Times that run are given by their beginning, so that nothing is sent
/// while nothing happens.
///
/// @param calls whether callers wait in it, or work
/// @param oldest when the longest wait began; empty: nobody waits
/// @param offered today: answered, abandoned, overflowed, chose and unserved together; who still
///   waits is in none of them yet
/// @param overflowed whom the queue's rules sent on
/// @param chose who took what the queue offers by key
/// @param unserved whom the PBX's fallback queue connected, or who were lost
/// @param serviceLevel from 0 to 1; empty: nothing to count yet
/// @param satisfaction the mean answer of today's surveys, from 0 to 1; empty: there was none
/// @param asaMillis empty: nobody was answered yet
public record QueueView(
    QueueId queue,
    String title,
    boolean calls,
    int waiting,
    Optional<Instant> oldest,
    long offered,
    long answered,
    long abandoned,
    long overflowed,
    long chose,
    long unserved,
    Optional<Double> serviceLevel,
    Optional<Long> asaMillis,
    Optional<Double> satisfaction,
    int targetPercent,
    long targetSeconds) {}
