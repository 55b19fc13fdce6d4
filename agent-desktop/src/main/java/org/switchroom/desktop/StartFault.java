package org.switchroom.desktop;

/// The server cannot start; the message says why and what to do, in one line.
final class StartFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFault(String message) {
    super(message);
  }
}
