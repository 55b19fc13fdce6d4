package org.switchroom.cti.recording;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.switchroom.cti.center.Input;
import org.switchroom.cti.center.Snapshot;

/// A line of a recording.
sealed interface RecordingLine {
  /// The first.
  ///
  /// @param format [RecordingLines#FORMAT]
  /// @param build that recorded, as [Build] names it
  /// @param known from the run before
  /// @param aside subjects for which the run does nothing
  record Begins(int format, String build, Set<String> aside, Snapshot known)
      implements RecordingLine {}

  record Takes(Input input, Instant now, Instant wall) implements RecordingLine {}

  /// A turn of the input before it.
  record Decides(List<Mark> events) implements RecordingLine {}

  /// The last of a recording that was ended.
  ///
  /// @param why for people, a sentence
  record Ends(String why) implements RecordingLine {}

  /// By what an event is known again.
  ///
  /// @param event its kind
  /// @param digest of all that it says
  record Mark(String event, String digest) {}
}
