package org.switchroom.desktop.figures;

import java.nio.file.Files;
import org.switchroom.desktop.testkit.KillStorm;

/// Kills the server again and again under traffic, and says what became of callers and agents.
///
/// Options: kills, seed.
final class KillFigure {
  public static void main(String[] options) throws Exception {
    int kills = options.length > 0 ? Integer.parseInt(options[0]) : 50;
    long seed = options.length > 1 ? Long.parseLong(options[1]) : 4;
    var storm = new KillStorm(Files.createTempDirectory("switchroom-storm"));
    KillStorm.Result result = storm.run(seed, kills);
    System.out.printf("%d kills, seed %d%n", result.kills(), seed);
    System.out.printf("%6d callers%n", result.calls());
    System.out.printf("%6d of them talked to an agent%n", result.talked());
    System.out.printf("%6d were given to two%n", result.shared());
    System.out.printf("%6d wrap-ups were said to be saved%n", result.acknowledged());
    System.out.printf("%6d are in the database%n", result.stored());
    System.out.printf("%6d agents stuck %s%n", result.stuck().size(), result.stuck());
    System.out.printf("%6d ms: the slowest start%n", result.slowestStart());
  }
}
