/// Recordings of talks as files: what the PBX writes while they go on, what is made of it, and for
/// how long it is kept. It knows neither the PBX nor the engine.
@NullMarked
package org.switchroom.cti.audio;

import org.jspecify.annotations.NullMarked;
