package org.switchroom.cti.center;

import java.time.Instant;
import org.switchroom.acd.MemoryChange;
import org.switchroom.cti.event.Event;

/// Where the state's events are heard by who routes.
interface Routed {
  /// A state that is folded and not decided on.
  Routed NOBODY = new Routed() {};

  /// An event was applied.
  default void heard(Event event, Instant at, State state) {}

  /// What the router alone remembers, as an event has it: it is kept until there is one.
  default void remembers(MemoryChange change) {}
}
