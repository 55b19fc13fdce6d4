package org.switchroom.desktop.figures;

/// Who is at a phone in a [ControlRound].
enum Role {
  AGENT,
  COLLEAGUE,
  SUPERVISOR,
  /// At a number outside, that agents call.
  OUTSIDE
}
