/// The port to a PBX: facts come in ([PbxEvent]), wishes go out ([PbxCommand]).
///
/// `asterisk` is the adapter to a real one. `simulated` is a PBX that speaks the same protocols
/// over TCP, so the same adapter serves the demo, load runs and tests.
@NullMarked
package org.switchroom.cti.pbx;

import org.jspecify.annotations.NullMarked;
