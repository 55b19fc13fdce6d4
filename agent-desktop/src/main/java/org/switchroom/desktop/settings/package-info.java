/// The configuration file: what it may say, and every mistake in it with file and line.
package org.switchroom.desktop.settings;
