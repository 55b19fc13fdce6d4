package org.switchroom.desktop.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.stream.Collectors;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerOptions;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.HeldPorts;
import org.switchroom.cti.testkit.PbxRig;

/// The configuration of a [TestCenter] that runs in a process of its own, and everything in one
/// folder. No queue asks for a skill.
///
/// @param web the port of its web server, in each of its runs
/// @param agi the port of its FastAGI server
/// @param postgres JDBC, with the user; null: an embedded database, in the folder too
public record CenterFile(Path folder, int web, int agi, String postgres) {
  static CenterFile write(TestCenter center, Path folder, String postgres) throws IOException {
    var file = new CenterFile(folder, HeldPorts.forServer(), HeldPorts.forServer(), postgres);
    String hash = SecretHash.of(TestCenter.PASSWORD);
    String wrapUp = center.wrapUp().mode().name().toLowerCase(Locale.ROOT);
    var yaml = new StringBuilder();
    yaml.append(
        """
        region: TW
        web: {port: %d}
        database: {%s}
        ledger: center-ledger
        server-key: server.key
        pbx: {port: %d, user: %s, secret: %s, agi-port: %d}
        script: menu.yaml
        default-queue: %s
        queues:
        """
            .formatted(
                file.web,
                postgres == null ? "file: center" : "url: '" + postgres + "'",
                center.pbx().port(),
                center.pbx().user(),
                center.pbx().secret(),
                file.agi,
                center.queues().getLast()));
    yaml.append(
        center.queues().stream()
            .map(
                queue ->
                    "  - {name: %s, ask: any, wrap-up: {mode: %s}, dispositions: [other]}\n"
                        .formatted(queue, wrapUp))
            .collect(Collectors.joining()));
    yaml.append("users:\n");
    for (int i = 1; i <= center.agents(); i++) {
      yaml.append(
          "  - {name: a%d, roles: [agent], phone: %s, password-hash: \"%s\"}\n"
              .formatted(i, PbxRig.device(i), hash));
    }
    yaml.append(
        "  - {name: sup, roles: [supervisor], phone: %s, password-hash: \"%s\"}\n"
            .formatted(PbxRig.device(center.agents() + 1), hash));
    Files.writeString(folder.resolve("menu.yaml"), center.script());
    Files.writeString(file.path(), yaml);
    return file;
  }

  public Path path() {
    return folder.resolve("switchroom.yaml");
  }

  /// Its ledger, while no server has it.
  public Ledger ledger() throws IOException {
    return Ledger.open(
        folder.resolve("center-ledger"), LedgerOptions.DEFAULT, InstantSource.system());
  }

  public ServerKey key() throws IOException {
    return ServerKey.in(folder.resolve("server.key"));
  }

  /// Its database, while no server has it.
  public Database database() {
    if (postgres != null) return Database.open(postgres, null, null);
    return Database.open(Database.embeddedUrl(folder.resolve("center")), "sa", "");
  }
}
