package org.switchroom.cti.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.pbx.RecordingId;

/// Which talks were recorded, as the history has it.
public interface TalkIndex {
  /// @param queue whose talk it was; empty: it is not known
  /// @param ended empty: it goes on
  record RecordedTalk(
      RecordingId recording,
      ContactId contact,
      String queue,
      Instant began,
      Optional<Instant> ended,
      List<Silence> silences) {}

  /// In a recording, while it was paused.
  ///
  /// @param ended empty: it goes on
  record Silence(Instant began, Optional<Instant> ended) {}

  /// In the order in which they began; those whose files are kept no longer too.
  List<RecordedTalk> of(ContactId contact);

  /// Empty: there is none.
  Optional<RecordedTalk> find(RecordingId recording);

  /// Whether it is not over, as far as is known: one of which the history knows nothing yet is not.
  boolean goesOn(RecordingId recording, Instant now);
}
