package org.switchroom.desktop.server;

/// The server cannot start; the message says why and what to do, in one line.
public final class StartFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartFault(String message) {
    super(message);
  }
}
