/// The command line, and the wiring of the parts into a running server.
package org.switchroom.desktop;
