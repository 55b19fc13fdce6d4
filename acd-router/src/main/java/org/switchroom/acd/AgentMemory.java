package org.switchroom.acd;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.AgentProfile;
import org.switchroom.acd.plan.Channel;

/// What the router remembers of an agent beside their profile.
///
/// @param since when presence began
/// @param reason why they are not ready; empty where they are not so
/// @param pending the change they have asked for, to be done when they are free
/// @param leaving what they were when they were removed from the center: they finish what they
///   have, and are gone then. Empty: they are configured
/// @param turn their place among the idle: of two, the smaller has been free for longer. 0: they
///   have never been free
/// @param freeSince when they last became free; 1970: never
/// @param handled contacts since log-in, as `FEWEST_CONTACTS` counts them: who comes late begins
///   where those are who were there
/// @param othersHandled how many those had, on an average, who were ready when this agent stopped
///   being so; 0: none, or nobody was
/// @param misses rings they have missed in a row, since they were last ready by their own word
/// @param busyShare the share of time with a contact, from 0 to 1, as `LEAST_OCCUPIED` counts it
/// @param busyShareAsOf when it was so
/// @param inHand what they are offered, have, or wrap up, in the order in which they were given it
public record AgentMemory(
    AgentId agent,
    AgentPresence presence,
    Instant since,
    String reason,
    Optional<Decision.Pending> pending,
    boolean phoneAvailable,
    Optional<AgentProfile> leaving,
    long turn,
    Instant freeSince,
    int handled,
    int othersHandled,
    int misses,
    double busyShare,
    Instant busyShareAsOf,
    List<AssignmentMemory> inHand)
    implements MemoryChange {
  public AgentMemory {
    inHand = List.copyOf(inHand);
  }

  /// A contact that an agent is offered, has, or wraps up.
  ///
  /// @param offer empty: they were found with it
  /// @param channel by which it counts against their capacity
  /// @param since when the stage began
  /// @param talkSince when the talk began, in wrap-up the talk's length before it began; empty
  ///   while it has not
  /// @param ends when the ringing or the wrap-up ends by itself
  public record AssignmentMemory(
      ContactId contact,
      Optional<OfferId> offer,
      Channel channel,
      AssignmentStage stage,
      Instant since,
      Optional<Instant> talkSince,
      Optional<DueMemory> ends) {
    /// The same, ending by itself at another time.
    public AssignmentMemory endsAt(Optional<DueMemory> other) {
      return new AssignmentMemory(contact, offer, channel, stage, since, talkSince, other);
    }
  }

  /// The same agent with these in their hands.
  public AgentMemory with(List<AssignmentMemory> others) {
    return new AgentMemory(
        agent,
        presence,
        since,
        reason,
        pending,
        phoneAvailable,
        leaving,
        turn,
        freeSince,
        handled,
        othersHandled,
        misses,
        busyShare,
        busyShareAsOf,
        others);
  }
}
