package org.switchroom.acd.planted;

import java.io.File;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.switchroom.ivr.speech.Language;

/// What no class of the router may do, so that the architecture test can be seen to fail.
public final class PlantedInRouter {
  public Logger logs;
  public Language knows;
  public Instant reads = Instant.now();
  public Clock clock;
  public File file;
  public Thread thread;
  public ConcurrentHashMap<String, String> shared;
  public SplittableRandom chance;

  public synchronized void takes() {}

  public Set<String> loses(Set<String> order) {
    return Set.copyOf(order);
  }
}
