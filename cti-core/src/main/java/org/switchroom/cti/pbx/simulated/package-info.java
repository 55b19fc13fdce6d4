/// A PBX that is not there: it speaks AMI and FastAGI over TCP as Asterisk does, walks callers
/// through the dialplan kit's contexts, and has phones that answer, ring out or are busy. The
/// adapter cannot tell it from a real one.
///
/// ```
///   AmiServer ◀──TCP──▶ DefaultAmiLink          (Switchroom's adapter)
///       │
///   SimulatedPbx ── Dialplan ── SimulatedChannel, Phone
///       │
///   AgiSession ──TCP──▶ FastAgiFront
/// ```
///
/// All of its state belongs to one event loop.
@NullMarked
package org.switchroom.cti.pbx.simulated;

import org.jspecify.annotations.NullMarked;
