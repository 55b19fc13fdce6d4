package org.switchroom.cti.customer;

import java.time.Instant;
import java.util.Optional;
import org.switchroom.cti.personal.Personal;

/// @param id its number; 0: not given yet
/// @param customer empty: not known
/// @param priority `low`, `normal`, `high` or `urgent`
/// @param status `open` or `closed`
/// @param recording the sound file that belongs to it; empty: none
/// @param call it came from
public record Ticket(
    long id,
    @Personal Optional<Long> customer,
    @Personal String subject,
    String priority,
    String status,
    @Personal String recording,
    String call,
    Instant created) {}
