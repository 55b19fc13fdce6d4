package org.switchroom.desktop.server;

import java.io.IOException;
import java.nio.file.FileSystemException;

/// What a person is told of a fault.
public final class PlainMessage {
  private PlainMessage() {}

  /// The one that says what is wrong, of a fault and its causes.
  public static String of(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null && root.getCause() != root && !saysMore(root)) {
      root = root.getCause();
    }
    if (root instanceof StartFault start) return start.getMessage();
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    boolean bare = root instanceof FileSystemException file && file.getReason() == null;
    return bare || root instanceof RuntimeException
        ? root.getClass().getSimpleName() + ": " + message
        : message;
  }

  /// What the machine says is "Is a directory" or the name of a file; who was at it has said what
  /// it is.
  private static boolean saysMore(Throwable fault) {
    String message = String.valueOf(fault.getMessage());
    return fault instanceof IOException
        && !message.equals(fault.getCause().toString())
        && message.contains(String.valueOf(fault.getCause().getMessage()));
  }
}
