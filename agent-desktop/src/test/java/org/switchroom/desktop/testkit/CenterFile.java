package org.switchroom.desktop.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.cti.history.Recount;
import org.switchroom.cti.ledger.Ledger;
import org.switchroom.cti.ledger.LedgerOptions;
import org.switchroom.cti.runtime.LedgerTurns;
import org.switchroom.cti.runtime.TurnCodec;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
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

  /// Talks are recorded where an agent begins it.
  ///
  /// @param reachedAt where the PBX has the folder
  public CenterFile recordsOnDemand(Path talks, String reachedAt) throws IOException {
    String text = Files.readString(path()).replace("ask: any,", "ask: any, record: on-demand,");
    Files.writeString(
        path(),
        text + "call-recordings: {folder: %s, reached-at: %s}\n".formatted(talks, reachedAt));
    return this;
  }

  /// Agents call numbers of mobile telephones.
  ///
  /// @param through as the PBX dials one, with `{number}`
  public CenterFile dialsThrough(String through) throws IOException {
    Files.writeString(
        path(),
        Files.readString(path())
            + "dial: {through: \"%s\", allow: [\"+8869\"]}\n".formatted(through));
    return this;
  }

  /// With a further queue, and its one agent, who never comes.
  public CenterFile withQueueOfNobody(String name) throws IOException {
    String queue =
        "queues:\n  - {name: %s, ask: %s, dispositions: [other]}\n".formatted(name, name);
    String agent =
        "users:\n  - {name: away, roles: [agent], phone: %s, skills: {%s: 5}, password-hash: \"%s\"}\n"
            .formatted(PbxRig.device(59), name, SecretHash.of(TestCenter.PASSWORD));
    String text = Files.readString(path());
    Files.writeString(path(), text.replace("queues:\n", queue).replace("users:\n", agent));
    return this;
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

  /// Between the history and the ledger, counted anew, while no server has them.
  public List<Recount.Difference> differences() throws IOException {
    try (var database = database();
        var ledger = ledger();
        var turns = new LedgerTurns(ledger, new TurnCodec(ledger.keys()), false)) {
      return new SqlHistoryStore(database).asOfNow(rows -> Recount.of(turns, rows)).differences();
    }
  }

  /// What agents have done with a contact, by an embedded history, while no server has it: kind,
  /// agent and outcome of each segment, in their order.
  public List<String> segments(String contact) throws SQLException {
    String url = Database.embeddedUrl(folder.resolve("center"));
    try (var connection = DriverManager.getConnection(url, "sa", "");
        var query =
            connection.prepareStatement(
                "SELECT CONCAT(kind, ' ', agent, ' ', outcome) FROM segment WHERE contact = ? AND"
                    + " kind NOT IN ('SCRIPT', 'QUEUE', 'OFFER') ORDER BY began, ended, kind,"
                    + " number")) {
      query.setString(1, contact);
      var rows = new ArrayList<String>();
      ResultSet each = query.executeQuery();
      while (each.next()) rows.add(each.getString(1));
      return rows;
    }
  }
}
