package org.switchroom.cti.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.ivr.Outcome;
import org.switchroom.ivr.Outcome.TrailEntry;
import org.switchroom.ivr.Outcome.Walk;
import org.switchroom.ivr.speech.Language;

/// Ends of scripts.
public final class Outcomes {
  private Outcomes() {}

  public static Walk walk(TrailEntry... trail) {
    return new Walk("menu", 1, List.of(trail), List.of(), "menu", Map.of(), Language.EN, false);
  }

  public static Outcome.Queued queued(String queue, TrailEntry... trail) {
    return new Outcome.Queued(walk(trail), queue, 0, Optional.empty(), "", Duration.ZERO);
  }

  /// One who asks for more than the queue does.
  public static Outcome.Queued asking(String queue, String ask, String preferred) {
    return new Outcome.Queued(
        walk(), queue, 0, Optional.of(ask), preferred, Duration.ofSeconds(30));
  }
}
