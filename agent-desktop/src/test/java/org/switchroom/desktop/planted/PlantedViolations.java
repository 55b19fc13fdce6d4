package org.switchroom.desktop.planted;

import io.netty.channel.EventLoop;
import java.sql.Connection;
import org.asteriskjava.manager.event.ManagerEvent;

/// What no class outside its place may do, so that the architecture test can be seen to fail.
public final class PlantedViolations {
  public ManagerEvent event;
  public Connection connection;
  public EventLoop loop;
}
