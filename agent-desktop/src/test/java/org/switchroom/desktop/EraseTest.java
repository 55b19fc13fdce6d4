package org.switchroom.desktop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.testkit.CenterFile;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.ServerProcess;
import org.switchroom.desktop.testkit.TestCenter;

/// A person is erased in a server of its own process, while it runs and after it.
class EraseTest {
  private static final String ALICE = "+886223000001";
  private static final String BO = "+886223000002";

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
  void aPersonIsErasedAndWhatIsLeftIsCountedAlike() throws Exception {
    rig.phone("PJSIP/1001", Manner.ANSWERS);
    DeskClient desk = DeskClient.logIn(center.web(), "a1", TestCenter.PASSWORD);
    desk.ask("goReady");
    rig.call(ALICE, ' ', Duration.ofSeconds(1));
    desk.awaitState("wrap-up");
    assertThat(erase("--number", ALICE)).contains("in contact now").contains("Nothing was erased");
    wrapUp(desk, "Alice is moving");
    rig.call(BO, ' ', Duration.ofSeconds(1));
    desk.forget();
    desk.awaitState("wrap-up");
    wrapUp(desk, "Bo is staying");
    desk.close();
    assertNothingIn("center-ledger", ALICE, BO, "Alice", "Bo is");

    assertThat(erase("--number", "+886223999999"))
        .contains("Nothing is known of number +886223999999");
    assertThat(erase("--customer", "4711")).contains("Nothing is known of customer 4711");
    assertThat(erase("--number", "0223000001"))
        .as("as it is dialed here")
        .contains("Erased: 1 contacts, 0 customers; 1 keys", "Backups");
    assertThat(erase("--number", ALICE)).as("once more").contains("Nothing is known");
    assertThat(run("recount")).contains("all are equal");

    server.kill();
    server.start();
    assertThat(run("recount")).as("of a killed server").contains("all are equal");
    DeskClient again = DeskClient.logIn(center.web(), "a1", TestCenter.PASSWORD);
    again.ask("goReady");
    rig.call(ALICE, ' ', Duration.ofSeconds(1));
    again.awaitState("wrap-up");
    wrapUp(again, "Alice again");
    again.close();
    assertThat(server.stop()).isTrue();
    assertThat(rows())
        .as("who calls again")
        .contains(ALICE, "Alice again", BO)
        .doesNotContain("moving");

    assertThat(erase("--number", BO)).as("with no server").contains("Erased: 1 contacts");
    assertThat(erase("--number", BO)).contains("Nothing is known");
    assertThat(run("recount")).contains("all are equal");
    assertThat(rows()).contains(ALICE, "erased-person", "1 contacts").doesNotContain(BO, "staying");
    server.start();
    assertThat(run("recount")).contains("all are equal");
  }

  private static void wrapUp(DeskClient desk, String note) throws Exception {
    assertThat(
            desk.askAndWait("completeWrapUp", "disposition", "other", "note", note)
                .path("ok")
                .asBoolean())
        .isTrue();
  }

  private String erase(String... who) {
    return run("erase", who);
  }

  private String run(String command, String... more) {
    var all = new ArrayList<>(List.of(command, "--config", center.path().toString()));
    all.addAll(List.of(more));
    return CommandLines.run(all.toArray(String[]::new));
  }

  private String rows() throws Exception {
    var all = new StringBuilder();
    try (var database =
            DriverManager.getConnection(Database.embeddedUrl(folder.resolve("center")), "sa", "");
        var statement = database.createStatement()) {
      for (String table : List.of("contact", "segment", "task", "audit", "refused")) {
        try (var rows = statement.executeQuery("SELECT * FROM " + table)) {
          while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              all.append(rows.getString(i)).append(' ');
            }
          }
        }
      }
    }
    return all.toString();
  }

  private void assertNothingIn(String part, String... texts) throws Exception {
    try (var files = Files.walk(folder.resolve(part))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), UTF_8);
        for (String text : texts) {
          assertThat(bytes.contains(text)).as("%s in %s", text, file).isFalse();
        }
      }
    }
  }
}
