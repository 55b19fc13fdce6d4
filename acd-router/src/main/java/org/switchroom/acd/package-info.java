/// The router: it is told facts and answers with decisions.
///
/// ```
///   AcdEvent ──▶ Router ──▶ Decision
///   (contact queued, agent ready, offer accepted, time passed)   (offer, withdraw, agent state)
///
///   Router   states of agents, life of contacts, timers
///     ├─ RoutingSteps    what a contact asks for, and when that changes
///     ├─ OverflowRules   when it goes elsewhere
///     └─ Matching        who could have whom
///          ├─ QueueState              a queue at work
///          ├─ RequirementClass  contacts of a queue that ask for the same, agents who match
///          ├─ SkillProfile      agents alike, and the classes they serve
///          └─ Scoring           a policy as whole numbers
///
///   Router.memory() ──▶ RouterMemory ──▶ Router.load()   all but the configuration
/// ```
///
/// It is single-threaded and deterministic. It reads no clock (each fact carries its time), does no
/// I/O and rolls no dice, so a day of facts replays to the same decisions.
@NullMarked
package org.switchroom.acd;

import org.jspecify.annotations.NullMarked;
