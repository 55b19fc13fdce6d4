package org.switchroom.cti.customer;

import java.time.LocalDate;
import java.util.Optional;

/// @param status `placed`, `packed`, `shipped`, `customs`, `delivered` or `cancelled`
/// @param due when it should arrive; empty: not known
/// @param amount with its currency: `1250 TWD`
/// @param title what was ordered
public record Order(
    String number,
    long customer,
    LocalDate placed,
    String status,
    Optional<LocalDate> due,
    String amount,
    String title) {}
