package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.CenterFile;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.ServerProcess;
import org.switchroom.desktop.testkit.TestCenter;

/// A server in a process of its own that is stopped, started again, and backed up meanwhile.
class StopAndBackupTest {
  private static final String PHONE = "PJSIP/1001";

  @TempDir Path folder;
  private SimulatedRig rig;
  private CenterFile center;
  private ServerProcess server;

  @BeforeEach
  void open() throws Exception {
    rig = new SimulatedRig();
    center = TestCenter.on(rig).wrapsUp(WrapUp.Mode.MANDATORY).onlyQueue("orders").in(folder);
    server = new ServerProcess(center);
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
    DeskClient desk = DeskClient.logIn(center.web(), "a1", TestCenter.PASSWORD);
    rig.call("+886223000001", ' ', Duration.ofMinutes(1));
    desk.await(m -> m.path("topics").path("queue:orders").path("waiting").asInt() == 1);
    desk.ask("goNotReady", "reason", "lunch");
    assertThat(server.stop()).as("it ends by itself").isTrue();
    desk.await(m -> m.path("type").asText().equals("stopping"));
    assertThat(desk.awaitClose()).isEqualTo(1012);
    // It came before the stop or after it; what was answered is so.
    JsonNode reply = desk.await(m -> m.path("type").asText().equals("reply"));
    if (!reply.path("ok").asBoolean()) {
      assertThat(reply.path("code").asText()).isEqualTo("stopping");
    }
    String reason = reply.path("ok").asBoolean() ? "lunch" : "logged-in";

    server.start();
    DeskClient back = desk.again();
    back.await(m -> m.path("topics").path("agent:a1").path("reason").asText().equals(reason));
    back.ask("goReady");
    assertThat(back.awaitPop().path("from").asText()).isEqualTo("+886223000001");
    back.awaitState("talking");
    back.close();
  }

  @Test
  void aBackupIsWrittenWhileTheServerRunsAndComesBackIntoAnEmptyDatabase() throws Exception {
    rig.phone(PHONE, Manner.ANSWERS);
    DeskClient desk = DeskClient.logIn(center.web(), "a1", TestCenter.PASSWORD);
    desk.ask("goReady");
    rig.call("+886223000001", ' ', Duration.ofSeconds(1));
    desk.awaitState("wrap-up");
    assertThat(
            desk.askAndWait("completeWrapUp", "disposition", "other", "note", "好")
                .path("ok")
                .asBoolean())
        .isTrue();
    Path backup = folder.resolve("today.zip");
    assertThat(CommandLines.run("backup", "--config", center.path().toString(), backup.toString()))
        .contains("contact: 1 rows", "segment: ");
    assertThat(CommandLines.run("restore", "--config", center.path().toString(), backup.toString()))
        .contains("The server runs");
    byte[] first = Files.readAllBytes(backup);
    assertThat(CommandLines.run("backup", "--config", center.path().toString(), backup.toString()))
        .as("one that is there is not written over without a word")
        .contains("There is a file", "--replace");
    assertThat(backup).hasBinaryContent(first);
    assertThat(
            CommandLines.run(
                "backup", "--replace", "--config", center.path().toString(), backup.toString()))
        .contains("Written: ");

    rig.call("+886223000002", ' ', Duration.ofSeconds(1));
    desk.forget();
    desk.awaitState("wrap-up");
    desk.askAndWait("completeWrapUp", "disposition", "other");
    desk.close();
    assertThat(server.stop()).isTrue();
    assertThat(CommandLines.run("restore", "--config", center.path().toString(), backup.toString()))
        .contains("not empty", "--replace");
    assertThat(
            CommandLines.run(
                "restore", "--replace", "--config", center.path().toString(), backup.toString()))
        .contains("What was there is in", "Restored");
    try (var database = center.database()) {
      var history = new SqlHistoryStore(database);
      assertThat(history.contacts()).as("as it was at the backup").isEqualTo(1);
      assertThat(history.dispositions()).isEqualTo(1);
    }
    server.start();
    DeskClient again = DeskClient.logIn(center.web(), "a1", TestCenter.PASSWORD);
    again.ask("goReady");
    rig.call("+886223000003", ' ', Duration.ofSeconds(1));
    again.awaitState("wrap-up");
    assertThat(again.askAndWait("completeWrapUp", "disposition", "other").path("ok").asBoolean())
        .as("and it goes on with numbers of its own")
        .isTrue();
    again.close();
    assertThat(server.stop()).isTrue();
    try (var database = center.database()) {
      assertThat(new SqlHistoryStore(database).dispositions())
          .as("what was restored, and what came after it")
          .isEqualTo(2);
    }
  }
}
