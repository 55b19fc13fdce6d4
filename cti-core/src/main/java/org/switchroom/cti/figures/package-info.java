/// The figures, each with one written definition, folded from events. `docs/figures.md` says them
/// for people.
@NullMarked
package org.switchroom.cti.figures;

import org.jspecify.annotations.NullMarked;
