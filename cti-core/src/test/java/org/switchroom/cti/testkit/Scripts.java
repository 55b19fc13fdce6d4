package org.switchroom.cti.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.ivr.Outcome.TrailEntry;
import org.switchroom.ivr.speech.Language;

/// What scripts tell.
public final class Scripts {
  private Scripts() {}

  /// One that has sent the caller to a queue.
  public static Input.ScriptFinished queued(CallId call, String queue, TrailEntry... trail) {
    return new Input.ScriptFinished(
        call,
        "main",
        1,
        "queued",
        "to",
        List.of(),
        List.of(trail),
        Map.of(),
        Language.EN,
        Optional.of(queue),
        0,
        "",
        "",
        Duration.ZERO,
        "");
  }
}
