package org.switchroom.cti.center;

import java.time.Instant;

/// A task as its agent sees it.
///
/// @param kind `voicemail` or `callback`
/// @param state `offered` or `working`
/// @param name of the customer; empty: not known
/// @param created when it came
/// @param seconds of the recording; 0: there is none
public record TaskView(
    String id,
    String kind,
    String state,
    String queueTitle,
    Long customer,
    String name,
    String number,
    int seconds,
    Instant created) {}
