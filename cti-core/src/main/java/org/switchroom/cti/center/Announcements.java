package org.switchroom.cti.center;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.speech.Language;

/// What a waiting caller hears between the music, after the rules of Asterisk's `app_queue`.
///
/// @param first after so long the first time
/// @param every position and expected wait again after so long; zero: never again
/// @param least never two announcements within this
/// @param position said of the place in the line; it speaks of `position`; empty: it is not said
/// @param positionLimit only up to this place; beyond it `more` is said
/// @param onlyWhenDown the position only when it is smaller than when it was said last
/// @param expected said when the expected wait is known; it speaks of `minutes`
/// @param messages said in turn; mostly empty
/// @param messagesEvery between two of them
/// @param most announcements to one caller in all; 0: no limit
/// @param offers what a key leads to
/// @param languages for which they are made; the first is spoken to callers of others
@RecordBuilder
public record Announcements(
    Duration first,
    Duration every,
    Duration least,
    Optional<Saying> position,
    int positionLimit,
    Optional<Saying> more,
    boolean onlyWhenDown,
    Optional<Saying> expected,
    List<Saying> messages,
    Duration messagesEvery,
    int most,
    SequencedMap<Character, Offer> offers,
    List<Language> languages)
    implements AnnouncementsBuilder.With {
  /// @param script that the caller goes to
  /// @param saying said with the position; it speaks of `key`
  public record Offer(String script, Saying saying) {}

  /// Nothing is said; the times and languages are those of who says something and names none.
  public static final Announcements NONE =
      new Announcements(
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofSeconds(15),
          Optional.empty(),
          0,
          Optional.empty(),
          false,
          Optional.empty(),
          List.of(),
          Duration.ofSeconds(60),
          0,
          new LinkedHashMap<>(),
          List.of(Language.values()));

  boolean says() {
    return position.isPresent() || expected.isPresent() || !messages.isEmpty() || !offers.isEmpty();
  }

  /// Everything that may be said.
  public List<Saying> sayings() {
    var all = new ArrayList<Saying>(messages);
    Stream.of(position, more, expected).forEach(one -> one.ifPresent(all::add));
    offers.values().forEach(offer -> all.add(offer.saying()));
    return all;
  }
}
