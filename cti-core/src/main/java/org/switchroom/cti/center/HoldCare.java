package org.switchroom.cti.center;

import java.time.Duration;

/// What becomes of a caller whom an agent has on hold, by how long they are.
///
/// @param reminder then the agent's desk says so, and again each minute; zero: never
/// @param back then they go back to the queue; not more than [#LONGEST]
public record HoldCare(Duration reminder, Duration back) {
  /// The dialplan would end a hold of two hours: nobody comes so far.
  public static final Duration LONGEST = Duration.ofMinutes(110);

  /// Less than this is no time to look something up.
  public static final Duration SHORTEST = Duration.ofSeconds(10);

  /// Where nothing is said of it.
  public static final HoldCare REMINDS = new HoldCare(Duration.ofMinutes(1), LONGEST);
}
