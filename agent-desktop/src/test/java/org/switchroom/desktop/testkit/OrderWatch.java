package org.switchroom.desktop.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether callers are offered to agents in the order in which they began to wait.
public final class OrderWatch {
  /// How much later than we the server may take note that somebody waits, or waits again.
  private static final long TOLERANCE_MILLIS = 250;

  /// @param since their age, in milliseconds
  /// @param free since when nobody's phone rings for them, by our own clock
  private record Waiter(long since, long free) {}

  /// @param at by our own clock
  private record Overtaking(String by, String of, long longer, long at) {
    @Override
    public String toString() {
      return "%s overtook %s, who waited %d ms longer".formatted(by, of, longer);
    }
  }

  private final Map<String, Waiter> waiting = new LinkedHashMap<>();
  private final Map<String, Waiter> offered = new LinkedHashMap<>();
  private final List<Overtaking> overtaken = new ArrayList<>();

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }

  /// They begin to wait.
  ///
  /// @param since in milliseconds
  synchronized void held(String call, long since) {
    if (!offered.containsKey(call)) waiting.putIfAbsent(call, new Waiter(since, now()));
  }

  /// A phone shall ring for them.
  synchronized void offered(String call) {
    Waiter next = waiting.remove(call);
    if (next == null) return;
    offered.put(call, next);
    // Two orders that go out together may be told in either order.
    overtaken.removeIf(one -> one.of().equals(call) && now() - one.at() <= TOLERANCE_MILLIS);
    waiting.forEach(
        (other, waiter) -> {
          long longer = next.since() - waiter.since();
          if (longer > TOLERANCE_MILLIS && now() - waiter.free() > TOLERANCE_MILLIS) {
            overtaken.add(new Overtaking(call, other, longer, now()));
          }
        });
  }

  /// The phone was not answered: they wait as before.
  synchronized void back(String call) {
    Waiter again = offered.remove(call);
    if (again != null) waiting.put(call, new Waiter(again.since(), now()));
  }

  /// They talk, or are gone.
  synchronized void over(String call) {
    waiting.remove(call);
    offered.remove(call);
  }

  /// Who came before somebody who had waited longer.
  public synchronized List<String> overtaken() {
    return overtaken.stream().map(Overtaking::toString).toList();
  }
}
