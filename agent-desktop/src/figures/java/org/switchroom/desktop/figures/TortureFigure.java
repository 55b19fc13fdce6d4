package org.switchroom.desktop.figures;

import java.util.stream.Stream;
import org.switchroom.desktop.testkit.Torture;
import org.switchroom.desktop.testkit.Torture.Drama;

/// Callers and phones on a real Asterisk do things within milliseconds of each other, and it is
/// looked what is left of it.
///
/// Options: how many calls, seed, and what shall happen (all of it where nothing is named).
final class TortureFigure {
  private TortureFigure() {}

  public static void main(String[] options) throws Exception {
    int calls = options.length > 0 ? Integer.parseInt(options[0]) : 1_000;
    long seed = options.length > 1 ? Long.parseLong(options[1]) : 1;
    Drama[] dramas = Stream.of(options).skip(2).map(Drama::valueOf).toArray(Drama[]::new);
    try (var torture = new Torture()) {
      Torture.Result result = torture.run(calls, seed, new Progress("calls", calls), dramas);
      System.out.printf(
          "%d calls, seed %d%n",
          result.calls().values().stream().mapToInt(Integer::intValue).sum(), seed);
      result.calls().forEach((drama, count) -> System.out.printf("%6d %s%n", count, drama));
      System.out.println("In the history:");
      result.outcomes().forEach((name, count) -> System.out.printf("%6d %s%n", count, name));
      System.out.printf("%6d ms at most in a talk whose caller was gone%n", result.slowest());
      System.out.printf("%6d channels left %s%n", torture.left().size(), torture.left());
      System.out.printf("Asterisk ends when it is asked to: %s%n", torture.stopsGracefully());
      System.out.printf("%6d faults%n", result.faults().size());
      result.faults().forEach(System.out::println);
    }
    System.exit(0);
  }
}
