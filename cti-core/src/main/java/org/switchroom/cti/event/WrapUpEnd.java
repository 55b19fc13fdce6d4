package org.switchroom.cti.event;

/// How a wrap-up ended.
public enum WrapUpEnd {
  /// The agent said so.
  SAID,
  /// Its time was over.
  TIMED,
  /// The agent was ready for the next, or has the next already.
  READY,
  /// The agent has logged out, and no screen of theirs is left to do it at.
  LEFT,
  /// There was none to do.
  NONE
}
