package org.switchroom.desktop.server;

import java.io.IOException;
import java.nio.file.FileSystemException;

/// What a person is told of a fault.
public final class PlainMessage {
  private PlainMessage() {}

  /// The one that says what is wrong, of a fault and its causes.
  public static String of(Throwable fault) {
    Throwable root = fault;
    for (Throwable cause = root.getCause();
        cause != null && cause != root && !saysMore(root, cause);
        cause = root.getCause()) {
      root = cause;
    }
    if (root instanceof StartFault) return String.valueOf(root.getMessage());
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    boolean bare = root instanceof FileSystemException file && file.getReason() == null;
    return bare || root instanceof RuntimeException
        ? root.getClass().getSimpleName() + ": " + message
        : message;
  }

  /// What the machine says is "Is a directory" or the name of a file; who was at it has said what
  /// it is.
  private static boolean saysMore(Throwable fault, Throwable cause) {
    String message = String.valueOf(fault.getMessage());
    return fault instanceof IOException
        && !message.equals(cause.toString())
        && message.contains(String.valueOf(cause.getMessage()));
  }
}
