/// What has happened, as rows: contacts, the segments that each of them is made of, and what goes
/// with them.
///
/// ```
///   Turn ──▶ HistoryFold ──▶ RowChange ──┬──▶ the database, by HistoryProjector    (one transaction with the position)
///                                        └──▶ MemoryTables, by Recount             (and both are compared)
/// ```
///
/// The fold keeps nothing between two turns, so it may begin anywhere. Tables and columns are named
/// here; SQL is made of them in `store`.
@NullMarked
package org.switchroom.cti.history;

import org.jspecify.annotations.NullMarked;
