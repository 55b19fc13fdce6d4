/// What must not be lost: an append-only file of records, forced in groups, and projected into the
/// database afterwards, each record once.
///
/// ```
///   records ──▶ Journal (written, forced) ──▶ "saved" to who waits for it
///                  │
///                  └──▶ JournaledHistory ──▶ Projection (SQL: the rows and the position, together)
/// ```
package org.switchroom.cti.journal;
