package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
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

/// The history of a server in a process of its own, counted once more while it runs and after it.
class RecountTest {
  @TempDir Path folder;

  @Test
  void whatTheDatabaseHasOtherwiseIsSaid() throws Exception {
    try (var rig = new SimulatedRig()) {
      CenterFile center =
          TestCenter.on(rig).wrapsUp(WrapUp.Mode.MANDATORY).onlyQueue("orders").in(folder);
      try (var server = new ServerProcess(center)) {
        server.start();
        rig.phone("PJSIP/1001", Manner.ANSWERS);
        DeskClient desk = DeskClient.logIn(center.web(), "a1", TestCenter.PASSWORD);
        desk.ask("goReady");
        rig.call("+886223000001", ' ', Duration.ofSeconds(1));
        desk.awaitState("wrap-up");
        assertThat(desk.askAndWait("completeWrapUp", "disposition", "other").path("ok").asBoolean())
            .isTrue();
        desk.close();
        String running = recount(center, 0);
        assertThat(running).contains("all are equal");
        assertThat(server.stop()).isTrue();
      }
      assertThat(recount(center, 0))
          .as("with no server")
          .contains("all are equal")
          .doesNotContain("no longer");
      try (var database =
              DriverManager.getConnection(
                  Database.embeddedUrl(folder.resolve("center")), "sa", "");
          var statement = database.createStatement()) {
        statement.executeUpdate("UPDATE contact SET agent = 'mallory'");
        statement.executeUpdate("DELETE FROM segment WHERE kind = 'TALK'");
        statement.executeUpdate(
            "INSERT INTO history_gap VALUES"
                + " ('old', 5, 1700, NULL, TIMESTAMP WITH TIME ZONE '2026-01-05 12:00:00+00')");
      }
      assertThat(recount(center, 1))
          .contains("contact id=", "the database has agent=mallory; the ledger tells agent=a1")
          .contains("kind=TALK", "the database has nothing")
          .contains(
              "Turns 5 to 1,700 of ledger old are in no row, from its beginning to"
                  + " 2026-01-05T12:00:00Z")
          .contains("2 differ");
    }
  }

  private static String recount(CenterFile center, int exitCode) {
    String[] command = {"recount", "--config", center.path().toString()};
    CommandLines.Ran ran = CommandLines.ran(command);
    assertThat(ran.exitCode()).as(ran.said()).isEqualTo(exitCode);
    return ran.said();
  }
}
