package org.switchroom.cti.contact;

import org.switchroom.acd.plan.AgentId;
import org.switchroom.cti.personal.Personal;

/// Who has given a contact away, for whoever has it next.
///
/// @param why in their words; empty: they have said nothing
public record Handover(AgentId by, @Personal String why) {}
