package org.switchroom.cti.center;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.switchroom.ivr.Saying;
import org.switchroom.ivr.speech.Language;

/// What a waiting caller hears between the music, after the rules of Asterisk's `app_queue`.
///
/// @param first after so long the first time
/// @param every position and expected wait again after so long; zero: never again
/// @param least never two announcements within this
/// @param position whether the place in the line is said; its saying speaks of `position`
/// @param positionLimit only up to this place; beyond it `more` is said
/// @param onlyWhenDown the position only when it is smaller than when it was said last
/// @param expected said when the expected wait is known; it speaks of `minutes`; null: not said
/// @param messages said in turn; mostly empty
/// @param messagesEvery between two of them
/// @param most announcements to one caller in all; 0: no limit
/// @param offers what a key leads to
/// @param languages for which they are made; the first is spoken to callers of others
public record Announcements(
    Duration first,
    Duration every,
    Duration least,
    @Nullable Saying position,
    int positionLimit,
    @Nullable Saying more,
    boolean onlyWhenDown,
    @Nullable Saying expected,
    List<Saying> messages,
    Duration messagesEvery,
    int most,
    SequencedMap<Character, Offer> offers,
    List<Language> languages) {
  /// @param script that the caller goes to
  /// @param saying said with the position; it speaks of `key`
  public record Offer(String script, Saying saying) {}

  public static final Announcements NONE =
      new Announcements(
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          null,
          0,
          null,
          false,
          null,
          List.of(),
          Duration.ZERO,
          0,
          new LinkedHashMap<>(),
          List.of(Language.EN));

  boolean says() {
    return position != null || expected != null || !messages.isEmpty() || !offers.isEmpty();
  }

  /// Everything that may be said.
  public List<Saying> sayings() {
    var all = new ArrayList<Saying>(messages);
    for (Saying one : new Saying[] {position, more, expected}) if (one != null) all.add(one);
    offers.values().forEach(offer -> all.add(offer.saying()));
    return all;
  }
}
