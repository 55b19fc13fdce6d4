package org.switchroom.cti.event;

/// Why a recording is over.
public enum RecordingEnd {
  /// With the call, or because the caller has gone on to a script or a number.
  TALK_OVER,
  /// Nothing more can be written.
  NO_ROOM,
  /// The caller has refused to be recorded.
  REFUSED,
  /// The PBX has no part of it, and nobody has told of an end.
  LOST
}
