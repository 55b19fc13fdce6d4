package org.switchroom.acd;

import org.switchroom.acd.plan.AgentId;
import org.switchroom.acd.plan.QueueId;

/// What an agent has had of a queue that goes by `PERCENT_ALLOCATION`: the one with the least is
/// next.
///
/// @param paid each contact adds 2⁴⁰ divided by the agent's share
/// @param others what those had paid, on an average, who were ready when this agent stopped being
///   so; 0: nothing, or nobody was
public record ShareMemory(QueueId queue, AgentId agent, long paid, long others)
    implements MemoryChange {}
