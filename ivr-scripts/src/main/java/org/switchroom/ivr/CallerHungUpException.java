package org.switchroom.ivr;

import java.util.Optional;

/// The caller has hung up: ordinary, and the end of the script.
public final class CallerHungUpException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Caller.Recording> recording;

  public CallerHungUpException() {
    this(Optional.empty());
  }

  /// @param recording what was recorded until then; empty: nothing
  public CallerHungUpException(Optional<Caller.Recording> recording) {
    super("The caller hung up.", null, false, false);
    this.recording = recording;
  }

  /// What was recorded until then; empty: nothing.
  public Optional<Caller.Recording> recording() {
    return recording;
  }
}
