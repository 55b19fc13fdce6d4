/// The configuration file: what it may say, and every mistake in it with file and line.
@NullMarked
package org.switchroom.desktop.settings;

import org.jspecify.annotations.NullMarked;
