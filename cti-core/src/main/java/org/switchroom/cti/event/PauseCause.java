package org.switchroom.cti.event;

/// Why a recording pauses.
public enum PauseCause {
  /// Somebody has said so.
  ASKED,
  /// Something is keyed, which may be a secret.
  KEYS,
  /// A script has said so before the talk.
  SCRIPT
}
