/// What desks and wallboards show: a projection that is given turns and nothing else, and the port
/// to the screens.
@NullMarked
package org.switchroom.cti.screens;

import org.jspecify.annotations.NullMarked;
