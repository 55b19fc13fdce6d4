package org.switchroom.cti.pbx.asterisk;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.KeyedDigits;
import org.switchroom.cti.pbx.PbxCommand;

/// Plays keys to those in calls, one after the other: an action plays one, and two that touch are
/// one to who listens to tones. Calls do not wait for each other, and nothing else waits for them.
final class DigitSender {
  /// Of one key.
  static final Duration LENGTH = Duration.ofMillis(100);

  private final AmiLink link;

  /// Those that are to be played after the one that plays. Guarded by itself.
  private final Map<CallId, StringBuilder> left = new HashMap<>();

  DigitSender(AmiLink link) {
    this.link = link;
  }

  void send(PbxCommand.GenerateDigits keys) {
    CallId call = keys.call();
    KeyedDigits digits = keys.digits();
    StringBuilder first;
    synchronized (left) {
      StringBuilder playing = left.get(call);
      if (playing != null) {
        if (playing.length() + digits.count() <= KeyedDigits.MOST_WAITING)
          playing.append(digits.value());
        return;
      }
      first = new StringBuilder(digits.value());
      left.put(call, first);
    }
    next(call, first, keys.onwards());
  }

  /// The link is down: who has heard the first half of a number hears no other half later.
  void forget() {
    synchronized (left) {
      left.clear();
    }
  }

  private void next(CallId call, StringBuilder mine, boolean onwards) {
    char digit;
    synchronized (left) {
      if (left.get(call) != mine) return;
      if (mine.isEmpty()) {
        left.remove(call);
        return;
      }
      digit = mine.charAt(0);
      mine.deleteCharAt(0);
    }
    link.send(
        AmiActions.playDigit(call, digit, LENGTH, onwards),
        answer -> {
          if ("Error".equalsIgnoreCase(answer.getResponse())) stop(call, mine);
        });
    link.in(KeyedDigits.PACE, () -> next(call, mine, onwards));
  }

  /// Nobody is there who would hear the rest.
  private void stop(CallId call, StringBuilder mine) {
    synchronized (left) {
      left.remove(call, mine);
    }
  }
}
