package org.switchroom.cti.pbx.simulated;

import java.time.Duration;
import java.util.List;

/// What a simulated caller will do.
///
/// @param keys pressed one at a time, whenever the script listens; [#WAITS] lets one such time pass
/// @param thinking from the beginning of a prompt to the key
/// @param patience from the beginning of the hold until they give up
/// @param talk from hearing the agent until they hang up
/// @param speaks how long they talk when they are recorded; zero: they say nothing
/// @param heldKey pressed when they hear what their queue offers; [#WAITS]: never
/// @param agentEnds whether the agent hangs up first
public record CallerBehavior(
    String from,
    String name,
    String dialed,
    List<Character> keys,
    Duration thinking,
    Duration patience,
    Duration talk,
    Duration speaks,
    char heldKey,
    boolean agentEnds) {
  public static final char WAITS = ' ';

  /// An agent's own call, which does nothing by itself.
  static final CallerBehavior AGENTS_OWN =
      new CallerBehavior(
          "", "", "", List.of(), Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1));

  /// Somebody outside whom an agent calls or asks.
  static final CallerBehavior CALLED =
      new CallerBehavior(
          "", "", "", List.of(), Duration.ZERO, Duration.ofDays(1), Duration.ofMinutes(3));

  /// One who speaks when they are recorded, takes up nothing while they wait, and hangs up first.
  public CallerBehavior(
      String from,
      String name,
      String dialed,
      List<Character> keys,
      Duration thinking,
      Duration patience,
      Duration talk) {
    this(from, name, dialed, keys, thinking, patience, talk, Duration.ofSeconds(3), WAITS, false);
  }
}
