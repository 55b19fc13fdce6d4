package org.switchroom.desktop.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.switchroom.cti.customer.LogIns;
import org.switchroom.cti.store.SqlLogIns;
import org.switchroom.desktop.settings.SettingsLoader;
import org.switchroom.desktop.settings.User;
import org.switchroom.desktop.web.SessionTokens;
import org.switchroom.ivr.yaml.FaultsException;

/// Thousands of browsers that were logged in before: they come at once, and come again by
/// themselves as the screens do, with growing pauses that are spread out.
public final class DeskCrowd implements AutoCloseable {
  private static final int FIRST_PAUSE = 300;
  private static final int LONGEST_PAUSE = 5_000;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final WebSocketClient client;
  private final int port;
  private final List<Desk> desks = new ArrayList<>();
  private final AtomicInteger here = new AtomicInteger();
  private volatile CountDownLatch all;
  private volatile CountDownLatch told = new CountDownLatch(0);
  private volatile boolean over;

  /// @param tokens what each browser remembers; of agents `a1`, `a2` and so on
  public DeskCrowd(int port, List<String> tokens) {
    this.port = port;
    client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxConnections(tokens.size() + 100)
                .setConnectTimeout(20_000));
    for (int i = 0; i < tokens.size(); i++) desks.add(new Desk(i + 1, tokens.get(i)));
    all = new CountDownLatch(tokens.size());
  }

  /// Agents `a1`, `a2` and so on were logged in: their browsers have what a log-in leaves behind.
  public static List<String> logInBefore(CenterFile center, int agents) {
    var browsers = new ArrayList<String>();
    try (var database = center.database()) {
      var tokens = new SessionTokens(center.key());
      var logIns = new SqlLogIns(database);
      Instant until = Instant.now().plus(Duration.ofHours(10));
      for (User user : SettingsLoader.load(center.path()).users().subList(0, agents)) {
        String token = tokens.issue();
        browsers.add(token);
        var logIn = new LogIns.LogIn(user.name(), tokens.account(user), until);
        logIns.add(SessionTokens.hash(token), logIn);
      }
    } catch (IOException | FaultsException e) {
      throw new IllegalStateException("Nobody can be logged in at " + center.folder(), e);
    }
    return browsers;
  }

  /// All of them, now.
  public void come() {
    vertx.runOnContext(_ -> desks.forEach(Desk::connect));
  }

  /// Waits until everybody has seen themselves on their screen.
  ///
  /// @return whether they have, in this time
  public boolean awaitAll(long seconds) throws InterruptedException {
    return all.await(seconds, TimeUnit.SECONDS);
  }

  /// From now on everybody has to see themselves anew.
  public void expectAnew() {
    all = new CountDownLatch(desks.size());
    desks.forEach(desk -> desk.seen = false);
  }

  public int here() {
    return here.get();
  }

  /// The first so many agents are ready, and have been told so.
  public void ready(int agents) throws InterruptedException {
    told = new CountDownLatch(agents);
    vertx.runOnContext(
        _ -> {
          for (Desk desk : desks.subList(0, agents)) desk.say("{\"id\":1,\"type\":\"goReady\"}");
        });
    if (!told.await(30, TimeUnit.SECONDS)) throw new IllegalStateException("Not all are ready.");
  }

  /// The last so many read nothing any more.
  public void stopReading(int agents) {
    vertx.runOnContext(
        _ -> {
          for (Desk desk : desks.subList(desks.size() - agents, desks.size())) {
            if (desk.socket != null) desk.socket.pause();
          }
        });
  }

  /// One browser.
  private final class Desk {
    private final String mine;
    private final WebSocketConnectOptions to;
    private final SplittableRandom random;
    private int pause = FIRST_PAUSE;
    private WebSocket socket;
    private volatile boolean seen;

    Desk(int number, String token) {
      mine = "\"agent:a" + number + "\"";
      random = new SplittableRandom(number);
      to =
          new WebSocketConnectOptions()
              .setHost("127.0.0.1")
              .setPort(port)
              .setURI("/api/desk?session=crowd-%05d".formatted(number))
              .addHeader("Cookie", "switchroom=" + token)
              .addHeader("Origin", "http://127.0.0.1:" + port);
    }

    void connect() {
      client.connect(to).onSuccess(this::opened).onFailure(_ -> again());
    }

    private void opened(WebSocket opened) {
      socket = opened;
      here.incrementAndGet();
      opened.textMessageHandler(
          text -> {
            if (text.contains("\"reply\"")) told.countDown();
            if (seen || !text.contains(mine)) return;
            seen = true;
            pause = FIRST_PAUSE;
            all.countDown();
          });
      opened.exceptionHandler(_ -> {});
      opened.closeHandler(
          _ -> {
            socket = null;
            here.decrementAndGet();
            again();
          });
    }

    private void again() {
      if (over) return;
      vertx.setTimer((long) (pause * (0.5 + random.nextDouble())), _ -> connect());
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }

    void say(String text) {
      if (socket != null) socket.writeTextMessage(text);
    }
  }

  /// All of them are gone, and come no more.
  public void leave() {
    over = true;
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void close() {
    leave();
  }
}
