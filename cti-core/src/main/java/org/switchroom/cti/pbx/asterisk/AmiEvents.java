package org.switchroom.cti.pbx.asterisk;

import java.util.Locale;
import java.util.Set;

/// The events that somebody reads, us or the library itself, which follows bridges. Asterisk-Java
/// keeps the name of every event for which it has no class, for ever; so all others come to it
/// under one name.
final class AmiEvents {
  private static final String KEY = "event:";
  private static final String UNREAD = "Event: Unread";

  private static final Set<String> READ =
      Set.of(
          "newchannel",
          "newstate",
          "varset",
          "hangup",
          "bridgecreate",
          "bridgeenter",
          "bridgeleave",
          "bridgemerge",
          "bridgedestroy",
          "originateresponse",
          "devicestatechange",
          "blindtransfer",
          "attendedtransfer",
          "dtmfend",
          "status",
          "statuscomplete",
          "dbgettreeresponse",
          "fullybooted",
          "switchroomcheck",
          "shutdown");

  private AmiEvents() {}

  /// A line of AMI, as the library shall have it.
  static String line(String line) {
    if (!line.regionMatches(true, 0, KEY, 0, KEY.length())) return line;
    String name = line.substring(KEY.length()).strip().toLowerCase(Locale.ROOT);
    return READ.contains(name) ? line : UNREAD;
  }
}
