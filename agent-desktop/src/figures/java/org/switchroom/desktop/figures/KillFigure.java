package org.switchroom.desktop.figures;

import java.nio.file.Files;
import java.util.List;
import org.switchroom.desktop.testkit.KillStorm;
import org.switchroom.desktop.testkit.Stage;

/// Kills the server again and again under traffic, has it stand still and throw, and says what
/// became of callers and agents.
///
/// Options: how many such troubles, seed, and `asterisk` for a real one with SIPp callers instead
/// of the simulated PBX.
final class KillFigure {
  private static final int MOST_PRINTED = 10;

  public static void main(String[] options) throws Exception {
    int troubles = options.length > 0 ? Integer.parseInt(options[0]) : 50;
    long seed = options.length > 1 ? Long.parseLong(options[1]) : 4;
    boolean real = options.length > 2 && options[2].equals("asterisk");
    KillStorm.Result result;
    try (Stage stage = real ? new Stage.Asterisk() : new Stage.Simulated()) {
      result =
          new KillStorm(Files.createTempDirectory("switchroom-storm"), stage).run(seed, troubles);
      stage.untalked().forEach(System.out::println);
    }
    System.out.printf(
        "%d kills, %d freezes, %d faults, %d turns without end, seed %d%n",
        result.kills(), result.freezes(), result.faults(), result.hangs(), seed);
    System.out.printf("%6d callers%n", result.calls());
    System.out.printf("%6d of them talked to an agent%n", result.talked());
    System.out.printf("%6d were given to two%n", result.shared());
    System.out.printf(
        "%6d came before somebody who had waited longer %s%n",
        result.overtaken().size(), first(result.overtaken()));
    System.out.printf(
        "%6d agents were passed over who were free for longer %s%n",
        result.passedOver().size(), first(result.passedOver()));
    System.out.printf(
        "%6d rows of the history are not what the ledger tells %s%n",
        result.differences().size(), first(result.differences()));
    System.out.printf("%6d calls are in the history%n", result.contacts());
    System.out.printf("%6d wrap-ups were said to be saved%n", result.acknowledged());
    System.out.printf("%6d are in the database%n", result.stored());
    System.out.printf("%6d agents stuck %s%n", result.stuck().size(), result.stuck());
    System.out.printf("%6d ms: the slowest start%n", result.slowestStart());
  }

  private static <T> List<T> first(List<T> all) {
    return all.subList(0, Math.min(all.size(), MOST_PRINTED));
  }
}
