/// What has changed, as the ledger keeps it: the words that everything else is told in. Past tense,
/// values only; who has all events has everything. The engine makes them, and `State.apply` is the
/// only place that they change.
@NullMarked
package org.switchroom.cti.event;

import org.jspecify.annotations.NullMarked;
