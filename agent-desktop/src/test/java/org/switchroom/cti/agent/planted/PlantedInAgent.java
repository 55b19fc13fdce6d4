package org.switchroom.cti.agent.planted;

import java.time.Instant;
import org.switchroom.cti.center.State;

/// What an agent may not do, so that the architecture test can be seen to fail.
public final class PlantedInAgent {
  public State knows;
  public Instant reads = Instant.now();
}
