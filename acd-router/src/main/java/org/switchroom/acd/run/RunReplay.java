package org.switchroom.acd.run;

import java.util.stream.Stream;
import org.switchroom.acd.DecisionSink;
import org.switchroom.acd.Router;

/// A stored run, played again: the same facts give the same decisions, bit by bit.
public final class RunReplay {
  private RunReplay() {}

  /// @param lines a fact each, as [RunJson] writes them; empty ones are left out
  /// @param router in the state in which the run began
  /// @throws IllegalArgumentException naming the line that cannot be read
  public static void play(Stream<String> lines, Router router, DecisionSink decisions) {
    var number = new int[1];
    lines.forEachOrdered(
        line -> {
          number[0]++;
          if (line.isBlank()) return;
          try {
            router.on(RunJson.fact(line), decisions);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "Line %d: %s".formatted(number[0], e.getMessage()), e);
          }
        });
  }
}
