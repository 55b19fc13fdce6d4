/// The production router in virtual time: callers and agents are drawn by chance, everything they
/// meet is real.
@NullMarked
package org.switchroom.acd.simulation;

import org.jspecify.annotations.NullMarked;
