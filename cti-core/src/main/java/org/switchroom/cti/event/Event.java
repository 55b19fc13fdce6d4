package org.switchroom.cti.event;

/// One change of the center's state. Events of one [Turn] share its time; what happened at another
/// time says so itself.
public sealed interface Event permits CallEvent, ContactEvent, AgentEvent, CenterEvent {}
