package org.switchroom.cti.task;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.personal.Personal;

/// Work that came by telephone and waits for an agent.
///
/// @param customer empty: not known
/// @param name of the customer; empty: not known
/// @param number to be called; empty: hidden
/// @param recording the sound file; empty: none
/// @param seconds of the recording
/// @param call it came from
/// @param dialed by which of our numbers that came; empty: it is not known, as of an older ledger
public record Task(
    String id,
    Kind kind,
    QueueId queue,
    @Personal Optional<Long> customer,
    @Personal String name,
    @Personal String number,
    @Personal String recording,
    int seconds,
    CallId call,
    PhoneNumber dialed,
    Instant created) {
  public Task {
    dialed = Objects.requireNonNullElse(dialed, new PhoneNumber(""));
  }

  public enum Kind {
    VOICEMAIL,
    CALLBACK;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
