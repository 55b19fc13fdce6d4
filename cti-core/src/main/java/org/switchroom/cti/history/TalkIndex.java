package org.switchroom.cti.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.history.AuditTrail.Place;
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

  /// The most of one answer.
  int MOST = 1_000;

  /// One that was found, whoever called.
  ///
  /// @param from the caller's number
  /// @param agent who had the contact last; empty: nobody
  /// @param ended empty: it goes on
  record FoundTalk(
      Place place,
      RecordingId recording,
      ContactId contact,
      String from,
      String agent,
      String queue,
      Optional<Instant> ended) {}

  /// @param from from when on it began
  /// @param until before when
  /// @param about what number, agent, queue or contact has in it, whatever the case; empty: any
  /// @param agents whose are found beside those, as by their names
  /// @param queues the same of queues
  /// @param after only those that come after this place, which are older
  /// @param most how many, up to [#MOST]
  record TalkSearch(
      Optional<Instant> from,
      Optional<Instant> until,
      String about,
      List<String> agents,
      List<String> queues,
      Optional<Place> after,
      int most) {}

  /// The latest first; those whose files are kept no longer too.
  List<FoundTalk> search(TalkSearch search);

  /// In the order in which they began; those whose files are kept no longer too.
  List<RecordedTalk> of(ContactId contact);

  /// Empty: there is none.
  Optional<RecordedTalk> find(RecordingId recording);

  /// Whether it is not over, as far as is known: one of which the history knows nothing yet is not.
  boolean goesOn(RecordingId recording, Instant now);
}
