/// Scripts are read and checked here, before any caller comes: every fault with its file and line.
@NullMarked
package org.switchroom.ivr.load;

import org.jspecify.annotations.NullMarked;
