package org.switchroom.cti.ivr.planted;

import org.switchroom.cti.center.State;
import org.switchroom.cti.runtime.EngineLoop;

/// What nobody who leads callers may know, so that the architecture test can be seen to fail.
public final class PlantedInScripts {
  public State knows;
  public EngineLoop runs;
}
