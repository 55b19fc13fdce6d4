package org.switchroom.desktop.planted;

import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.time.Instant;
import org.asteriskjava.manager.event.ManagerEvent;
import org.switchroom.acd.Router;
import org.switchroom.cti.center.Engine;
import org.switchroom.cti.center.State;
import org.switchroom.cti.event.Event;

/// What no class outside its place may do, so that the architecture test can be seen to fail.
public final class PlantedViolations {
  public ManagerEvent event;
  public Connection connection;
  public EventLoop loop;
  public Vertx vertx;
  public Router router;
  public Engine engine;
  public PlantedCircle circle;

  public void changes(State state, Event what) {
    state.apply(what, Instant.EPOCH);
  }

  /// A contact is `org.switchroom.cti.contact.Contact`.
  public record Contact(String name) {}
}
