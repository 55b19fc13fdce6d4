package org.switchroom.cti.call;

import java.time.Instant;
import org.switchroom.cti.pbx.PbxCommand;

/// What a desk has asked the PBX to do with a call, and the PBX has not said yet that it is so.
///
/// @param at when it was asked
public record Ordered(PbxCommand.Control command, Instant at) {
  /// Whether the other takes its place: there is one such wish at a time, of the talk or of how a
  /// supervisor takes part in it.
  boolean givesWayTo(PbxCommand.Control other) {
    return command instanceof PbxCommand.SuperviseBy mine
        ? other instanceof PbxCommand.SuperviseBy theirs && mine.leg().equals(theirs.leg())
        : !(other instanceof PbxCommand.SuperviseBy);
  }
}
