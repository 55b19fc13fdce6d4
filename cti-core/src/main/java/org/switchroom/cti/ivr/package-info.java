/// Leads callers through their script, outside the one writer, and posts what came of it.
@NullMarked
package org.switchroom.cti.ivr;

import org.jspecify.annotations.NullMarked;
