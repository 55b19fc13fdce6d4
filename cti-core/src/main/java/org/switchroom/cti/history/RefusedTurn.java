package org.switchroom.cti.history;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.stream.Collectors;
import org.switchroom.cti.event.AgentEvent;
import org.switchroom.cti.event.CallEvent;
import org.switchroom.cti.event.CenterEvent;
import org.switchroom.cti.event.ContactEvent;
import org.switchroom.cti.event.Event;
import org.switchroom.cti.event.Turn;

/// A turn whose rows the database did not take; they are in none of its tables but `refused`.
/// Nothing personal is in any of this.
///
/// @param turn its number in the ledger
/// @param about which contacts, and what happened
/// @param why for people; as [Projection#reason] has it
public record RefusedTurn(String ledger, long turn, Instant at, String about, String why) {
  /// The most characters (UTF-16 units) of `about`.
  public static final int LONGEST_ABOUT = 400;

  /// What a turn is about.
  public static String about(Turn turn) {
    var contacts = new LinkedHashSet<String>();
    turn.events().forEach(event -> contact(event).ifPresent(contacts::add));
    String kinds =
        turn.events().stream()
            .map(event -> event.getClass().getSimpleName())
            .distinct()
            .collect(Collectors.joining(", "));
    String of = contacts.isEmpty() ? "" : "contact " + String.join(", ", contacts) + ": ";
    String about = of + kinds;
    return about.substring(0, Math.min(about.length(), LONGEST_ABOUT));
  }

  private static Optional<String> contact(Event event) {
    return switch (event) {
      case CallEvent e -> Optional.of(e.contact().value());
      case ContactEvent e -> Optional.of(e.contact().value());
      case AgentEvent _, CenterEvent _ -> Optional.empty();
    };
  }
}
