package org.switchroom.desktop.figures;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.switchroom.desktop.testkit.ServerProcess;
import org.switchroom.desktop.testkit.Siege;

/// What everybody can do who reaches the server's ports, all of it at once, while 20 calls/s are
/// served; beside the same calls without it.
///
/// Options: seconds of each half (60), pace of the strangers (1), calls/s (20).
final class SiegeFigure {
  private static final int AGENTS = 100;
  private static final Duration WARM_UP = Duration.ofSeconds(30);

  private SiegeFigure() {}

  public static void main(String[] options) throws Exception {
    var each = Duration.ofSeconds(options.length > 0 ? Integer.parseInt(options[0]) : 60);
    double pace = options.length > 1 ? Double.parseDouble(options[1]) : 1;
    int calls = options.length > 2 ? Integer.parseInt(options[2]) : 20;
    var size = new Siege.Size(ServerProcess.Manner.AS_LAUNCHED, AGENTS, calls, WARM_UP, each, pace);
    boolean good;
    try (var siege = new Siege(Files.createTempDirectory("switchroom-siege"), size)) {
      good = print(siege.run());
    }
    System.exit(good ? 0 : 1);
  }

  private static boolean print(Siege.Result r) {
    System.out.printf("%d agents at their desks; 2 cores%n", AGENTS);
    print("quiet", r.quiet());
    print("under siege", r.siege());
    double times = r.siege().millisAt(99) / r.quiet().millisAt(99);
    System.out.printf(
        "%-13s p50 %.1f times, p99 %.1f times%n",
        "", r.siege().millisAt(50) / r.quiet().millisAt(50), times);
    System.out.printf(
        "%-13s heap after a collection %d → %d MiB, resident %d → %d MiB (at most %d), files %d →"
            + " %d%n",
        "server",
        r.before().heapMiB(),
        r.after().heapMiB(),
        r.before().residentMiB(),
        r.after().residentMiB(),
        r.mostResidentMiB(),
        r.before().files(),
        r.after().files());
    List<Long> logIns = r.logIns().stream().sorted().toList();
    System.out.printf(
        "%-13s %d log-ins, %d refused, median %d ms, longest %d ms%n",
        "known browser",
        logIns.size(),
        r.refused().size(),
        logIns.isEmpty() ? 0 : logIns.get(logIns.size() / 2),
        logIns.isEmpty() ? 0 : logIns.getLast());
    r.refused().stream().distinct().forEach(why -> System.out.println("    " + why));
    System.out.printf("Lines of the log that strangers cause in %.0f s, by kind:%n", r.seconds());
    r.strangersLines().forEach((kind, lines) -> System.out.printf("%,8d %s%n", lines, kind));
    System.out.println("What they did, and what came of it:");
    r.attacks().forEach(attack -> System.out.println("    " + attack));
    boolean good = r.siege().lost() == 0 && r.quiet().lost() == 0 && times <= 2;
    System.out.println(
        (good ? "Goal reached" : "Goal MISSED") + ": nothing lost, p99 at most doubled.");
    return good;
  }

  private static void print(String name, Siege.Half half) {
    System.out.printf(
        "%-13s calls %d, answered %d, lost %d; offer p50 %.2f, p99 %.2f, max %.2f ms; the server"
            + " took %d %% of a core%n",
        name,
        half.offered(),
        half.answered(),
        half.lost(),
        half.millisAt(50),
        half.millisAt(99),
        half.offers().getMaxValue() / 1_000.0,
        half.processor());
  }
}
