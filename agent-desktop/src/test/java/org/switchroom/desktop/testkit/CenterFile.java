package org.switchroom.desktop.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerOptions;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.HeldPorts;

/// The configuration of a center that runs in a process of its own: agents `a1`, `a2` and so on at
/// phones 1001, 1002 and so on, with [TestCenters#PASSWORD], and everything in one folder.
///
/// @param web the port of its web server
/// @param postgres JDBC, with the user; null: an embedded database, in the folder too
public record CenterFile(Path folder, int web, String postgres) {
  /// Sends every caller to a queue at once.
  public static String straightTo(String queue) {
    return "name: menu\nstart: q\nsteps: {q: {queue: %s}}".formatted(queue);
  }

  /// @param script YAML
  /// @param wrapUp of each queue, as the configuration has it
  /// @param queues the last is for callers whose script chose none
  public static CenterFile write(
      Path folder, int amiPort, int agents, String script, String wrapUp, String... queues)
      throws IOException {
    return write(folder, null, amiPort, agents, script, wrapUp, queues);
  }

  public static CenterFile write(
      Path folder,
      String postgres,
      int amiPort,
      int agents,
      String script,
      String wrapUp,
      String... queues)
      throws IOException {
    var center = new CenterFile(folder, HeldPorts.forServer(), postgres);
    String hash = SecretHash.of(TestCenters.PASSWORD);
    var yaml = new StringBuilder();
    yaml.append(
        """
        region: TW
        web: {port: %d}
        database: {%s}
        ledger: center-ledger
        pbx: {port: %d, user: switchroom, secret: secret, agi-port: %d}
        script: menu.yaml
        default-queue: %s
        queues:
        """
            .formatted(
                center.web,
                postgres == null ? "file: center" : "url: '" + postgres + "'",
                amiPort,
                HeldPorts.forServer(),
                queues[queues.length - 1]));
    yaml.append(
        Stream.of(queues)
            .map(
                queue ->
                    "  - {name: %s, ask: any, wrap-up: {mode: %s}, dispositions: [other]}\n"
                        .formatted(queue, wrapUp))
            .collect(Collectors.joining()));
    yaml.append("users:\n");
    for (int i = 1; i <= agents; i++) {
      yaml.append(
          "  - {name: a%d, roles: [agent], phone: PJSIP/%d, password-hash: \"%s\"}\n"
              .formatted(i, 1000 + i, hash));
    }
    Files.writeString(folder.resolve("menu.yaml"), script);
    Files.writeString(center.path(), yaml);
    return center;
  }

  public Path path() {
    return folder.resolve("switchroom.yaml");
  }

  /// Its ledger, while no server has it.
  public Ledger ledger() throws IOException {
    return Ledger.open(
        folder.resolve("center-ledger"), LedgerOptions.DEFAULT, InstantSource.system());
  }

  /// Its database, while no server has it.
  public Database database() {
    if (postgres != null) return Database.open(postgres, null, null);
    return Database.open(Database.embeddedUrl(folder.resolve("center")), "sa", "");
  }
}
