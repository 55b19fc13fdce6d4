package org.switchroom.desktop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.store.Backup;
import org.switchroom.cti.store.Database;
import org.switchroom.desktop.server.Control;
import org.switchroom.desktop.server.StartFault;
import org.switchroom.desktop.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Brings a backup back.
@Command(
    name = "restore",
    description = "Brings a backup into the database. The server must be stopped.",
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  @Mixin private ConfigurationFile config;

  @Option(
      names = "--replace",
      description = "what is in the database now is written into a backup beside, and taken away")
  private boolean replace;

  @Parameters(paramLabel = "BACKUP", description = "a file that the backup command has written")
  private Path file;

  @Override
  public Integer call() throws Exception {
    Settings settings = config.load();
    Optional<Path> ledger = settings.ledger();
    if (!Files.isRegularFile(file)) throw new StartFault("There is no file %s.".formatted(file));
    if (ledger.isPresent() && Control.runs(ledger.get())) {
      throw new StartFault("The server runs. Stop it before its database is replaced.");
    }
    Backup.check(file);
    Settings.Sql sql = settings.database();
    if (!Database.isEmpty(sql.url(), sql.user(), sql.password())) makeRoom(sql);
    Backup.restore(file, sql.url(), sql.user(), sql.password(), System.out::println);
    if (ledger.isPresent()) setAside(ledger.get());
    System.out.println("Restored from " + file);
    return 0;
  }

  private void makeRoom(Settings.Sql sql) throws Exception {
    if (!replace) {
      throw new StartFault(
          "The database is not empty. With --replace what is in it is written beside, and taken"
              + " away.");
    }
    Path before =
        file.resolveSibling("before-restore-%d.zip".formatted(Instant.now().getEpochSecond()));
    try (var database = ServeCommand.open(sql)) {
      Backup.write(database, before, _ -> {});
    }
    System.out.println("What was there is in " + before);
    Database.clear(sql.url(), sql.user(), sql.password());
  }

  /// It goes on from another database; it is kept, and never projected again.
  private static void setAside(Path ledger) throws Exception {
    if (!Files.exists(ledger)) return;
    Path aside =
        ledger.resolveSibling(
            "%s-before-restore-%d".formatted(ledger.getFileName(), Instant.now().getEpochSecond()));
    Ledger.moveTo(ledger, aside, InstantSource.system());
    System.out.println("The ledger of before is in " + aside);
  }
}
