package org.switchroom.cti.pbx.asterisk;

/// For how long something on Asterisk has stood as it is, from when it is seen first. By Asterisk's
/// own clock, which may be set back, as after its machine has started: then it begins anew, and
/// does not last until that time comes again.
final class Unchanged {
  private String seen = "";

  /// In seconds since 1970.
  private long since;

  /// @param text as it stands there
  /// @param now in seconds since 1970, of Asterisk's clock
  /// @return in seconds, from 0
  long seconds(String text, long now) {
    if (!seen.equals(text) || now < since) {
      seen = text;
      since = now;
    }
    return now - since;
  }
}
