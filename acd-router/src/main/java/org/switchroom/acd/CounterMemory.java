package org.switchroom.acd;

/// The numbers that the router gave last. All but the shadow's only rise.
///
/// @param offer see [OfferId]
/// @param contact see [ContactMemory#number]
/// @param turn see [AgentMemory#turn]
/// @param timer see [DueMemory#number]
/// @param queue see [QueueMemory#number]
/// @param shadowAsked how often the policy in the shadow was asked since it was set
/// @param shadowOtherwise how often it would have chosen otherwise
public record CounterMemory(
    long offer,
    long contact,
    long turn,
    long timer,
    long queue,
    long shadowAsked,
    long shadowOtherwise)
    implements MemoryChange {
  public static final CounterMemory NONE = new CounterMemory(0, 0, 0, 0, 0, 0, 0);
}
