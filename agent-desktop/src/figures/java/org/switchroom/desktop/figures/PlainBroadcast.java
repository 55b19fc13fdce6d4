package org.switchroom.desktop.figures;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.switchroom.cti.testkit.Facts;

/// A socket that sends a text to all who are connected, and does nothing else: what a pop can be
/// compared with.
final class PlainBroadcast implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final List<ServerWebSocket> connected = new CopyOnWriteArrayList<>();
  private final Facts<Integer> counts = new Facts<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;

  PlainBroadcast() {
    port =
        vertx
            .createHttpServer()
            .webSocketHandler(this::connect)
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
  }

  private void connect(ServerWebSocket socket) {
    connected.add(socket);
    counts.accept(connected.size());
  }

  int port() {
    return port;
  }

  /// Clients that read, and keep nothing.
  void connect(int clients) {
    for (int i = 0; i < clients; i++) {
      http.newWebSocketBuilder()
          .buildAsync(URI.create("ws://127.0.0.1:" + port), new WebSocket.Listener() {})
          .join();
    }
  }

  void awaitClients(int clients) {
    counts.await(Integer.class, count -> count >= clients);
  }

  void send(String text) {
    vertx.runOnContext(_ -> connected.forEach(socket -> socket.writeTextMessage(text)));
  }

  @Override
  public void close() {
    http.shutdownNow();
    vertx.close().await();
  }
}
