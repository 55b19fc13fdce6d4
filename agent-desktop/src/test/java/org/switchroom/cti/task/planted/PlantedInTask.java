package org.switchroom.cti.task.planted;

import java.time.Instant;

/// What no task may do, so that the architecture test can be seen to fail.
public final class PlantedInTask {
  public Instant reads = Instant.now();
}
