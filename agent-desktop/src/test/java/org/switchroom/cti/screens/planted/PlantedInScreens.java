package org.switchroom.cti.screens.planted;

import java.time.InstantSource;
import org.switchroom.cti.center.Effect;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.runtime.TurnLog;

/// What screens may not do, so that the architecture test can be seen to fail.
public final class PlantedInScreens {
  public Input says;
  public Effect wants;
  public TurnLog runs;
  public InstantSource reads = InstantSource.system();
}
