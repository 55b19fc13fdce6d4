package org.switchroom.ivr;

/// The caller has hung up: ordinary, and the end of the script.
public final class CallerHungUpException extends Exception {
  private static final long serialVersionUID = 1L;

  public CallerHungUpException() {
    super("The caller hung up.", null, false, false);
  }
}
