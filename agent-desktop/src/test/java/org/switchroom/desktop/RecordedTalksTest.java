package org.switchroom.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.center.RecordingPlan;
import org.switchroom.cti.history.AuditTrail;
import org.switchroom.cti.store.Database;
import org.switchroom.cti.store.SqlAuditTrail;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.NeedsBrowser;
import org.switchroom.cti.testkit.PbxRig.Manner;
import org.switchroom.cti.testkit.SimulatedRig;
import org.switchroom.desktop.server.Switchroom;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.BrowserScript;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.TestCenter;
import org.switchroom.desktop.testkit.TestServer;

/// A talk is recorded, paused at the desk, and heard by who may.
class RecordedTalksTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private SimulatedRig rig;
  private Database database;
  private Switchroom server;
  private DeskClient ann;
  private DeskClient sup;

  @BeforeEach
  void open() throws Exception {
    rig = new SimulatedRig();
    database = Database.open(Database.inMemoryUrl("talks-" + System.nanoTime()), "sa", "");
    Settings settings = TestCenter.on(rig).onlyQueue("orders").settings();
    String talks = folder.resolve("talks").toString();
    settings =
        settings
            .withPbx(settings.pbx().withRecordings(talks))
            .withCallRecordings(
                Optional.of(new Settings.CallRecordings(Path.of(talks), talks, Optional.of(90))))
            .withQueues(
                settings.queues().stream()
                    .map(queue -> queue.withRecording(RecordingPlan.ALWAYS))
                    .toList());
    server = TestServer.start(settings, database);
    rig.phone("PJSIP/1001", Manner.ANSWERS);
    ann = DeskClient.logIn(server.webPort(), "a1", TestCenter.PASSWORD);
    sup = DeskClient.logIn(server.webPort(), "sup", TestCenter.PASSWORD);
    ann.askAndWait("goReady");
  }

  @AfterEach
  void close() {
    ann.close();
    sup.close();
    server.close();
    rig.close();
    database.close();
  }

  private JsonNode recording() {
    return ann.await(said -> said.findPath("recording").path("paused").isBoolean())
        .findPath("recording");
  }

  @Test
  void itIsPausedAtTheDeskAndHeardByWhoMay() throws Exception {
    rig.call("+886223000001", ' ', LONG);
    assertThat(recording().path("paused").asBoolean(true)).isFalse();
    String contact = ann.inHand();
    long began = System.nanoTime();
    assertThat(ann.askAndWait("startRecording").path("ok").asBoolean()).isTrue();
    assertThat(ann.askAndWait("pauseRecording").path("ok").asBoolean()).isTrue();
    Await.until(() -> System.nanoTime() - began > 5e8, "nothing is said for a while", PATIENCE);
    assertThat(ann.askAndWait("resumeRecording").path("ok").asBoolean()).isTrue();
    Await.until(() -> System.nanoTime() - began > 1e9, "something is said", PATIENCE);
    assertThat(ann.askAndWait("hangUp").path("ok").asBoolean()).isTrue();

    Await.until(() -> talks(contact).path(0).has("millis"), "the recording is there", PATIENCE);
    JsonNode talk = talks(contact).path(0);
    assertThat(talk.path("goesOn").asBoolean()).isFalse();
    assertThat(talk.path("queue").asText()).isEqualTo("orders");
    assertThat(talk.path("silences")).hasSize(1);
    JsonNode all = JSON.readTree(sup.get("/api/talks?about=%2B886223000001")).path("talks");
    assertThat(all).hasSize(1);
    assertThat(all.path(0).path("recording")).isEqualTo(talk.path("recording"));
    assertThat(all.path(0).path("agent").asText()).isEqualTo("Agent 1");
    assertThat(JSON.readTree(sup.get("/api/talks?about=agent+1")).path("talks")).hasSize(1);
    assertThat(JSON.readTree(sup.get("/api/talks?about=a1")).path("talks")).hasSize(1);
    assertThat(JSON.readTree(sup.get("/api/talks?about=nobody")).path("talks")).isEmpty();
    assertThat(ann.http("GET", "/api/talks", null).statusCode()).isEqualTo(403);
    assertThat(sup.http("GET", "/api/talks?from=yesterday", null).statusCode()).isEqualTo(400);
    String path = "/api/talks/" + talk.path("recording").asText();
    JsonNode waveform = JSON.readTree(sup.get(path + "/waveform"));
    assertThat(waveform.path("millis").asLong()).isEqualTo(talk.path("millis").asLong());
    assertThat(waveform.path("caller").size()).isEqualTo(waveform.path("heard").size());
    JsonNode silent = waveform.path("silences").path(0);
    assertThat(silent.path("from").asLong()).isBetween(0L, silent.path("to").asLong() - 1);
    assertThat(silent.path("to").asLong()).isLessThan(waveform.path("millis").asLong());

    byte[] whole = sup.get(path);
    assertThat(new String(whole, 0, 4)).isEqualTo("RIFF");
    HttpResponse<byte[]> part = sup.part(path, "bytes=44-99");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).hasSize(56);
    assertThat(part.headers().firstValue("Content-Range")).contains("bytes 44-99/" + whole.length);
    assertThat(sup.part(path, "bytes=-10").body()).hasSize(10);
    assertThat(sup.part(path, "bytes=5-").body()).hasSize(whole.length - 5);
    assertThat(sup.part(path, "bytes=99999999-").statusCode()).isEqualTo(416);
    assertThat(sup.part(path, "lines=1-2").statusCode()).isEqualTo(200);

    assertThat(ann.http("GET", path, null).statusCode()).isEqualTo(403);
    assertThat(sup.http("GET", "/api/talks/..%2f..%2fetc%2fpasswd", null).statusCode())
        .isEqualTo(404);
    assertThat(sup.http("GET", "/api/talks/none-1/waveform", null).statusCode()).isEqualTo(404);
    Await.until(() -> listened(contact) == 2, "the audit has who listened, each time", PATIENCE);
  }

  @Nested
  @NeedsBrowser
  class OnThePageOfAll {
    @Test
    void itIsFoundAndPlayed() throws Exception {
      rig.call("+886223000001", ' ', LONG);
      recording();
      String contact = ann.inHand();
      long began = System.nanoTime();
      Await.until(() -> System.nanoTime() - began > 2e9, "something is said", PATIENCE);
      ann.askAndWait("hangUp");
      Await.until(() -> talks(contact).path(0).has("millis"), "the recording is there", PATIENCE);
      try (var browser =
          new BrowserScript(
              "talks.mjs",
              server.webPort(),
              Map.of("AGENT", "sup", "PASSWORD", TestCenter.PASSWORD))) {
        assertThat(browser.awaitLine("row")).contains("+886223000001 Agent 1 orders 0:0");
        assertThat(browser.awaitLine("number")).isEqualTo("number tel:+886223000001");
        assertThat(browser.awaitLine("looks")).as("both sides").isEqualTo("looks 2");
        assertThat(browser.awaitLine("speed")).isEqualTo("speed 2");
        assertThat(browser.awaitLine("half")).isIn("half 49", "half 50", "half 51");
        assertThat(browser.finish(30)).as("%s", browser.said.all()).isZero();
        assertThat(browser.said.all()).noneMatch(line -> line.startsWith("page-error"));
      }
      Await.until(() -> listened(contact) > 0, "the audit has who listened", PATIENCE);
    }
  }

  private JsonNode talks(String contact) {
    try {
      return JSON.readTree(sup.get("/api/contacts/" + contact + "/talks")).path("talks");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long listened(String contact) {
    return new SqlAuditTrail(database)
        .find(
            new AuditTrail.Search(
                Optional.empty(),
                Optional.empty(),
                "sup",
                "listened-to-talk",
                "contact " + contact,
                Optional.empty(),
                10))
        .size();
  }

  /// Nobody's talk waits for the disk.
  @Test
  void whereTheFolderIsGoneTalksGoOnAndItIsSaid() throws Exception {
    rig.call("+886223000001", ' ', LONG);
    assertThat(recording().path("paused").asBoolean(true)).isFalse();
    Files.delete(folder.resolve("talks"));
    sup.await(said -> !said.findPath("recordings").path("possible").asBoolean(true));
    ann.await(said -> said.findPath("contacts").path(0).path("recording").isMissingNode());
    assertThat(ann.state()).isEqualTo("talking");
    Files.createDirectory(folder.resolve("talks"));
    sup.await(said -> said.findPath("recordings").path("possible").asBoolean());
    assertThat(ann.askAndWait("hangUp").path("ok").asBoolean()).isTrue();
  }
}
