/// Runs of the router kept as text: a fact a line, in JSON, to be played again with the same
/// decisions.
@NullMarked
package org.switchroom.acd.run;

import org.jspecify.annotations.NullMarked;
