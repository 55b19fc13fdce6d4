package org.switchroom.cti.ivr;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;
import org.switchroom.acd.plan.Hours;
import org.switchroom.cti.customer.BackOffice;
import org.switchroom.cti.customer.CustomerDirectory;
import org.switchroom.cti.customer.Pins;

/// Whom scripts turn to.
///
/// @param clock the one on the wall: opening hours and dates go by it
/// @param around what the configuration says, as it is now
/// @param center where facts are told
public record ScriptEnvironment(
    CustomerDirectory customers,
    BackOffice office,
    Pins pins,
    HttpServices http,
    InstantSource clock,
    Supplier<Around> around,
    ScriptFacts center) {
  /// @param scriptOf the script of a dialed number; the one of the empty number is for all others
  public record Around(ZoneId zone, Map<String, Hours> calendars, Map<String, String> scriptOf) {}
}
