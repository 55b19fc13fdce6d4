package org.switchroom.ivr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.switchroom.ivr.load.ScriptLoader;
import org.switchroom.ivr.rehearsal.Rehearsal;

/// Seeded callers who press anything, over every shipped script, with services that find, do not
/// find and fail: nobody is stuck, and every exit of every step is taken.
class RandomWalksTest {
  private static final long SEED = Long.getLong("switchroom.seed", 20261125L);
  private static final int WALKS = 40_000;
  private static final String[] STATUSES = {
    "placed", "packed", "shipped", "customs", "delivered", "cancelled"
  };

  private final List<Script> scripts =
      ScriptLoader.BUILTIN.stream().map(ScriptTest::shipped).toList();
  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void nobodyIsStuckAndEveryPathIsCovered() {
    var taken = new HashSet<String>();
    var ends = new HashMap<String, Integer>();
    for (int walk = 0; walk < WALKS; walk++) {
      Script script = scripts.get(random.nextInt(scripts.size()));
      Outcome outcome = caller(script).run().outcome();
      ends.merge(outcome.getClass().getSimpleName(), 1, Integer::sum);
      assertThat(outcome)
          .as("seed %d, walk %d, script %s", SEED, walk, script.name())
          .isNotInstanceOf(Outcome.Runaway.class);
      for (var edge : outcome.walk().edges()) {
        taken.add(edge.script() + "/" + edge.step() + ":" + edge.exit());
      }
    }
    Set<String> missed = new TreeSet<>(all());
    int count = missed.size();
    missed.removeAll(taken);
    System.out.printf(
        "Seed %d: %,d walks over %d scripts, %d of %d exits taken; ends %s%n",
        SEED, WALKS, scripts.size(), count - missed.size(), count, ends);
    assertThat(missed).isEmpty();
  }

  private Set<String> all() {
    var all = new HashSet<String>();
    for (Script script : scripts) {
      script
          .steps()
          .forEach(
              (id, step) -> {
                step.exits()
                    .keySet()
                    .forEach(exit -> all.add(script.name() + "/" + id + ":" + exit));
              });
    }
    // An expression can fail only where it divides or compares what cannot be.
    all.removeIf(edge -> edge.endsWith(":failure") && edge.contains("branch"));
    return all;
  }

  private Rehearsal caller(Script script) {
    var rehearsal = Rehearsal.of(script).with(scripts);
    rehearsal.from(random.nextInt(4) == 0 ? "" : "+88622345" + random.nextInt(1000, 10_000));
    if (random.nextBoolean()) rehearsal.customer(customer());
    if (random.nextInt(4) > 0) {
      rehearsal.record(Services.Kind.ACCOUNT, "1042", customer());
      rehearsal.record(Services.Kind.LATEST_ORDER, "7", order());
      rehearsal.record(Services.Kind.ORDER, "40712", order());
    }
    for (Services.Kind kind : Services.Kind.values()) {
      if (random.nextInt(8) == 0) rehearsal.away(kind);
    }
    if (random.nextInt(6) == 0) rehearsal.servicesFail();
    if (random.nextInt(3) == 0) rehearsal.callback(Services.CallbackAnswer.STANDS);
    if (random.nextInt(4) == 0) rehearsal.callback(Services.CallbackAnswer.NO_NUMBER);
    rehearsal.calendar("office", random.nextInt(4) > 0);
    var presses = new ArrayList<String>();
    for (int i = 0; i < 20; i++) presses.add(press());
    return rehearsal.presses(presses.toArray(String[]::new));
  }

  private String press() {
    return switch (random.nextInt(12)) {
      case 0 -> ".";
      case 1 -> random.nextInt(3) == 0 ? "!" : "say";
      case 2 -> "40712#";
      case 3 -> "1042#";
      case 4 -> random.nextInt(3) == 0 ? "1234#" : "9999#";
      case 5 -> random.nextBoolean() ? "*" : "0223456789#";
      default -> Integer.toString(random.nextInt(10));
    };
  }

  private Map<String, Object> customer() {
    String[] languages = {"en", "zh-Hant", "zh-Hans", ""};
    return Map.of("id", random.nextInt(3) == 0 ? 9L : 7L, "language", languages[random.nextInt(4)]);
  }

  private Map<String, Object> order() {
    var order = new HashMap<String, Object>();
    order.put("number", "40712");
    order.put("customer", random.nextBoolean() ? 7L : 9L);
    order.put("date", "2026-11-20");
    order.put("status", STATUSES[random.nextInt(STATUSES.length)]);
    if (random.nextBoolean()) order.put("due", "2027-01-02");
    return order;
  }
}
