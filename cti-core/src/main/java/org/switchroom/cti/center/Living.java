package org.switchroom.cti.center;

import java.util.Set;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.LegId;

/// What of a PBX lives, by its own list.
///
/// @param after a start or a lost link: orders may have been lost by it
record Living(Set<CallId> calls, Set<LegId> legs, boolean after) {}
