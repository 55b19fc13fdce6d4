package org.switchroom.ivr;

/// What came of telling a caller that their talk is recorded.
public enum NoticeAnswer {
  /// It was played to its end, and they have not refused.
  HEARD,
  /// They have pressed the key that refuses.
  REFUSED
}
