package org.switchroom.desktop.server;

import java.time.Duration;
import java.util.Optional;
import org.switchroom.cti.center.NotDialed;
import org.switchroom.cti.event.CenterEvent.Noted;
import org.switchroom.cti.event.Deed;
import org.switchroom.cti.event.Event;

/// Numbers that somebody wanted dialed and that are not: a line at most once a minute says how many
/// and why the last one was not, so that whoever tries all night fills no log. Which calls they
/// were is in the audit.
final class RefusedNumbers {
  /// Numbers that are not dialed are told of no more often, however many a stranger tries.
  static final Duration TOLD_EVERY = Duration.ofMinutes(1);

  private long since;
  private String last = "";
  private Optional<Long> told = Optional.empty();

  void hears(Event event) {
    if (!(event instanceof Noted(_, var what, var about)) || what != Deed.NOT_DIALED) return;
    since++;
    last = about;
  }

  /// Empty: there is none, or it is too early for another line.
  ///
  /// @param nanos as of a clock that never falls
  Optional<String> tells(long nanos) {
    boolean early = told.filter(before -> nanos - before < TOLD_EVERY.toNanos()).isPresent();
    if (since == 0 || early) return Optional.empty();
    int blank = last.indexOf(' ');
    String why =
        NotDialed.of(last.substring(blank + 1)).map(NotDialed::message).orElse("It is refused.");
    String line =
        "%s is not given a number that it wanted dialed%s: %s (\"dial\" in the configuration)"
            .formatted(
                last.substring(0, Math.max(blank, 0)),
                since == 1 ? "" : ", the last of %d".formatted(since),
                why);
    since = 0;
    told = Optional.of(nanos);
    return Optional.of(line);
  }
}
