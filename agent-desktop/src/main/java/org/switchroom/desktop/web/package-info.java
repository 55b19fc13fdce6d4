/// HTTP and WebSocket: log-in, the desks' sockets, and the screens themselves.
///
/// Everything here runs on one event loop, apart from password hashing.
@NullMarked
package org.switchroom.desktop.web;

import org.jspecify.annotations.NullMarked;
