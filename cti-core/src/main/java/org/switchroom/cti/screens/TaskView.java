package org.switchroom.cti.screens;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.switchroom.acd.ContactId;
import org.switchroom.cti.event.Draft;
import org.switchroom.cti.task.Task;

/// A task as its agent sees it.
///
/// @param name of the customer; empty: not known
/// @param created when it came
/// @param seconds of the recording; 0: there is none
/// @param contact for commands
/// @param draft what the agent has typed so far
public record TaskView(
    ContactId contact,
    String id,
    Task.Kind kind,
    Progress state,
    String queueTitle,
    Optional<Long> customer,
    String name,
    String number,
    int seconds,
    Instant created,
    Draft draft) {
  /// Whether its agent has begun.
  public enum Progress {
    OFFERED,
    WORKING;

    /// As screens are told: `offered`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
