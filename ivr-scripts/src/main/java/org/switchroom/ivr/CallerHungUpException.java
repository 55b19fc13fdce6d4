package org.switchroom.ivr;

import org.jspecify.annotations.Nullable;

/// The caller has hung up: ordinary, and the end of the script.
public final class CallerHungUpException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Caller.@Nullable Recording recording;

  public CallerHungUpException() {
    this(null);
  }

  /// @param recording what was recorded until then; null: nothing
  public CallerHungUpException(Caller.@Nullable Recording recording) {
    super("The caller hung up.", null, false, false);
    this.recording = recording;
  }

  /// What was recorded until then; null: nothing.
  public Caller.@Nullable Recording recording() {
    return recording;
  }
}
