package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.plan.WrapUp;
import org.switchroom.cti.history.HistoryProjector;
import org.switchroom.cti.runtime.SteadyClock;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.testkit.LinkProxy;
import org.switchroom.cti.testkit.LogWatch;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// What a server stands on is away for a while, or not as it was.
class OutagesTest {
  private static final String PHONE = "PJSIP/1001";

  @TempDir Path folder;

  private static Settings settings(SimulatedRig rig, WrapUp wrapUp) {
    return TestCenter.on(rig).straightTo("orders").withWrapUp(wrapUp).settings();
  }

  private static DeskClient ready(Switchroom server) {
    var desk = DeskClient.logIn(server.webPort(), "a1", TestCenter.PASSWORD);
    desk.ask("goReady");
    desk.awaitState("ready");
    return desk;
  }

  @Test
  void aDatabaseThatIsGoneIsCaughtUpWith() throws Exception {
    var mandatory = new WrapUp(WrapUp.Mode.MANDATORY, Duration.ZERO);
    try (var postgres = EmbeddedPostgres.builder().start();
        var line = new LinkProxy(postgres.getPort());
        var rig = new SimulatedRig();
        var history = new LogWatch(HistoryProjector.class);
        var database =
            Database.open(
                "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(line.port()), "postgres", "")) {
      rig.phone(PHONE, Manner.ANSWERS);
      try (var server = TestServer.start(settings(rig, mandatory), database)) {
        DeskClient desk = ready(server);
        line.breakOff();
        rig.call("+886223000001", '1', Duration.ofSeconds(1));
        String contact = desk.awaitPop().path("contact").asText();
        desk.awaitState("wrap-up");
        assertThat(
                desk.askAndWait("newCustomer", "name", "Chen", "contact", contact)
                    .path("code")
                    .asText())
            .as("what needs the database says so")
            .isEqualTo("not-saved");
        // PostgreSQL would refuse it as it is.
        String note = "\u0000asks for May\u001b";
        assertThat(
                desk.askAndWait("completeWrapUp", "disposition", "other", "note", note)
                    .path("ok")
                    .asBoolean())
            .as("saved, while there is no database")
            .isTrue();
        // However long it is away, nothing else happens then.
        history.await(Level.ERROR, "waits for the database");
        line.mend();
        // It has what was acknowledged before, so it waits until the database has it too.
        server.backup(folder.resolve("after.zip"), _ -> {});
      }
      var store = new SqlHistoryStore(database);
      assertThat(store.contacts()).isEqualTo(1);
      assertThat(store.dispositions()).isEqualTo(1);
    }
  }

  @Test
  void aClockThatIsSetBackByAnHourStopsNothing() throws Exception {
    var timed = new WrapUp(WrapUp.Mode.TIMED, Duration.ofSeconds(3));
    var apart = new AtomicReference<>(Duration.ZERO);
    var clock = new SteadyClock(() -> Instant.now().plus(apart.get()), System::nanoTime);
    try (var rig = new SimulatedRig();
        var database =
            Database.open(Database.inMemoryUrl("clock-" + System.nanoTime()), "sa", "")) {
      rig.phone(PHONE, Manner.ANSWERS);
      try (var server = TestServer.start(settings(rig, timed), database, clock)) {
        DeskClient desk = ready(server);
        rig.call("+886223000001", '1', Duration.ofSeconds(1));
        desk.awaitState("wrap-up");
        desk.forget();
        apart.set(Duration.ofHours(-1));
        desk.awaitState("ready");
        rig.call("+886223000002", '1', Duration.ofSeconds(1));
        desk.awaitState("talking");
        desk.awaitState("wrap-up");
      }
      assertThat(new SqlHistoryStore(database).outcomes()).isEqualTo(Map.of("ANSWERED", 2L));
    }
  }
}
