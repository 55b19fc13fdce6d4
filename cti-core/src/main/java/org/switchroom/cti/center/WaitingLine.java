package org.switchroom.cti.center;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.switchroom.acd.ContactId;

/// Who waits in one queue, in the order in which they came, and how fast the line has moved lately.
final class WaitingLine {
  /// How much the pace follows each who is served.
  private static final double PACE_FOLLOWS = 0.1;

  private record Waiter(Instant since, ContactId contact) {}

  private final TreeSet<Waiter> waiting =
      new TreeSet<>(
          Comparator.comparing(Waiter::since).thenComparing(waiter -> waiter.contact().value()));
  private final Map<ContactId, Waiter> byContact = new HashMap<>();
  private Pace pace = Pace.UNKNOWN;

  /// @param seconds between two who are served; 0: not known yet
  record Pace(Optional<Instant> lastServed, double seconds) {
    static final Pace UNKNOWN = new Pace(Optional.empty(), 0);

    Pace served(Instant at) {
      if (lastServed.isEmpty()) return new Pace(Optional.of(at), 0);
      double passed = Duration.between(lastServed.get(), at).toMillis() / 1e3;
      double now = seconds == 0 ? passed : seconds + (passed - seconds) * PACE_FOLLOWS;
      return new Pace(Optional.of(at), now);
    }
  }

  void joins(ContactId contact, Instant since) {
    var waiter = new Waiter(since, contact);
    Waiter before = byContact.put(contact, waiter);
    if (before != null) waiting.remove(before);
    waiting.add(waiter);
  }

  void leaves(ContactId contact) {
    Waiter waiter = byContact.remove(contact);
    if (waiter != null) waiting.remove(waiter);
  }

  void served(Instant at) {
    pace = pace.served(at);
  }

  Pace pace() {
    return pace;
  }

  void pace(Pace known) {
    pace = known;
  }

  boolean has(ContactId contact) {
    return byContact.containsKey(contact);
  }

  /// The time until a place in the line is served, at the pace at which it has moved lately; empty:
  /// it has not moved yet.
  Optional<Duration> expectedWait(int position) {
    if (pace.seconds() == 0) return Optional.empty();
    return Optional.of(Duration.ofMillis((long) (pace.seconds() * position * 1e3)));
  }

  int size() {
    return waiting.size();
  }

  Optional<Instant> oldest() {
    return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.first().since());
  }

  List<ContactId> first(int most) {
    return waiting.stream().limit(most).map(Waiter::contact).toList();
  }
}
