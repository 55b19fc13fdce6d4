package org.switchroom.cti.contact.planted;

import java.time.Instant;
import org.switchroom.cti.center.State;

/// What a contact may not do, so that the architecture test can be seen to fail.
public final class PlantedInContact {
  public State knows;
  public Instant reads = Instant.now();
}
