package org.switchroom.desktop.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.acd.plan.QueueId;
import org.switchroom.cti.customer.BackOffice;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.cti.pbx.CallId;
import org.switchroom.cti.pbx.PhoneNumber;
import org.switchroom.cti.task.Task;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.LogWatch;
import org.switchroom.cti.testkit.NoCustomers;
import org.switchroom.cti.testkit.RecordedScreens;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.MemoryLogIns;

/// Messages, and browsers that go while one is being sent.
class RecordingRoutesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// More than the buffers between two sockets take.
  private static final long LARGE = 64L << 20;

  private final Desks desks = Desks.open(new Settings.Web("127.0.0.1", 0), ServerKey.random());
  @TempDir Path folder;
  private volatile CountDownLatch asked = new CountDownLatch(0);
  private volatile CountDownLatch goesOn = new CountDownLatch(0);
  private TestEngine engine;
  private WebServer web;

  @BeforeEach
  void open() throws IOException {
    engine = new TestEngine(folder.resolve("ledger"), 1, new RecordedScreens(), new NoCustomers());
    try (var file = new RandomAccessFile(folder.resolve("1.wav").toFile(), "rw")) {
      file.setLength(LARGE);
    }
    var office = mock(BackOffice.class);
    var message =
        new Task(
            "1",
            Task.Kind.VOICEMAIL,
            new QueueId("messages"),
            Optional.empty(),
            "",
            "+886223",
            "/rec/1.wav",
            7,
            new CallId("c"),
            new PhoneNumber("8001"),
            Instant.now());
    when(office.task("1"))
        .thenAnswer(
            _ -> {
              asked.countDown();
              goesOn.await();
              return Optional.of(message);
            });
    var parts =
        new WebParts(
            null,
            null,
            office,
            null,
            new MemoryLogIns(),
            null,
            null,
            null,
            null,
            Optional.of(folder));
    web =
        new WebServer(
            desks,
            new WebServer.Options("Test", List.of()),
            engine.settings.users(),
            engine.loop(),
            parts,
            Instant::now,
            (_, _) -> true);
    web.start();
  }

  @AfterEach
  void close() {
    web.close();
    engine.close();
    desks.close();
  }

  private String session() throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + "/api/login"))
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"sup\",\"password\":\"any\"}"))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return DeskClient.session(http.send(request, HttpResponse.BodyHandlers.ofString()));
    }
  }

  private Socket ask(String session) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), web.port());
    // When it is closed, it is a reset.
    socket.setSoLinger(true, 0);
    socket
        .getOutputStream()
        .write(
            "GET /api/tasks/1/recording HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\n\r\n"
                .formatted(session)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private void isQuiet(Callable<Void> work) throws Exception {
    try (var log = LogWatch.ofAll()) {
      work.call();
      Await.until(() -> web.open() == 0, "the lines are closed", PATIENCE);
      // What follows from it happens on the server's loop, as this does.
      assertThat(session()).isNotEmpty();
      for (Level level : List.of(Level.ERROR, Level.WARN)) {
        assertThat(log.said(level)).as("%s", level).isEmpty();
      }
    }
  }

  /// A browser goes on to another page, or its line breaks: that is no fault of ours.
  @Test
  void aBrowserThatGoesWhileAMessageIsSentIsNoFault() throws Exception {
    String session = session();
    isQuiet(
        () -> {
          for (int i = 0; i < 3; i++) {
            try (Socket socket = ask(session)) {
              assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
            }
          }
          return null;
        });
  }

  @Test
  void aBrowserThatGoesWhileAMessageIsLookedUpIsNoFault() throws Exception {
    String session = session();
    isQuiet(
        () -> {
          asked = new CountDownLatch(1);
          goesOn = new CountDownLatch(1);
          try (Socket _ = ask(session)) {
            asked.await();
          }
          Await.until(() -> web.open() == 0, "it is gone", PATIENCE);
          goesOn.countDown();
          return null;
        });
  }
}
