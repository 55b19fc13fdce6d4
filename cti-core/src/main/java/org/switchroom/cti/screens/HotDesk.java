package org.switchroom.cti.screens;

import org.switchroom.cti.pbx.PhoneState;

/// A phone at which any agent may sit.
///
/// @param phone as the PBX names it
/// @param by the name of who sits there; empty: nobody does
public record HotDesk(String phone, PhoneState state, String by) {}
