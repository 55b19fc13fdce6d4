package org.switchroom.desktop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.switchroom.cti.store.Backup;
import org.switchroom.desktop.server.Control;
import org.switchroom.desktop.server.StartFault;
import org.switchroom.desktop.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes the whole database into one file, while the server runs.
@Command(
    name = "backup",
    description = "Writes the whole database into one file, while the server runs or not.",
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
  @Mixin private ConfigurationFile config;

  @Option(names = "--replace", description = "write over a file that is there")
  private boolean replace;

  @Parameters(paramLabel = "BACKUP", description = "the file to write, such as today.zip")
  private Path file;

  @Override
  public Integer call() throws Exception {
    Settings settings = config.load();
    if (!replace && Files.exists(file)) {
      throw new StartFault(
          "There is a file %s already. Choose another name, or write over it with --replace."
              .formatted(file));
    }
    boolean byServer =
        settings.ledger().isPresent()
            && Control.backup(settings.ledger().get(), file, System.out::println);
    if (!byServer) {
      try (var database = ServeCommand.open(settings.database())) {
        Backup.write(database, file, System.out::println);
      }
    }
    System.out.println("Written: " + file);
    return 0;
  }
}
