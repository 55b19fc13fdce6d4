package org.switchroom.cti.pbx.simulated;

import java.time.Duration;
import java.util.List;

/// What a simulated caller will do.
///
/// @param keys pressed one at a time, whenever the script listens; [#WAITS] lets one such time pass
/// @param thinking from the beginning of a prompt to the key
/// @param patience from the beginning of the hold until they give up
/// @param talk from hearing the agent until they hang up
public record CallerPlan(
    String from,
    String name,
    String dialed,
    List<Character> keys,
    Duration thinking,
    Duration patience,
    Duration talk) {
  public static final char WAITS = ' ';
}
