package org.switchroom.ivr.step.planted;

import java.time.ZonedDateTime;
import org.switchroom.ivr.ScriptRunner;
import org.switchroom.ivr.load.ScriptLoader;

/// What no step may do, so that the architecture test can be seen to fail.
public final class PlantedInStep {
  public ScriptLoader reads;
  public ScriptRunner runs;
  public ZonedDateTime now = ZonedDateTime.now();
}
