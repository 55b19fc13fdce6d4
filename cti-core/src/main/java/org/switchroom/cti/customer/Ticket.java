package org.switchroom.cti.customer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.switchroom.cti.personal.Personal;

/// @param id its number; 0: not given yet
/// @param customer null: not known
/// @param priority `low`, `normal`, `high` or `urgent`
/// @param status `open` or `closed`
/// @param recording the sound file that belongs to it; empty: none
/// @param call it came from
public record Ticket(
    long id,
    @Personal @Nullable Long customer,
    @Personal String subject,
    String priority,
    String status,
    @Personal String recording,
    String call,
    Instant created) {}
