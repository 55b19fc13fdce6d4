package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.testkit.FreePorts;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.ServerProcess;
import org.switchroom.desktop.testkit.TestCenters;
import org.switchroom.desktop.web.Passwords;

/// A server in a process of its own that is stopped, started again, and backed up meanwhile.
class StopAndBackupTest {
  private static final String PHONE = "PJSIP/1001";

  @TempDir Path folder;
  private final int web = FreePorts.any();
  private SimulatedRig rig;
  private Path config;
  private ServerProcess server;

  @BeforeEach
  void open() throws Exception {
    rig = new SimulatedRig();
    config = folder.resolve("switchroom.yaml");
    Files.writeString(
        folder.resolve("menu.yaml"), "name: menu\nstart: q\nsteps: {q: {queue: orders}}");
    Files.writeString(
        config,
        """
        region: TW
        web: {port: %d}
        database: {file: center}
        journal: center-journal
        pbx: {port: %d, user: switchroom, secret: secret, agi-port: %d}
        script: menu.yaml
        default-queue: orders
        queues:
          - {name: orders, ask: any, wrap-up: {mode: mandatory}, dispositions: [other]}
        users:
          - {name: a1, roles: [agent], phone: %s, password-hash: "%s"}
        """
            .formatted(
                web,
                rig.pbx().amiPort(),
                FreePorts.any(),
                PHONE,
                Passwords.hash(TestCenters.PASSWORD)));
    server = new ServerProcess(folder, config);
    server.start();
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    rig.close();
  }

  @Test
  void aServerThatIsStoppedSaysSoAndTheNextOneGoesOn() throws Exception {
    rig.phone(PHONE, Manner.ANSWERS);
    DeskClient desk = DeskClient.logIn(web, "a1", TestCenters.PASSWORD);
    rig.call("+886223000001", ' ', Duration.ofMinutes(1));
    desk.await(m -> m.path("topics").path("queue:orders").path("waiting").asInt() == 1);
    desk.ask("notReady", "reason", "lunch");
    assertThat(server.stop()).as("it ends by itself").isTrue();
    desk.await(m -> m.path("type").asText().equals("stopping"));
    assertThat(desk.awaitClose()).isEqualTo(1012);
    desk.await(m -> m.path("type").asText().equals("reply") && m.path("ok").asBoolean());

    server.start();
    DeskClient back = desk.again();
    back.await(m -> m.path("topics").path("agent:a1").path("reason").asText().equals("lunch"));
    back.ask("ready");
    assertThat(back.awaitPop().path("from").asText()).isEqualTo("+886223000001");
    back.awaitState("talking");
    back.close();
  }

  @Test
  void aBackupIsWrittenWhileTheServerRunsAndComesBackIntoAnEmptyDatabase() throws Exception {
    rig.phone(PHONE, Manner.ANSWERS);
    DeskClient desk = DeskClient.logIn(web, "a1", TestCenters.PASSWORD);
    desk.ask("ready");
    rig.call("+886223000001", ' ', Duration.ofSeconds(1));
    desk.awaitState("wrap-up");
    assertThat(
            desk.askAndWait("wrapUp", "disposition", "other", "note", "好").path("ok").asBoolean())
        .isTrue();
    Path backup = folder.resolve("today.zip");
    assertThat(run("backup", "--config", config.toString(), backup.toString()))
        .contains("contact: 1 rows", "disposition: 1 rows");
    assertThat(run("restore", "--config", config.toString(), backup.toString()))
        .contains("The server runs");

    rig.call("+886223000002", ' ', Duration.ofSeconds(1));
    desk.forget();
    desk.awaitState("wrap-up");
    desk.askAndWait("wrapUp", "disposition", "other");
    desk.close();
    assertThat(server.stop()).isTrue();
    assertThat(run("restore", "--config", config.toString(), backup.toString()))
        .contains("not empty", "--replace");
    assertThat(run("restore", "--replace", "--config", config.toString(), backup.toString()))
        .contains("What was there is in", "Restored");
    try (var database = Database.open(Database.embeddedUrl(folder.resolve("center")), "sa", "")) {
      var history = new SqlHistoryStore(database);
      assertThat(history.contacts()).as("as it was at the backup").isEqualTo(1);
      assertThat(history.dispositions()).isEqualTo(1);
    }
    server.start();
    DeskClient again = DeskClient.logIn(web, "a1", TestCenters.PASSWORD);
    again.ask("ready");
    rig.call("+886223000003", ' ', Duration.ofSeconds(1));
    again.awaitState("wrap-up");
    assertThat(again.askAndWait("wrapUp", "disposition", "other").path("ok").asBoolean())
        .as("and it goes on with numbers of its own")
        .isTrue();
    again.close();
    assertThat(server.stop()).isTrue();
    try (var database = Database.open(Database.embeddedUrl(folder.resolve("center")), "sa", "")) {
      assertThat(new SqlHistoryStore(database).dispositions())
          .as("what was restored, and what came after it")
          .isGreaterThanOrEqualTo(2);
    }
  }

  /// What a command says, on either line.
  private static String run(String... arguments) {
    var said = new StringWriter();
    var line = Main.commandLine().setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
    var out = System.out;
    var captured = new java.io.ByteArrayOutputStream();
    System.setOut(new java.io.PrintStream(captured, true));
    try {
      line.execute(arguments);
    } finally {
      System.setOut(out);
    }
    return said + captured.toString(java.nio.charset.StandardCharsets.UTF_8);
  }
}
