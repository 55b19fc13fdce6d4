package org.switchroom.cti.pbx;

/// Whether an agent's phone could ring now.
public enum PhoneState {
  AVAILABLE,
  RINGING,
  /// It rings beside a call that its agent has begun or taken otherwise.
  RINGING_IN_USE,
  IN_USE,
  /// It could ring, and its agent has told the PBX that they do not want to be disturbed.
  DO_NOT_DISTURB,
  /// Not registered, or it does not answer the PBX.
  UNREACHABLE,
  /// The PBX does not know such a phone.
  UNKNOWN;

  public boolean available() {
    return this == AVAILABLE;
  }

  /// Whether it does not ring, whatever its agent is done with.
  public boolean away() {
    return this == UNREACHABLE || this == DO_NOT_DISTURB;
  }
}
