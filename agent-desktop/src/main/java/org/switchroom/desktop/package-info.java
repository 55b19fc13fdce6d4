/// The command line, and the wiring of the parts into a running server.
@NullMarked
package org.switchroom.desktop;

import org.jspecify.annotations.NullMarked;
