package org.switchroom.acd.plan;

/// What a contact comes by.
public enum Channel {
  /// Needs the agent's phone.
  VOICE,
  CHAT,
  MAIL,
  /// Work that nobody waits for on a line: a voicemail, a callback, a case.
  TASK
}
