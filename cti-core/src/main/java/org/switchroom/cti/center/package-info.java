/// The one writer: what decides, and all that is known. Pure: no clock, no I/O, no thread.
///
/// ```
///   Input ──▶ Engine ──▶ rules ──▶ Event ──▶ State.apply ──▶ Router
///                          ▲                     │             │
///                          └──── read ───────────┘             │
///                          ▲                                   │
///                          └──── its decisions ────────────────┘
///
///   a turn:  its events for the ledger, its effects for afterwards
///
///   CallRules ContactRules DeskRules ScriptRules RoutingRules AnnouncementRules   one for each kind of input or decision
///   Reconciliation                                                               what lives, after a start or a lost link
///   StateAudit                                                                   what must be so after each turn
///   Replica                                                                      a state that is only folded
/// ```
///
/// Nobody else changes a call, a contact, an agent or a queue. `runtime` gives it a thread, a clock
/// and a ledger.
@NullMarked
package org.switchroom.cti.center;

import org.jspecify.annotations.NullMarked;
