package org.switchroom.cti.pbx.asterisk;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/// The events that somebody reads, and of each what is read. All else is left out before
/// Asterisk-Java sees it: it looks for a setter for each of the about thirty headers of an event,
/// and keeps the name of every event for which it has no class, for ever.
final class AmiEvents {
  private static final String KEY = "event";

  /// All headers of it.
  private static final List<String> WHOLE = List.of("*");

  /// The headers that are read of each.
  private static final NavigableMap<String, List<String>> READ =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static {
    READ.put("Newchannel", List.of("Uniqueid", "Channel", "Context", "Exten"));
    READ.put("Newstate", List.of("Uniqueid", "ChannelStateDesc"));
    READ.put("VarSet", List.of("Uniqueid", "Variable", "Value", "CallerIDNum", "CallerIDName"));
    READ.put("Hangup", List.of("Uniqueid", "Cause"));
    READ.put("HangupRequest", List.of("Uniqueid"));
    READ.put("BridgeEnter", List.of("Uniqueid", "Channel", "BridgeUniqueid", "SwapUniqueid"));
    READ.put("Hold", List.of("Uniqueid"));
    READ.put("Unhold", List.of("Uniqueid"));
    READ.put("OriginateResponse", List.of("ActionID", "Response", "Reason"));
    READ.put("DeviceStateChange", List.of("Device", "State"));
    READ.put("DeviceStateListComplete", List.of());
    READ.put("BlindTransfer", List.of("TransfererUniqueid", "Extension", "Result"));
    READ.put(
        "AttendedTransfer",
        List.of(
            "OrigTransfererUniqueid",
            "SecondTransfererUniqueid",
            "TransfereeUniqueid",
            "TransferTargetCallerIDNum",
            "Result"));
    READ.put("DTMFEnd", List.of("Uniqueid", "Digit", "Direction", "Context"));
    READ.put("Status", WHOLE);
    READ.put("StatusComplete", WHOLE);
    READ.put("DBGetTreeResponse", WHOLE);
    READ.put("FullyBooted", List.of());
    READ.put("SwitchroomCheck", List.of());
    READ.put("Shutdown", List.of());
  }

  private AmiEvents() {}

  /// All that are read.
  static Set<String> names() {
    return READ.keySet();
  }

  /// What the library shall have of a message.
  ///
  /// @param message its lines, each with a colon
  /// @return empty: nobody reads it
  static List<String> read(List<String> message) {
    String first = message.getFirst();
    if (!has(first, KEY)) return message.stream().filter(line -> !has(line, KEY)).toList();
    String name = first.substring(KEY.length() + 1).strip();
    List<String> headers = READ.get(name);
    if (headers == null) return List.of();
    var read = new ArrayList<String>();
    read.add("Event: " + ("BridgeEnter".equalsIgnoreCase(name) ? BridgedEvent.NAME : name));
    for (String line : message.subList(1, message.size())) {
      if (!has(line, KEY) && (headers == WHOLE ? isPlain(line) : isOf(line, headers)))
        read.add(line);
    }
    return read;
  }

  /// Whether its header's name has letters and digits alone, as all of Asterisk's have. The library
  /// leaves out whatever else is in one: a caller's `Unique-id` would be the `Uniqueid`.
  private static boolean isPlain(String line) {
    int end = line.indexOf(':');
    while (end > 0 && line.charAt(end - 1) == ' ') end--;
    for (int i = 0; i < end; i++) {
      char c = line.charAt(i);
      if (c >= 128 || !Character.isLetterOrDigit(c)) return false;
    }
    return true;
  }

  private static boolean isOf(String line, List<String> headers) {
    for (String header : headers) if (has(line, header)) return true;
    return false;
  }

  /// Whether a line is this header's.
  private static boolean has(String line, String header) {
    int colon = line.indexOf(':');
    int end = colon;
    while (end > 0 && line.charAt(end - 1) == ' ') end--;
    return end == header.length() && line.regionMatches(true, 0, header, 0, end);
  }
}
