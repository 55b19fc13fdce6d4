package org.switchroom.cti.customer;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// @param status `placed`, `packed`, `shipped`, `customs`, `delivered` or `cancelled`
/// @param due when it should arrive; null: not known
/// @param amount with its currency: `1250 TWD`
/// @param title what was ordered
public record Order(
    String number,
    long customer,
    LocalDate placed,
    String status,
    @Nullable LocalDate due,
    String amount,
    String title) {}
