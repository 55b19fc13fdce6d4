package org.switchroom.cti.call.planted;

import java.time.Instant;
import org.switchroom.cti.center.State;

/// What a call may not do, so that the architecture test can be seen to fail.
public final class PlantedInCall {
  public State knows;
  public Instant reads = Instant.now();
}
