package org.switchroom.acd.plan;

/// What a contact comes by.
public enum Channel {
  /// Needs the agent's phone.
  VOICE,
  CHAT,
  MAIL,
  /// Work that nobody waits for on a line: a voicemail, a callback, a case.
  TASK;

  /// Whether somebody waits on the line while it waits.
  public boolean isLive() {
    return this == VOICE || this == CHAT;
  }
}
