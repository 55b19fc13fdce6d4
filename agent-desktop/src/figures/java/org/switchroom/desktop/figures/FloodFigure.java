package org.switchroom.desktop.figures;

import java.nio.file.Files;
import org.switchroom.desktop.testkit.Flood;

/// Desks that all come at once, and more callers than agents could serve.
///
/// Options: desks, callers.
final class FloodFigure {
  private FloodFigure() {}

  public static void main(String[] options) throws Exception {
    int desks = options.length > 0 ? Integer.parseInt(options[0]) : 10_000;
    int callers = options.length > 1 ? Integer.parseInt(options[1]) : 5_000;
    try (var flood = new Flood(Files.createTempDirectory("switchroom-flood"), desks, callers)) {
      Flood.Result r = flood.run();
      System.out.printf(
          "%,8d desks come at once; the last has its screen after %,d ms%n",
          r.desks(), r.comeMillis());
      System.out.printf(
          "%,8d ms: the same after a kill, from the server's start on%n", r.againMillis());
      System.out.printf("%,8d calls answered meanwhile%n", r.answeredMeanwhile());
      System.out.printf(
          "%,8d callers at once, %,d of them waiting; %,d answered, %,d dropped%n",
          r.flood(), r.waiting(), r.answered(), r.dropped());
      System.out.printf("%,8d MiB: the server's memory at most (heap 512 MiB)%n", r.residentMiB());
    }
    System.exit(0);
  }
}
