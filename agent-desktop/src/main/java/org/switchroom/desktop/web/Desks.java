package org.switchroom.desktop.web;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.switchroom.cti.customer.ServerKey;
import org.switchroom.desktop.settings.Settings;

/// Screens, and the door to them. Everything about screens happens on one loop, in order.
public final class Desks implements AutoCloseable {
  private final Vertx vertx;
  private final DeskHub hub;
  private final ServerKey key;
  private final Door door;

  private Desks(Settings.Web web, ServerKey key, Connections.Times times) {
    this.key = key;
    var accepting = new Accepting();
    vertx = accepting.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(4));
    hub = new DeskHub(vertx);
    door = new Door(vertx, hub.loop(), accepting, web, key, times);
  }

  /// From now on browsers have their page; what they ask waits for the server's answers.
  ///
  /// @param key signs what browsers hold of their log-ins
  /// @throws RuntimeException when the port is taken
  public static Desks open(Settings.Web web, ServerKey key) {
    return open(web, key, Connections.Times.USUAL);
  }

  static Desks open(Settings.Web web, ServerKey key, Connections.Times times) {
    var desks = new Desks(web, key, times);
    try {
      desks.door.open();
      return desks;
    } catch (Throwable e) {
      desks.close();
      throw e;
    }
  }

  Vertx vertx() {
    return vertx;
  }

  public DeskHub hub() {
    return hub;
  }

  public ServerKey key() {
    return key;
  }

  Door door() {
    return door;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
