/// Scripts without a telephone: in unit tests and in a terminal, with the production runner.
@NullMarked
package org.switchroom.ivr.rehearsal;

import org.jspecify.annotations.NullMarked;
