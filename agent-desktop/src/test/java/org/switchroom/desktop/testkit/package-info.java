/// Test kits of the whole server: a configuration, desks over the real sockets, and browsers.
package org.switchroom.desktop.testkit;
