package org.switchroom.desktop.web;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.InstantSource;
import java.util.List;
import org.switchroom.cti.runtime.EngineInbox;
import org.switchroom.desktop.settings.User;

/// Screens, and what serves them. Everything about screens happens on one loop, in order.
public final class Desks implements AutoCloseable {
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(4));
  private final DeskHub hub = new DeskHub(vertx);

  public DeskHub hub() {
    return hub;
  }

  /// Is started and closed by its own; before this is closed.
  public WebServer server(
      WebServer.Options options,
      List<User> users,
      EngineInbox engine,
      WebParts parts,
      InstantSource wall) {
    return new WebServer(vertx, options, users, hub, engine, parts, wall);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
