/// The figures, each with one written definition, folded from events. `docs/figures.md` says them
/// for people.
package org.switchroom.cti.figures;
