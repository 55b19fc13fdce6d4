package org.switchroom.desktop.server;

import java.time.InstantSource;
import org.switchroom.cti.runtime.Halt;
import org.switchroom.cti.runtime.Recorder;
import org.switchroom.cti.runtime.SteadyClock;

/// How a server runs.
///
/// @param clock for order and deadlines: it is never set back
/// @param wall for opening hours, dates and records
/// @param recorder of everything that the engine is given
/// @param halt what an engine does that cannot go on
public record Running(InstantSource clock, InstantSource wall, Recorder recorder, Halt halt) {
  /// By the machine's clocks.
  public static Running with(Recorder recorder, Halt halt) {
    return new Running(new SteadyClock(), InstantSource.system(), recorder, halt);
  }
}
