package org.switchroom.cti.figures.planted;

import java.time.Instant;
import org.switchroom.cti.center.State;
import org.switchroom.cti.runtime.TurnLog;

/// What no figure may do, so that the architecture test can be seen to fail.
public final class PlantedInFigures {
  public State knows;
  public TurnLog runs;
  public Instant reads = Instant.now();
}
