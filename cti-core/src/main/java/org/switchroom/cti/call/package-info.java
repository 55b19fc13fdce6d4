/// A caller's call as its PBX has it: parties with their roles and connections, as a state machine
/// of values. What the caller wants is in `contact`.
@NullMarked
package org.switchroom.cti.call;

import org.jspecify.annotations.NullMarked;
