package org.switchroom.cti.ledger;

import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;

/// Something that is tried again until it works: said when it begins, then once a minute, and when
/// it is over; where it comes and goes, also no more than once a minute. One thread's.
public final class LastingFault {
  private static final long AGAIN = Duration.ofMinutes(1).toMillis();

  private final Logger log;
  private final String over;
  private final InstantSource clock;
  private String last = "";
  private long said;
  private boolean open;

  /// @param over what is said when it is over
  public LastingFault(Logger log, String over, InstantSource clock) {
    this.log = log;
    this.over = over;
    this.clock = clock;
  }

  public void lasts(String what) {
    long now = clock.millis();
    if (what.equals(last) && now - said < AGAIN) return;
    log.error(what);
    last = what;
    said = now;
    open = true;
  }

  public void isOver() {
    if (!open) return;
    log.warn(over);
    open = false;
  }
}
