package org.switchroom.cti.ivr;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.switchroom.acd.plan.Hours;
import org.switchroom.cti.customer.BackOffice;
import org.switchroom.cti.customer.CustomerDirectory;
import org.switchroom.cti.customer.Pins;
import org.switchroom.cti.pbx.PhoneNumber;

/// Whom scripts turn to.
///
/// @param blocked of a caller whom somebody has blocked, the number as it is; empty: nobody has
/// @param clock the one on the wall: opening hours and dates go by it
/// @param around what the configuration says, as it is now
/// @param center where facts are told
public record ScriptEnvironment(
    CustomerDirectory customers,
    BackOffice office,
    Pins pins,
    Function<PhoneNumber, Optional<String>> blocked,
    HttpServices http,
    InstantSource clock,
    Supplier<Around> around,
    ScriptFacts center) {
  /// @param scriptOf the script of a dialed number; the one of the empty number is for all others
  public record Around(ZoneId zone, Map<String, Hours> calendars, Map<String, String> scriptOf) {}
}
