package org.switchroom.cti.customer;

import java.time.LocalDate;

/// @param status `placed`, `packed`, `shipped`, `customs`, `delivered` or `cancelled`
/// @param due when it should arrive; null: not known
/// @param amount with its currency: `1250 TWD`
/// @param title what was ordered
public record Order(
    String number,
    long customer,
    LocalDate placed,
    String status,
    LocalDate due,
    String amount,
    String title) {}
