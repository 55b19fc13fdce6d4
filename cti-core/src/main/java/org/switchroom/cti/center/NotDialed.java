package org.switchroom.cti.center;

import java.util.Locale;
import java.util.Optional;

/// Why a number is not dialed.
public enum NotDialed {
  NO_NUMBER("It is no number that somebody can be reached at."),
  NOWHERE("Nothing is dialed here: the configuration has no \"dial\"."),
  NOT_ALLOWED("No \"allow\" of \"dial\" is for it, or a \"deny\" is."),
  COSTLY(
      "It is of a premium rate or a satellite; \"allow\" of \"dial\" has to name it digit by"
          + " digit."),
  EMERGENCY("It is an emergency number, which people dial."),
  TOO_MANY_AT_ONCE("As many numbers as may be are being called."),
  TOO_MANY_TODAY("As many numbers as may be were called today."),
  AGENT_AT_ONCE("As many numbers as an agent may call are being called by this one."),
  AGENT_TODAY("As many numbers as an agent may call in a day were called by this one.");

  private final String message;

  NotDialed(String message) {
    this.message = message;
  }

  /// It stays the same across languages.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// In English.
  public String message() {
    return message;
  }

  /// Empty: there is none of this code.
  public static Optional<NotDialed> of(String code) {
    for (NotDialed one : values()) {
      if (one.code().equals(code)) return Optional.of(one);
    }
    return Optional.empty();
  }
}
