/// The router: it is told facts and answers with decisions.
///
/// ```
///   AcdEvent ──▶ Router ──▶ Decision
///   (contact queued, agent ready, offer accepted, time passed)   (offer, withdraw, agent state)
/// ```
///
/// It is single-threaded and deterministic. It reads no clock (each fact carries its time), does no
/// I/O and rolls no dice, so a day of facts replays to the same decisions.
package org.switchroom.acd;
