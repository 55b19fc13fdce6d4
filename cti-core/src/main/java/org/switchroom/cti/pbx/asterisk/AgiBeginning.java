package org.switchroom.cti.pbx.asterisk;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a session of FastAGI says of itself before anything is asked.
///
/// @param call empty: it says none
/// @param token empty: it shows none
record AgiBeginning(String call, String token) {
  private static final int LONGEST_TOLD = 100;
  private static final String TOKEN = "?" + Kit.TOKEN + "=";

  /// It says two things of one. Asterisk writes there who called and who has forwarded them as it
  /// came, line ends too, and the library takes what comes last: a caller could give themselves
  /// another call's id.
  static final class SaysTwoThingsException extends Exception {
    private static final long serialVersionUID = 1L;

    private SaysTwoThingsException(String line) {
      super(AmiAction.clean(line.substring(0, Math.min(LONGEST_TOLD, line.length()))));
    }
  }

  /// @param lines without their ends
  static AgiBeginning of(List<String> lines) throws SaysTwoThingsException {
    Map<String, String> said = new HashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 0) continue;
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      String before = said.putIfAbsent(name, value);
      if (before != null && !before.equals(value)) throw new SaysTwoThingsException(line);
    }
    String script = said.getOrDefault("agi_network_script", "");
    int token = script.indexOf(TOKEN);
    return new AgiBeginning(
        said.getOrDefault("agi_uniqueid", ""),
        token < 0 ? "" : script.substring(token + TOKEN.length()));
  }
}
