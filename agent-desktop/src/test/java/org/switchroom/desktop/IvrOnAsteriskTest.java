package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.customer.Pins;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlHistoryStore;
import org.switchroom.cti.store.SqlScriptStore;
import org.switchroom.cti.testkit.Alice;
import org.switchroom.cti.testkit.HeldPorts;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.NeedsVoice;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.settings.SettingsLoader;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// The shipped scripts on a real Asterisk, spoken by a real voice, walked by SIPp callers whose
/// keys are RFC 4733 events; configured by a file, as a user does.
@NeedsAsterisk
@NeedsVoice
class IvrOnAsteriskTest {
  private static final String ALICE = "+886223456789";
  private static final Duration THINKS = Duration.ofMillis(3_000);

  @TempDir Path folder;

  private Settings settings(RealAsterisk asterisk, int agiPort) throws Exception {
    Path file = folder.resolve("switchroom.yaml");
    var ami = asterisk.ami(agiPort);
    Files.writeString(
        file,
        """
        region: TW
        time-zone: Asia/Taipei
        web: {port: 0}
        pbx: {port: %d, user: switchroom, secret: secret, agi-port: %d}
        script: bookshop
        default-queue: general
        calendars:
          office: {mon-fri: "00:00-24:00", sat-sun: "00:00-24:00"}
        prompts: {folder: "%s", reached-at: "%s"}
        recordings: {folder: "%s", reached-at: "%s"}
        queues:
          - {name: orders, ask: any}
          - {name: billing, ask: any}
          - {name: general, ask: any}
          - {name: messages, ask: any, channel: task}
        users:
          - name: ann
            roles: [agent]
            phone: PJSIP/1001
            capacity: {voice: 1, task: 1, total: 1}
            password-hash: "%s"
        lines: {"8002": {title: Messages, script: voicemail}}
        """
            .formatted(
                ami.port(),
                agiPort,
                asterisk.onThisMachine(asterisk.sounds()),
                asterisk.sounds(),
                asterisk.onThisMachine(asterisk.recordings()),
                asterisk.recordings(),
                SecretHash.of(TestCenter.PASSWORD)));
    return SettingsLoader.load(file);
  }

  @Test
  void callersServeThemselvesGoWrongFallSilentAndHangUpAnywhere() throws Exception {
    int agi = HeldPorts.forServer();
    try (var asterisk = new RealAsterisk();
        var database = Database.open(Database.inMemoryUrl("ivr-" + System.nanoTime()), "sa", "")) {
      var settings = settings(asterisk, agi);
      var pins = new Pins(ServerKey.in(settings.serverKey().orElseThrow()));
      Alice.into(database, pins, ALICE, LocalDate.now().minusDays(3), LocalDate.now().plusDays(9));
      long hangUps;
      try (var server = TestServer.start(settings, database);
          var desk = DeskClient.logIn(server.webPort(), "ann", TestCenter.PASSWORD)) {
        awaitPbx(desk);
        var calls = new ArrayList<Process>();
        // Hears where the order is, is asked whether there is anything else, and is said goodbye
        // to.
        calls.add(asterisk.call(ALICE, "8001", "11", THINKS, Duration.ofMinutes(3)));
        // A wrong key twice, then billing.
        calls.add(asterisk.call(ALICE, "8001", "772", THINKS, Duration.ofSeconds(12)));
        // A stranger who chooses a language and then presses nothing comes to a queue.
        calls.add(asterisk.call("+886299999999", "8001", "1", THINKS, Duration.ofSeconds(75)));
        // Hang-ups at every step of the way.
        for (int seconds = 1; seconds <= 10; seconds += 3) {
          calls.add(asterisk.call(ALICE, "8001", "", THINKS, Duration.ofSeconds(seconds)));
          calls.add(asterisk.call(ALICE, "8001", "1", THINKS, Duration.ofSeconds(seconds)));
        }
        hangUps = calls.size() - 3;
        // A message, left by somebody who hangs up instead of pressing a key.
        calls.add(asterisk.callThatSpeaks("+886288888888", "8002", Duration.ofSeconds(14)));
        for (Process call : calls) assertThat(call.waitFor()).isLessThanOrEqualTo(1);
        listen(server, desk);
      }
      var history = new SqlHistoryStore(database);
      assertThat(history.contacts()).isEqualTo(hangUps + 4);
      var ways = new SqlScriptStore(database).walked("bookshop", Instant.EPOCH);
      System.out.printf("Ways through bookshop: %s, hung up at %s%n", ways.edges(), ways.gaveUp());
      assertThat(ways.calls()).isEqualTo(hangUps + 3);
      assertThat(ways.edges())
          .containsEntry("anything-else:otherwise", 1L)
          .containsEntry("menu:2", 1L)
          .containsEntry("menu:otherwise", 1L);
      assertThat(ways.gaveUp().values().stream().mapToLong(n -> n).sum()).isEqualTo(hangUps);
      assertThat(new SqlScriptStore(database).walked("order-status", Instant.EPOCH).edges())
          .containsEntry("tell:next", 1L)
          .containsEntry("due:next", 1L);
    }
  }

  private static void awaitPbx(DeskClient desk) {
    desk.messages.await(
        JsonNode.class, m -> m.path("topics").path("pbx").path("connected").asBoolean(false));
  }

  /// The message comes to the desk as work, is played, and closed.
  private static void listen(Switchroom server, DeskClient desk) throws Exception {
    desk.ask("goReady");
    JsonNode task =
        desk.await(m -> m.path("topics").path("tasks:ann").path("tasks").size() > 0)
            .path("topics")
            .path("tasks:ann")
            .path("tasks")
            .path(0);
    String id = task.path("id").asText();
    String contact = task.path("contact").asText();
    assertThat(desk.askAndWait("answer", "contact", contact).path("ok").asBoolean()).isTrue();
    byte[] sound = desk.get("/api/tasks/" + id + "/recording");
    assertThat(new String(sound, 0, 4)).isEqualTo("RIFF");
    assertThat(sound.length).as("some seconds of 8,000 samples").isGreaterThan(32_000);
    var closed = desk.askAndWait("completeWrapUp", "contact", contact, "note", "heard");
    assertThat(closed.path("ok").asBoolean()).as(closed.toString()).isTrue();
  }
}
