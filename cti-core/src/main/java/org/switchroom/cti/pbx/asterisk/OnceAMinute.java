package org.switchroom.cti.pbx.asterisk;

import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;

/// A warning that strangers can cause as often as they like: it is said at once, then once a minute
/// at most, with how often there was reason for it. On any thread.
final class OnceAMinute {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Consumer<String> says;
  private final Consumer<Runnable> inAMinute;
  private boolean quiet;
  private long unsaid;
  private String last = "";

  /// @param inAMinute does something a minute later
  OnceAMinute(Consumer<String> says, Consumer<Runnable> inAMinute) {
    this.says = says;
    this.inAMinute = inAMinute;
  }

  static OnceAMinute in(Logger log) {
    return new OnceAMinute(log::warn, over -> AgiWatch.later(MINUTE, over));
  }

  synchronized void say(String warning) {
    if (quiet) {
      unsaid++;
      last = warning;
      return;
    }
    quiet = true;
    says.accept(warning);
    inAMinute.accept(this::over);
  }

  private synchronized void over() {
    quiet = unsaid > 0;
    if (!quiet) return;
    says.accept("%s (%,d in the last minute)".formatted(last, unsaid));
    unsaid = 0;
    inAMinute.accept(this::over);
  }
}
