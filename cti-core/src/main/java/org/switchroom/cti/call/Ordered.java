package org.switchroom.cti.call;

import java.time.Instant;
import org.switchroom.cti.pbx.PbxCommand;

/// What a desk has asked the PBX to do with a call, and the PBX has not said yet that it is so.
///
/// @param at when it was asked
public record Ordered(PbxCommand.TalkControl command, Instant at) {
  /// Whether the other takes its place: there is one such wish at a time, of the talk, of a phone
  /// that rings, or of how a supervisor takes part.
  boolean givesWayTo(PbxCommand.TalkControl other) {
    return switch (command) {
      case PbxCommand.SuperviseBy _, PbxCommand.Answer _, PbxCommand.HangUpLeg _ ->
          other instanceof PbxCommand.OfLeg of
              && of.leg().equals(((PbxCommand.OfLeg) command).leg());
      default -> !(other instanceof PbxCommand.SuperviseBy);
    };
  }
}
