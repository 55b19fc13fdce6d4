package org.switchroom.desktop.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchroom.cti.customer.CustomerStore;
import org.switchroom.cti.customer.Numbers;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.cti.testkit.Await;
import org.switchroom.cti.testkit.NoCustomers;
import org.switchroom.cti.testkit.RecordedScreens;
import org.switchroom.desktop.settings.Settings;
import org.switchroom.desktop.testkit.DeskClient;
import org.switchroom.desktop.testkit.MemoryLogIns;

/// Searches while the database takes its time.
class CustomerRoutesTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Desks desks = Desks.open(new Settings.Web("127.0.0.1", 0), ServerKey.random());
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger searching = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final CountDownLatch answers = new CountDownLatch(1);
  @TempDir Path folder;
  private TestEngine engine;
  private WebServer web;

  @BeforeEach
  void open() {
    engine = new TestEngine(folder, 1, new RecordedScreens(), new NoCustomers());
    var store = mock(CustomerStore.class);
    when(store.find(any(), anyInt()))
        .thenAnswer(
            _ -> {
              most.accumulateAndGet(searching.incrementAndGet(), Math::max);
              answers.await();
              searching.decrementAndGet();
              return List.of();
            });
    var parts =
        new WebParts(
            null,
            null,
            null,
            store,
            new MemoryLogIns(),
            null,
            null,
            null,
            new Numbers("TW"),
            Optional.empty());
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
    answers.countDown();
    web.close();
    engine.close();
    http.close();
    desks.close();
  }

  private HttpRequest.Builder post(String path, String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
        .timeout(LONG)
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  @Test
  void threeSearchAtOnceTheNextWaitAndOneTooManyIsTold() throws Exception {
    var logIn = post("/api/login", "{\"name\":\"sup\",\"password\":\"any\"}").build();
    String session = DeskClient.session(http.send(logIn, HttpResponse.BodyHandlers.ofString()));
    var search =
        post("/api/customers/search", "{\"text\":\"chen\"}").header("Cookie", session).build();
    var asked = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int i = 0; i <= CustomerRoutes.MOST_WAITING; i++) {
      asked.add(http.sendAsync(search, HttpResponse.BodyHandlers.ofString()));
    }
    // The database is silent, so the first to be answered came when all others had.
    var first =
        (HttpResponse<?>)
            CompletableFuture.anyOf(asked.toArray(CompletableFuture[]::new))
                .get(LONG.toSeconds(), TimeUnit.SECONDS);
    assertThat(first.statusCode()).isEqualTo(503);
    assertThat((String) first.body()).contains("no-answer");
    Await.until(() -> searching.get() >= CustomerRoutes.AT_ONCE, "they search", LONG);
    answers.countDown();
    for (var one : asked) one.get(LONG.toSeconds(), TimeUnit.SECONDS);
    assertThat(asked)
        .filteredOn(one -> one.join().statusCode() == 200)
        .as("who waited is answered")
        .hasSize(CustomerRoutes.MOST_WAITING);
    assertThat(most).hasValue(CustomerRoutes.AT_ONCE);
    assertThat(http.send(search, HttpResponse.BodyHandlers.ofString()).statusCode())
        .as("there is room again")
        .isEqualTo(200);
  }
}
