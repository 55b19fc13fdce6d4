package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.customer.SecretHash;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.testkit.HeldPorts;
import org.switchroom.cti.testkit.NeedsAsterisk;
import org.switchroom.cti.testkit.NeedsVoice;
import org.switchroom.cti.testkit.RealAsterisk;
import org.switchroom.desktop.settings.SettingsLoader;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// That callers were told of the recording is what a real Asterisk says it has played.
@NeedsAsterisk
@NeedsVoice
class NoticeOnAsteriskTest {
  private static final Duration THINKS = Duration.ofMillis(300);

  @TempDir Path folder;

  private Path configuration(RealAsterisk asterisk, int agiPort) throws Exception {
    Path scripts = Files.createDirectory(folder.resolve("scripts"));
    Files.writeString(
        scripts.resolve("told.yaml"),
        """
        name: told
        start: tell
        steps:
          tell: {notice: This call is recorded. Press 9 to refuse., refuse: 9, timeout: 1s, next: wait}
          wait: {queue: general}
        """);
    Path file = folder.resolve("switchroom.yaml");
    return Files.writeString(
        file,
        """
        region: TW
        time-zone: Asia/Taipei
        web: {port: 0}
        pbx: {port: %d, user: switchroom, secret: secret, agi-port: %d}
        scripts: scripts
        script: told
        default-queue: general
        prompts: {folder: "%s", reached-at: "%s"}
        queues:
          - {name: general, ask: any}
        users:
          - {name: ann, roles: [agent], phone: PJSIP/1001, password-hash: "%s"}
        """
            .formatted(
                asterisk.ami(agiPort).port(),
                agiPort,
                asterisk.onThisMachine(asterisk.sounds()),
                asterisk.sounds(),
                SecretHash.of(TestCenter.PASSWORD)));
  }

  @Test
  void whatIsPlayedToItsEndIsHeardAndWhatIsMissingIsNot() throws Exception {
    int agi = HeldPorts.forServer();
    String url = Database.inMemoryUrl("told-" + System.nanoTime());
    try (var asterisk = new RealAsterisk();
        var database = Database.open(url, "sa", "")) {
      var settings = SettingsLoader.load(configuration(asterisk, agi));
      try (var server = TestServer.start(settings, database);
          var desk = DeskClient.logIn(server.webPort(), "ann", TestCenter.PASSWORD)) {
        desk.messages.await(
            JsonNode.class, m -> m.path("topics").path("pbx").path("connected").asBoolean(false));
        // To its end; refused; cut short and then to its end; gone before it was over.
        comes(asterisk, "+886223000001", "", 9);
        comes(asterisk, "+886223000002", "9", 9);
        comes(asterisk, "+886223000003", "1", 15);
        comes(asterisk, "+886223000004", "", 1);
        // Nobody hears what is not there.
        List<Path> spoken = new ArrayList<>();
        try (var all = Files.walk(asterisk.onThisMachine(asterisk.sounds()))) {
          all.filter(Files::isRegularFile).forEach(spoken::add);
        }
        for (Path one : spoken) Files.delete(one);
        comes(asterisk, "+886223000005", "", 9);
      }
      assertThat(noticed(url))
          .containsExactly(
              "+886223000001 HEARD told 1 tell en",
              "+886223000002 REFUSED told 1 tell en",
              "+886223000003 HEARD told 1 tell en");
    }
  }

  private static void comes(RealAsterisk asterisk, String from, String keys, int seconds)
      throws Exception {
    Process call = asterisk.call(from, "8001", keys, THINKS, Duration.ofSeconds(seconds));
    assertThat(call.waitFor()).isLessThanOrEqualTo(1);
  }

  private static List<String> noticed(String url) throws Exception {
    var rows = new ArrayList<String>();
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        var query =
            connection.prepareStatement(
                "SELECT c.from_number, s.outcome, s.detail FROM segment s JOIN contact c"
                    + " ON c.id = s.contact WHERE s.kind = 'NOTICE' ORDER BY c.from_number")) {
      ResultSet each = query.executeQuery();
      while (each.next())
        rows.add("%s %s %s".formatted(each.getString(1), each.getString(2), each.getString(3)));
    }
    return rows;
  }
}
