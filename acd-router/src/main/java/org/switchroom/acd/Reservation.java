package org.switchroom.acd;

import java.time.Instant;

/// An offer that is out: it holds one agent and one contact until it is accepted, rejected or
/// withdrawn.
record Reservation(OfferId id, Contact contact, Agent agent, Instant expires) {}
