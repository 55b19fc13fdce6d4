package org.switchroom.desktop.figures;

import java.nio.file.Files;
import java.util.List;
import org.switchroom.cti.pbx.asterisk.AgiFuzz;
import org.switchroom.cti.runtime.AmiFuzz;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.web.DeskFuzz;
import org.switchroom.desktop.web.HttpFuzz;

/// Hostile bytes at every door, from fixed corpora by a seed.
///
/// Options: millions of inputs for AMI and for desks (3), thousands for FastAGI and HTTP (100), the
/// seed (1).
final class FuzzFigure {
  private FuzzFigure() {}

  public static void main(String[] options) throws Exception {
    int millions = options.length > 0 ? Integer.parseInt(options[0]) : 3;
    int thousands = options.length > 1 ? Integer.parseInt(options[1]) : 100;
    long seed = options.length > 2 ? Long.parseLong(options[2]) : 1;
    boolean good = play("AMI messages", millions * 1_000_000L, n -> AmiFuzz.run(seed, n));
    good &=
        play(
            "desk messages",
            millions * 1_000_000L,
            n -> DeskFuzz.run(seed, n, Files.createTempDirectory("switchroom-fuzz")));
    good &= play("FastAGI sessions", thousands * 1_000L, n -> AgiFuzz.run(seed, (int) n));
    try (var rig = new SimulatedRig();
        var database = Database.open(Database.inMemoryUrl("fuzz"), "sa", "");
        var server = TestCenter.on(rig).start(database)) {
      good &=
          play(
              "HTTP requests",
              thousands * 1_000L,
              n -> HttpFuzz.run(seed, (int) n, server.webPort()));
    }
    System.exit(good ? 0 : 1);
  }

  private interface Fuzz {
    List<String> run(long inputs) throws Exception;
  }

  private static boolean play(String name, long inputs, Fuzz fuzz) throws Exception {
    long threads = Thread.activeCount();
    long began = System.nanoTime();
    List<String> faults = fuzz.run(inputs);
    double seconds = (System.nanoTime() - began) / 1e9;
    System.gc();
    long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    System.out.printf(
        "%,12d %-17s in %4.0f s, %d threads more, %d MiB in use%n",
        inputs, name, seconds, Thread.activeCount() - threads, used >> 20);
    faults.forEach(System.out::println);
    return faults.isEmpty();
  }
}
