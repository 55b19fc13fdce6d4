package org.switchroom.desktop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.runtime.LedgerTurns;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.desktop.server.Control;
import org.switchroom.desktop.server.Recounting;
import org.switchroom.desktop.server.StartFault;
import org.switchroom.desktop.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Counts the history once more from the ledger, and says where the database has something else.
@Command(
    name = "recount",
    description = {
      "Counts the history once more from the ledger, and says where the database has something"
          + " else; while the server runs or not.",
      "Exit code 1: they differ."
    },
    mixinStandardHelpOptions = true)
final class RecountCommand implements Callable<Integer> {
  @Mixin private ConfigurationFile config;

  @Override
  public Integer call() throws Exception {
    Settings settings = config.load();
    Path ledger =
        settings
            .ledger()
            .orElseThrow(
                () ->
                    new StartFault(
                        "Nothing is kept to count from: the configuration has no ledger."));
    Consumer<String> said = System.out::println;
    boolean equal =
        switch (Control.recount(ledger, said)) {
          case EQUAL -> true;
          case DIFFERENT -> false;
          case NO_SERVER -> here(settings, ledger, said);
        };
    return equal ? 0 : 1;
  }

  private static boolean here(Settings settings, Path folder, Consumer<String> said)
      throws IOException {
    try (var database = ServeCommand.open(settings.database());
        var ledger = Ledger.open(folder, LedgerTurns.OF_A_CENTER, InstantSource.system())) {
      return Recounting.run(ledger, new SqlHistoryStore(database), said);
    }
  }
}
