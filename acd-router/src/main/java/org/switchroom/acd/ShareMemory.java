package org.switchroom.acd;

import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;

/// What an agent has had of a queue that goes by `PERCENT_ALLOCATION`: the one with the least is
/// next.
///
/// @param paid each contact adds 2⁴⁰ divided by the agent's share; nobody is remembered at 0
public record ShareMemory(QueueId queue, AgentId agent, long paid) implements MemoryChange {}
