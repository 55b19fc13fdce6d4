package org.switchroom.cti.ivr;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchroom.ivr.Services.Answer;
import org.switchroom.ivr.Services.Found;

/// Services that are slow, large, broken or hostile cost one caller a failure branch.
class HttpServicesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final HttpServices services = new HttpServices();
  private final AtomicInteger secrets = new AtomicInteger();
  private final CountDownLatch release = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    on("/good", exchange -> answer(exchange, 200, "{\"weight\": 1200, \"late\": false}"));
    on(
        "/echo",
        exchange ->
            answer(
                exchange,
                200,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    on(
        "/dirty",
        exchange ->
            answer(exchange, 200, "{\"a\": \"x\\u0000y\", \"b\": [{\"c\\u0000\": \"\\ud800z\"}]}"));
    on("/none", exchange -> answer(exchange, 404, "{}"));
    on("/broken", exchange -> answer(exchange, 500, "{}"));
    on("/malformed", exchange -> answer(exchange, 200, "{\"a\": "));
    on("/list", exchange -> answer(exchange, 200, "[1, 2]"));
    on(
        "/deep",
        exchange -> answer(exchange, 200, "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)));
    on(
        "/secret",
        exchange -> {
          secrets.incrementAndGet();
          answer(exchange, 200, "{\"secret\": true}");
        });
    on(
        "/redirect",
        exchange -> {
          exchange.getResponseHeaders().set("Location", url("/secret"));
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    on("/huge", HttpServicesTest::huge);
    on(
        "/slow",
        exchange -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    on(
        "/trickle",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write('{');
            out.flush();
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  @FunctionalInterface
  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private void on(String path, Handler handler) {
    server.createContext(path, handler::handle);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /// 100 MB, if anybody reads them.
  private static void huge(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] part = new byte[1 << 20];
    try (OutputStream out = exchange.getResponseBody()) {
      for (int i = 0; i < 100; i++) out.write(part);
    }
  }

  @AfterEach
  void close() {
    release.countDown();
    services.close();
    server.stop(0);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /// PostgreSQL takes no U+0000.
  @Test
  void whatAServiceWritesIsCleanedLikeWhatPeopleType() {
    assertThat(get("/dirty").record()).isEqualTo(Map.of("a", "xy", "b", List.of(Map.of("c", "z"))));
  }

  private Found get(String path) {
    return services.ask("GET", url(path), Optional.empty(), SECOND);
  }

  @Test
  void aGoodAnswerIsARecord() {
    assertThat(get("/good"))
        .isEqualTo(new Found(Answer.FOUND, Map.of("weight", 1200, "late", false)));
    assertThat(
            services
                .ask("POST", url("/echo"), Optional.of(Map.of("number", "42")), SECOND)
                .record())
        .containsEntry("number", "42");
    assertThat(get("/none")).isEqualTo(Found.NOTHING);
  }

  @Test
  void whatCannotBeReadIsAFailure() {
    for (String path : new String[] {"/broken", "/malformed", "/list", "/deep", "/huge"}) {
      assertThat(get(path)).as(path).isEqualTo(Found.FAILED);
    }
    assertThat(services.ask("GET", "http://127.0.0.1:1/", Optional.empty(), SECOND))
        .isEqualTo(Found.FAILED);
    assertThat(services.ask("GET", "no address", Optional.empty(), SECOND)).isEqualTo(Found.FAILED);
  }

  @Test
  void aRedirectIsNotFollowed() {
    assertThat(get("/redirect")).isEqualTo(Found.FAILED);
    assertThat(secrets).hasValue(0);
  }

  @Test
  void whoSaysNothingOrTricklesIsNotWaitedForLongerThanTheScriptAllows() {
    for (String path : new String[] {"/slow", "/trickle"}) {
      long began = System.nanoTime();
      assertThat(services.ask("GET", url(path), Optional.empty(), Duration.ofMillis(200)))
          .as(path)
          .isEqualTo(Found.FAILED);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void aServiceThatHangsTakesNoMoreThanItsPlacesAndOthersFailAtOnce() throws Exception {
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = new ArrayList<Future<Found>>();
      for (int i = 0; i < 150; i++) {
        waiting.add(
            callers.submit(
                () -> services.ask("GET", url("/slow"), Optional.empty(), Duration.ofSeconds(20))));
      }
      int refused = 0;
      while (refused < 50) {
        refused = (int) waiting.stream().filter(Future::isDone).count();
        Thread.onSpinWait();
      }
      assertThat(refused).as("a hundred wait").isEqualTo(50);
      release.countDown();
      for (Future<Found> one : waiting) assertThat(one.get()).isEqualTo(Found.FAILED);
    }
    assertThat(get("/good").answer()).as("and then there is room again").isEqualTo(Answer.FOUND);
  }
}
