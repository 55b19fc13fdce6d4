package org.switchroom.cti.history.planted;

import org.switchroom.cti.center.State;
import org.switchroom.cti.runtime.TurnLog;

/// What the history may not do, so that the architecture test can be seen to fail.
public final class PlantedInHistory {
  public State knows;
  public TurnLog runs;
  public long reads = System.nanoTime();
}
