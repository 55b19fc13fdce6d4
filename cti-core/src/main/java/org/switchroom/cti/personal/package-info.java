/// Which values are personal.
@NullMarked
package org.switchroom.cti.personal;

import org.jspecify.annotations.NullMarked;
