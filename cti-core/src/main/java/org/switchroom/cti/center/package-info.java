/// The one writer. One thread, one bounded inbox:
///
/// ```
///   PBX facts ─┐
///   scripts  ──┼──▶ inbox ──▶ Center ──▶ Effect ──▶ PBX, desks, history
///   desks    ──┘   (CenterLoop)  │ ▲
///                                ▼ │
///                               Router
/// ```
///
/// Nobody else touches a call, an agent or a queue. [Center] does no I/O, holds no lock and reads
/// no clock: time comes with the events, so a day can be replayed.
package org.switchroom.cti.center;
