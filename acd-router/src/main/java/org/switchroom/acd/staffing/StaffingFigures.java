package org.switchroom.acd.staffing;

/// What to expect of a number of agents.
///
/// @param waits share of contacts that find all agents busy
/// @param abandons share of contacts that give up
/// @param meanWait in queue, over all contacts, those who gave up included
/// @param serviceLevel share of all contacts that are served within the target
/// @param occupancy share of their time for which agents are busy
public record StaffingFigures(
    double waits, double abandons, double meanWait, double serviceLevel, double occupancy) {}
