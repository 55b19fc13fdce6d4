package org.switchroom.cti.ledger.planted;

import java.time.Instant;
import org.switchroom.cti.event.Event;

/// What no class of the ledger may do, so that the architecture test can be seen to fail.
public final class PlantedInLedger {
  public Event knows;
  public Instant reads = Instant.now();
}
