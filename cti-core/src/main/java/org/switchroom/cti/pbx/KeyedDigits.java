package org.switchroom.cti.pbx;

import java.time.Duration;

/// What is keyed into a talk for its other side: 0 to 9, `*` and `#`. It may be a PIN or the number
/// of a card, so nothing writes it down: no log, no ledger, no recording.
public record KeyedDigits(String value) {
  public static final int MOST = 32;

  /// From the beginning of one to the next, as they are heard.
  public static final Duration PACE = Duration.ofMillis(200);

  /// More wait in one call only where somebody leans on the keys; what is beyond it is dropped.
  public static final int MOST_WAITING = 8 * MOST;

  /// Whether each of them is a key, and they are not too many, nor none.
  public boolean canBeSent() {
    return !value.isEmpty()
        && value.length() <= MOST
        && value.chars().allMatch(c -> c >= '0' && c <= '9' || c == '*' || c == '#');
  }

  public int count() {
    return value.length();
  }

  /// How long it is until the last of them was heard, where no others are before them.
  public Duration length() {
    return PACE.multipliedBy(count());
  }

  /// As many others, which can be sent if these can: for whoever writes down what was asked for.
  public KeyedDigits masked() {
    return new KeyedDigits((canBeSent() ? "0" : "?").repeat(count()));
  }

  /// What they are is not said.
  @Override
  public String toString() {
    return count() + " keys";
  }
}
