package org.switchroom.desktop.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether callers come to agents' phones in the order in which they began to wait.
public final class LineWatch {
  /// How much later than the channel the server may take note that somebody waits.
  private static final long TOLERANCE_MILLIS = 250;

  private final Map<String, Long> waiting = new LinkedHashMap<>();
  private final List<String> overtaken = new ArrayList<>();

  /// They begin to wait, or are put back.
  ///
  /// @param at in milliseconds
  synchronized void held(String call, long at) {
    waiting.putIfAbsent(call, at);
  }

  /// A phone rings for them.
  synchronized void rung(String call) {
    Long since = waiting.get(call);
    if (since == null || since == Long.MAX_VALUE) return;
    waiting.forEach(
        (other, before) -> {
          if (before < since - TOLERANCE_MILLIS) {
            overtaken.add(
                "%s overtook %s, who waited %d ms longer".formatted(call, other, since - before));
          }
        });
    waiting.put(call, Long.MAX_VALUE);
  }

  synchronized void ended(String call) {
    waiting.put(call, Long.MAX_VALUE);
  }

  /// Who came before somebody who had waited longer.
  public synchronized List<String> overtaken() {
    return List.copyOf(overtaken);
  }
}
