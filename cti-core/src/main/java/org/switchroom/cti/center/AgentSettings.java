package org.switchroom.cti.center;

import org.switchroom.acd.AgentId;
import org.switchroom.acd.Skills;

/// @param name shown to people
/// @param phone as the PBX names it, such as `PJSIP/1001`
public record AgentSettings(AgentId id, String name, String phone, Skills skills) {}
