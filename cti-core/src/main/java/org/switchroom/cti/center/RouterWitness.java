package org.switchroom.cti.center;

import java.time.Instant;
import org.switchroom.acd.AcdEvent;
import org.switchroom.acd.RouterMemory;
import org.switchroom.acd.plan.Plan;

/// Who watches what the router is told, on the engine's thread, before the router is told it: with
/// all of it, its decisions can be made again. It must not block.
@FunctionalInterface
public interface RouterWitness {
  void hears(AcdEvent fact);

  /// The router begins with what an earlier run's has remembered.
  ///
  /// @param offers are numbered from here at least
  default void begins(Instant at, Plan plan, RouterMemory memory, long offers) {}

  /// From here on it decides: before, it was held back until the PBX had said what lives.
  default void goesOn() {}
}
