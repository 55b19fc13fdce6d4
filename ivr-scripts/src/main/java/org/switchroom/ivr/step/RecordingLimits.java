package org.switchroom.ivr.step;

import java.time.Duration;
import java.util.Optional;
import org.switchroom.ivr.Caller;
import org.switchroom.ivr.CallerHungUpException;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.Walker;

/// How a caller is recorded.
///
/// @param longest of the recording
/// @param silence ends it
/// @param end the key that ends it
record RecordingLimits(Duration longest, Duration silence, char end) {
  static RecordingLimits read(StepFields fields) {
    return new RecordingLimits(
        fields.upTo(Duration.ofMinutes(10), "longest", Duration.ofMinutes(2)),
        fields.upTo(Duration.ofSeconds(60), "silence", Duration.ofSeconds(4)),
        fields.end());
  }

  /// Empty: nothing was said.
  Optional<Caller.Recording> record(Saying saying, Walker walker) throws CallerHungUpException {
    return walker.caller().record(walker.prompts(saying), longest, silence, end);
  }
}
