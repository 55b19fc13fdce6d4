package org.switchroom.cti.screens;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.event.Draft;

/// A task as its agent sees it.
///
/// @param kind `voicemail` or `callback`
/// @param state `offered` or `working`
/// @param name of the customer; empty: not known
/// @param created when it came
/// @param seconds of the recording; 0: there is none
/// @param contact for commands
/// @param draft what the agent has typed so far
public record TaskView(
    ContactId contact,
    String id,
    String kind,
    String state,
    String queueTitle,
    @Nullable Long customer,
    String name,
    String number,
    int seconds,
    Instant created,
    Draft draft) {}
