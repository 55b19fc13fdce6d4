package org.switchroom.cti.call;

import java.time.Instant;
import java.util.Optional;
import org.switchroom.cti.event.PauseCause;
import org.switchroom.cti.pbx.RecordingId;

/// The recording of a call that goes on, or was the last one.
///
/// @param since when it began
/// @param pause empty: what is said is heard in it
/// @param ended whether it is over
public record TalkRecording(RecordingId id, Instant since, Optional<Pause> pause, boolean ended) {
  /// Silence is recorded in place of what is said.
  ///
  /// @param until when it is over by itself; empty: when somebody says so
  public record Pause(PauseCause cause, Instant since, Optional<Instant> until) {}

  TalkRecording paused(Pause other) {
    return new TalkRecording(id, since, Optional.of(other), ended);
  }

  TalkRecording resumed() {
    return new TalkRecording(id, since, Optional.empty(), ended);
  }

  TalkRecording over() {
    return new TalkRecording(id, since, Optional.empty(), true);
  }
}
