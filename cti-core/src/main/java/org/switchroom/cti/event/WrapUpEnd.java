package org.switchroom.cti.event;

/// How a wrap-up ended.
public enum WrapUpEnd {
  /// The agent said so.
  SAID,
  /// Its time was over.
  TIMED,
  /// The agent was ready for the next, or has the next already.
  READY,
  /// There was none to do.
  NONE
}
