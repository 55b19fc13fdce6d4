package org.switchroom.cti.journal;

import java.time.Duration;
import org.slf4j.Logger;

/// Something that is tried again until it works: said when it begins, then once a minute, and when
/// it is over. One thread's.
final class LastingFault {
  private static final long AGAIN = Duration.ofMinutes(1).toNanos();

  private final Logger log;
  private final String over;
  private String last = "";
  private long said;

  /// @param over what is said when it is over
  LastingFault(Logger log, String over) {
    this.log = log;
    this.over = over;
  }

  void lasts(String what) {
    if (what.equals(last) && System.nanoTime() - said < AGAIN) return;
    log.error(what);
    last = what;
    said = System.nanoTime();
  }

  void isOver() {
    if (last.isEmpty()) return;
    log.warn(over);
    last = "";
  }
}
