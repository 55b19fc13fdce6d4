package org.switchroom.cti.contact;

import java.time.Instant;
import org.switchroom.cti.pbx.CallerName;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.personal.Personal;

/// How a contact came.
///
/// @param from ANI; hidden where the network does not say
/// @param name what they or their network say that they are called
/// @param dialed DNIS; of work the one of the call from which it is; empty: not known
/// @param at when it began
public record Arrival(
    @Personal PhoneNumber from, @Personal CallerName name, PhoneNumber dialed, Instant at) {}
