/// HTTP and WebSocket: log-in, the desks' sockets, and the screens themselves.
///
/// Everything here runs on one event loop, apart from password hashing.
package org.switchroom.desktop.web;
