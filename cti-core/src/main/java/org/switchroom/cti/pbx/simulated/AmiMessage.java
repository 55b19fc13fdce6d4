package org.switchroom.cti.pbx.simulated;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One AMI message. Keys are kept as they came and found in any case; some stand more than once.
final class AmiMessage {
  /// None in the arguments of a function: `PJSIP_HEADER(add,Alert-Info)=…`.
  private static final String BETWEEN = ",(?![^()=]*\\))";

  private final Map<String, List<String>> headers = new LinkedHashMap<>();

  void add(String line) {
    int colon = line.indexOf(':');
    if (colon <= 0) return;
    headers
        .computeIfAbsent(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
        .add(line.substring(colon + 1).strip());
  }

  boolean isEmpty() {
    return headers.isEmpty();
  }

  String get(String key) {
    List<String> values = headers.get(key.toLowerCase(Locale.ROOT));
    return values == null ? "" : values.getFirst();
  }

  /// `Variable: a=1,b=2`, once or more.
  Map<String, String> assignments(String key) {
    var assignments = new LinkedHashMap<String, String>();
    for (String value : headers.getOrDefault(key.toLowerCase(Locale.ROOT), List.of())) {
      for (String pair : value.split(BETWEEN)) {
        int equals = pair.indexOf('=');
        if (equals > 0) assignments.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return assignments;
  }
}
