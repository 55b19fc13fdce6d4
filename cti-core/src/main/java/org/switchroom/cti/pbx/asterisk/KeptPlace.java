package org.switchroom.cti.pbx.asterisk;

import java.time.Duration;

/// The place of whoever had an Asterisk that was restarted: it is kept for as long as a server
/// takes to be back, from when it is seen first that nobody else has it. By Asterisk's own clock,
/// which may be set back after the machine has started: then it begins anew, and does not last
/// until that time comes again.
final class KeptPlace {
  private final Duration kept;
  private String whose = "";

  /// In seconds since 1970.
  private long since;

  KeptPlace(Duration kept) {
    this.kept = kept;
  }

  /// @param owner as it stands in Asterisk's database
  /// @param now in seconds since 1970, of Asterisk's clock
  boolean isKept(String owner, long now) {
    if (!whose.equals(owner) || now < since) {
      whose = owner;
      since = now;
    }
    return now - since < kept.toSeconds();
  }
}
