package org.switchroom.cti.history;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.switchroom.cti.event.Deed;

/// What the audit tells of a caller in somebody's words: why their number is blocked, and how they
/// spoke. An erasure takes it, and the line stays: who did it, and when. The ledger has it until
/// its files go, so a recount finds lines in which it stands and here not.
public final class ErasedWords {
  private static final String ERASED = "(erased)";
  private static final String CONTACT = "contact ";

  /// Deeds that are told so.
  public static final List<Deed> DEEDS =
      List.of(Deed.BLOCKED_CALLER, Deed.UNBLOCKED_CALLER, Deed.ENDED_ABUSIVE_CALL);

  private ErasedWords() {}

  /// Whom a line is about: a number, or the id of a contact; empty: nobody, or they were erased.
  ///
  /// @param about as one of [#DEEDS] has it
  public static String whom(String about) {
    String rest = about.startsWith(CONTACT) ? about.substring(CONTACT.length()) : about;
    return about.equals(left(about)) ? "" : rest.split("[: ]", 2)[0];
  }

  /// What is left of a line.
  public static String left(String about) {
    int end = about.indexOf(':');
    return about.startsWith(CONTACT) && end > 0 ? about.substring(0, end) + ": " + ERASED : ERASED;
  }

  /// Whether a row of the audit is what an erasure has left of another.
  static boolean isLeftOf(Map<Column, Object> stored, Map<Column, Object> told) {
    var left = new EnumMap<>(told);
    left.computeIfPresent(Column.ABOUT, (_, about) -> left(about.toString()));
    return DEEDS.stream().anyMatch(deed -> deed.word().equals(told.get(Column.WHAT)))
        && stored.equals(left);
  }
}
