package org.switchroom.acd;

/// What the router remembers once: the numbers that it gave last, which only rise, what the shadow
/// has counted, how far the wall clock is ahead, and whether phones can be rung.
///
/// @param offer see [OfferId]
/// @param contact see [ContactMemory#number]
/// @param turn see [AgentMemory#turn]
/// @param timer see [DueMemory#number]
/// @param queue see [QueueMemory#number]
/// @param shadowAsked how often the policy in the shadow was asked since it was set
/// @param shadowOtherwise how often it would have chosen otherwise
/// @param wallAhead how far the wall clock is ahead of the time of facts, in nanoseconds: see
///   [AcdEvent.WallClockSet]
/// @param phonesReachable see [AcdEvent.PhonesReachable]
public record CounterMemory(
    long offer,
    long contact,
    long turn,
    long timer,
    long queue,
    long shadowAsked,
    long shadowOtherwise,
    long wallAhead,
    boolean phonesReachable)
    implements MemoryChange {
  public static final CounterMemory NONE = new CounterMemory(0, 0, 0, 0, 0, 0, 0, 0, true);
}
